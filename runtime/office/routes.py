"""The routes of the office. Each has its act in `runtime.people.route_acts`, or it is open to nobody."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from runtime.office import (
    alarm_list,
    answering,
    assigning,
    bills,
    case_file_page,
    case_list,
    case_papers,
    handing_over,
    login,
    noting,
    objections,
    own_account,
    pairing,
    pausing_desk,
    people_page,
    proof,
    revoking,
    sign_list,
    signing_desk,
)
from runtime.office.desk_shown import PATHS

OFFICE = "/{city}/kantor"
FILE = f"{OFFICE}/berkas/{{nomor}}"


def office_routes(
    page_limit: Sequence[Middleware], file_limit: Sequence[Middleware], scans_limit: Sequence[Middleware]
) -> list[BaseRoute]:
    """Return the routes below `/{city}/kantor`; the limits bound what a form may send: alone, with files, and with a
    scan for each letter of a case."""
    both = [
        ("masuk", login.ask, login.enter),
        ("masuk/sandi", login.ask_password, login.take_password),
        ("masuk/pasang", pairing.ask, pairing.pair),
        ("masuk/kode", login.ask_code, login.take_code),
        ("bukti", proof.ask, proof.prove),
    ]
    sent = [
        ("akun/sandi", own_account.change_password),
        ("akun/kertas", own_account.new_paper),
        ("akun/data-diri", own_account.tell_own),
        ("akun/keluar-semua", own_account.leave_everywhere),
        ("jabatan", own_account.choose_post),
        ("keluar", own_account.leave),
        ("orang", people_page.propose),
        ("orang/{change}", people_page.decide),
        ("peringatan/{alarm}", alarm_list.take),
        ("tagihan/{nomor}/pembebasan", bills.propose),
        ("tagihan/{nomor}/keputusan", bills.decide),
        ("tagihan/{nomor}/pengembalian", bills.give_back),
    ]
    on_file = [
        ("ambil", assigning.take),
        ("serahkan", assigning.give),
        ("jeda", pausing_desk.pause),
        ("penyerahan", handing_over.hand_over),
        ("lanjutkan", pausing_desk.resume),
        ("putuskan-lagi", assigning.decide_anew),
        ("keberatan", objections.answer),
        ("peninjauan", noting.plan),
        ("tanda-tangan", signing_desk.sign),
        ("tanda-tangan-batal", signing_desk.give_up),
        ("pencabutan", revoking.revoke),
    ]
    with_files = [
        ("catatan", noting.note),
        ("laporan", noting.report),
    ]
    return [
        Route(f"{OFFICE}/", case_list.home),
        Route(f"{OFFICE}/daftar", case_list.show),
        Route(f"{OFFICE}/cari", case_list.find),
        Route(f"{OFFICE}/tanda-tangan", sign_list.show),
        Route(f"{OFFICE}/tanda-tangan", sign_list.sign, methods=["POST"], middleware=page_limit),
        Route(f"{OFFICE}/jeda", pausing_desk.show_all),
        Route(f"{OFFICE}/jeda", pausing_desk.pause_all, methods=["POST"], middleware=page_limit),
        Route(FILE, case_file_page.show),
        Route(f"{FILE}/konsep", signing_desk.draft),
        Route(f"{FILE}/konsep/{{page}}", signing_desk.draft_picture),
        Route(f"{FILE}/surat/{{product}}", signing_desk.paper),
        Route(f"{FILE}/pencabutan", revoking.show),
        Route(f"{FILE}/dokumen/{{file}}", case_papers.show),
        Route(f"{FILE}/dokumen/{{file}}/simpan", case_papers.save),
        Route(f"{FILE}/dokumen/{{file}}/{{page}}", case_papers.picture),
        *[Route(f"{FILE}/{path}", take, methods=["POST"], middleware=page_limit) for path, take in on_file],
        *[Route(f"{FILE}/{path}", take, methods=["POST"], middleware=file_limit) for path, take in with_files],
        Route(f"{FILE}/tanda-tangan-basah", signing_desk.sign_on_paper, methods=["POST"], middleware=scans_limit),
        *[
            Route(f"{FILE}/{path}", answering.answer, methods=["POST"], middleware=page_limit)
            for path in PATHS.values()
        ],
        Route(f"{OFFICE}/akun", own_account.account),
        Route(f"{OFFICE}/orang", people_page.show),
        Route(f"{OFFICE}/peringatan", alarm_list.show),
        Route(f"{OFFICE}/tagihan", bills.show_all),
        Route(f"{OFFICE}/tagihan/{{nomor}}", bills.show_one),
        *[Route(f"{OFFICE}/{path}", ask) for path, ask, _ in both],
        *[Route(f"{OFFICE}/{path}", take, methods=["POST"], middleware=page_limit) for path, _, take in both],
        *[Route(f"{OFFICE}/{path}", take, methods=["POST"], middleware=page_limit) for path, take in sent],
    ]
