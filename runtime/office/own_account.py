"""What an officer does with the own account: the first page, the post, the password, the codes on paper, going."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from runtime.citizen.fault import Fault, mark
from runtime.citizen.receipt import moment_in
from runtime.citizen.written_identity import read_nik, read_phone
from runtime.office import staff_cookie
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.login import DIFFERENT, DIFFERENT_WHY
from runtime.office.pairing import PAPER
from runtime.office.password_words import weakness_words
from runtime.office.way_back import asking
from runtime.people.actor import Post
from runtime.people.password import Weakness
from runtime.people.people_changes import READ
from runtime.people.recusal import nik_index, phone_index

ACCOUNT = mark("Akun saya")
WRONG_OLD = mark("Sandi lama tidak cocok")
WRONG_OLD_WHY = mark("Tulis sandi yang Anda pakai untuk masuk.")
EVENTS = {
    "dibuat": mark("Akun dibuat"),
    "jabatan": mark("Jabatan ditambah"),
    "cabut_jabatan": mark("Jabatan dicabut"),
    "ditutup": mark("Akun ditutup"),
    "atur_ulang": mark("Akun diatur ulang"),
    "sandi": mark("Sandi diganti"),
    "dipasang": mark("Autentikator dipasangkan"),
    "kode_kertas": mark("Kode cadangan dibuat"),
    "kode_kertas_dipakai": mark("Masuk dengan kode cadangan"),
    "data_diri": mark("Data diri diperbarui"),
    "masuk": mark("Masuk"),
    "bukti": mark("Pembuktian ulang"),
    "ditolak": mark("Percobaan masuk yang gagal"),
    READ: mark("Melihat perubahan orang"),
}
WRONG_OWN = mark("Data diri ini tidak dapat dipakai")
SHOWN_EVENTS = 20


@desk_page
async def account(visit: StaffVisit) -> Response:
    """Show the own account."""
    return _account(visit)


@desk_page
async def choose_post(visit: StaffVisit) -> Response:
    """Work in another post that one holds."""
    sent = dict(await visit.sent())
    agency, _, role = sent.get("jabatan", "").partition(".")
    if not await visit.kit.people.sessions.choose_post(visit.account, Post(agency, role)):
        raise HTTPException(404)
    return visit.to(visit.here)


@desk_page
async def change_password(visit: StaffVisit) -> Response:
    """Change the own password; every other session of this person ends."""
    sent = dict(await visit.sent())
    if sent.get("baru", "") != sent.get("ulang", ""):
        return _account(visit, DIFFERENT, "ulang", DIFFERENT_WHY)
    entered = await visit.kit.people.sign_in.own_password(visit.account, sent.get("baru", ""), sent.get("lama", ""))
    match entered:
        case None:
            return _account(visit, WRONG_OLD, "lama", WRONG_OLD_WHY)
        case Weakness():
            title, why = weakness_words(entered)
            return _account(visit, title, "baru", why)
        case _:
            visit.renewed(entered.token)
            return visit.to(f"{visit.here}akun?tersimpan")


@desk_page
async def new_paper(visit: StaffVisit) -> Response:
    """Replace the codes on paper, after a fresh proof, and show the new ones once."""
    if not visit.proven:
        return visit.to(asking(f"{visit.here}bukti", f"{visit.here}akun"))
    codes = await visit.kit.people.second_factor.new_paper(visit.account)
    return visit.page("staff_paper.html", {"title": visit.voice.say(PAPER), "codes": codes, "on": f"{visit.here}akun"})


@desk_page
async def tell_own(visit: StaffVisit) -> Response:
    """Take the own NIK and telephone, of which only keyed indexes are kept; an empty form takes them back."""
    sent = dict(await visit.sent())
    read = {"nik": read_nik, "telepon": read_phone}
    given = {name: reader(text) for name, reader in read.items() if (text := sent.get(name, "").strip())}
    for name, value in given.items():
        if isinstance(value, Fault):
            return _account(visit, WRONG_OWN, name, visit.voice.fault(value))
    told = {name: value for name, value in given.items() if isinstance(value, str)}
    vault, code = visit.kit.store.vault, visit.code
    nik = nik_index(vault, code, told["nik"]) if "nik" in told else None
    phone = phone_index(vault, code, told["telepon"]) if "telepon" in told else None
    await visit.kit.people.accounts.tell_own(code, visit.nip, nik, phone)
    return visit.to(f"{visit.here}akun#data-diri")


@desk_page
async def leave(visit: StaffVisit) -> Response:
    """End this session."""
    await visit.kit.people.sessions.end(visit.account)
    return _gone(visit)


@desk_page
async def leave_everywhere(visit: StaffVisit) -> Response:
    """End every session of this person, on whatever machine."""
    await visit.kit.people.sessions.end_all(visit.code, visit.nip)
    return _gone(visit)


def _gone(visit: StaffVisit) -> Response:
    response = visit.to(f"{visit.here}masuk")
    staff_cookie.take_away(response, visit.kit.settings.secure)
    return response


def _account(visit: StaffVisit, fault: str = "", field: str = "", why: str = "") -> Response:
    posts = [(f"{one.agency}.{one.role}", visit.said_post(one), one == visit.post) for one in visit.account.posts]
    events = visit.kit.people.events.of(visit.code, visit.nip, SHOWN_EVENTS)
    context = {
        "title": visit.voice.say(ACCOUNT),
        "fault": visit.voice.say(fault) if fault else "",
        "faults": [(field, visit.voice.say(why))] if fault else [],
        "saved": "tersimpan" in visit.request.query_params,
        "nip": visit.nip,
        "posts": posts,
        "told": bool(visit.kit.people.accounts.own(visit.code, visit.nip)),
        "left": visit.kit.people.second_factor.left_on_paper(visit.account),
        "events": [
            (moment_in(visit.voice, visit.city, one.at), visit.voice.say(EVENTS.get(one.kind, one.kind)))
            for one in events
        ],
    }
    return visit.page("staff_account.html", context, 422 if fault else 200)
