"""During a public notice anybody may object: who is asked, until when, what each is told, and what nobody is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx2 import Response
from sqlalchemy import Executable, delete, update

from rules.case_event import (
    PUBLIC,
    Happened,
    ItemKind,
    NoticeEnded,
    ObjectionAnswered,
    ObjectionMade,
    RepairItem,
    RepairReason,
)
from rules.case_fold import ImpossibleEventError, after
from rules.command import (
    AnswerObjection,
    Approve,
    EndNotice,
    NothingToDo,
    NoticeOver,
    NotYourDesk,
    Object,
    ObjectionsOpen,
    Refuse,
    Resubmit,
    Return,
)
from rules.repair_list import field
from runtime.audit.audited import Audited
from runtime.audit.inspection import OF_CASE
from runtime.cases.checkpoint import read_key
from runtime.cases.tables import submission as filed
from runtime.hearing.tables import objection
from runtime.people.actor import Post
from runtime.product.statement_key import open_statement_keys
from tests.ampera_town import AMPERA, AmperaTown, ampera_release, ampera_town
from tests.case_player import APPLICANT, SYSTEM, Player, officer, player_of
from tests.case_reader import hidden
from tests.form_walker import read, said
from tests.test_language_stretch import ampera

WIB = ZoneInfo("Asia/Jakarta")
FILED = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
OVER = datetime(2026, 3, 17, 9, 0, tzinfo=WIB)  # fourteen days of the calendar from Monday the 2nd


@pytest.fixture
def case() -> Iterator[Player]:
    """A tower that is announced to the public."""
    player = player_of(ampera(), "menara", "rendah", FILED)
    for _ in ("berkas", "gerbang"):
        [desk] = player.state.open_desks
        player.approve(desk)
    yield player
    player.lifecycle.close()


def test_a_notice_to_which_nobody_objects_asks_nobody(case: Player) -> None:
    assert not any(case.state.open_desks)
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    assert {desk.agency for desk in case.state.open_desks} == {"pupr", "kominfo"}
    assert {desk.stage for desk in case.state.open_desks} == {"teknis"}


def test_after_a_notice_with_objections_its_desk_answers_each_before_it_decides(case: Player) -> None:
    case.done(Object("umum", "aa"), PUBLIC)
    case.done(Object("umum", "bb"), PUBLIC)
    assert not any(case.state.open_desks)  # nobody works on it before the notice is over
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    [desk] = case.state.open_desks
    assert (desk.stage, desk.agency) == ("umum", "kominfo")
    assert desk.due is not None
    # Three working days after Tuesday the 17th.
    assert desk.due.astimezone(WIB).date() == datetime(2026, 3, 20, tzinfo=WIB).date()
    by, law = officer(desk), case.lifecycle.permit.legal_basis[0]
    item = RepairItem(ItemKind.FIELD, "lokasi", RepairReason.MISTAKEN, "umum", 0)
    for decision in (Approve("umum", 0, 0), Refuse("umum", 0, 0, law), Return("umum", 0, 0, (item,))):
        assert case.act(decision, by) == ObjectionsOpen((1, 2))
    case.done(AnswerObjection("umum", 0, 2), by)
    assert case.act(AnswerObjection("umum", 0, 2), by) == NothingToDo()
    assert case.act(Approve("umum", 0, 0), by) == ObjectionsOpen((1,))
    assert case.act(AnswerObjection("umum", 0, 1), officer(case.state.desks[0])) == NotYourDesk()
    case.done(AnswerObjection("umum", 0, 1), by)
    case.done(Approve("umum", 0, 0), by)
    assert {desk.stage for desk in case.state.open_desks} == {"teknis"}


def test_an_objection_comes_while_the_notice_runs_and_never_after(case: Player) -> None:
    case.done(Object("umum", "aa"), PUBLIC)
    until = case.state.position
    case.at = OVER
    late = case.act(Object("umum", "bb"), PUBLIC)
    assert isinstance(late, NoticeOver)
    assert late.until is not None
    assert late.until.astimezone(WIB).date() == datetime(2026, 3, 16, tzinfo=WIB).date()
    case.done(EndNotice(), SYSTEM)
    assert case.act(Object("umum", "bb"), PUBLIC) == NoticeOver()
    assert case.act(Object("teknis", "bb"), PUBLIC) == NoticeOver()
    assert len(case.of(ObjectionMade)) == 1
    assert until != case.state.position


def repaired_after_the_notice(case: Player, code: str) -> None:
    """Object, answer it, and return the file for one question, which the applicant repairs."""
    case.done(Object("umum", "aa"), PUBLIC)
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    [desk] = case.state.open_desks
    by = officer(desk)
    case.done(AnswerObjection("umum", 0, 1), by)
    item = RepairItem(ItemKind.FIELD, code, RepairReason.MISTAKEN, "umum", 0)
    case.done(Return("umum", 0, 0, (item,)), by)
    case.done(Resubmit((field(code),), (code,)), APPLICANT)


def test_what_was_announced_and_is_another_now_is_announced_again(case: Player) -> None:
    repaired_after_the_notice(case, "lokasi")
    assert not any(case.state.open_desks)
    assert case.state.noticed == ()
    case.done(Object("umum", "bb"), PUBLIC)
    assert [one.number for one in case.state.objected("umum") if one.answered is None] == [2]


def test_a_repair_of_something_else_is_not_announced_again(case: Player) -> None:
    repaired_after_the_notice(case, "nama")
    assert [desk.stage for desk in case.state.open_desks] == ["umum"]
    assert case.state.noticed == ("umum",)


def test_a_history_in_which_nobody_objected_has_no_answer(case: Player) -> None:
    seq, by = case.state.seq + 1, SYSTEM
    for event in (NoticeEnded("umum"), ObjectionAnswered(0, 1), ObjectionMade(2, "aa")):
        with pytest.raises(ImpossibleEventError):
            after(case.state, Happened(seq, case.at, by, event))


# --- at the pages -----------------------------------------------------------------------------------------------------

TYPED = {
    "nama": "Rina Wulandari",
    "kontak": "0812 1111 2222",
    "hubungan": "Saya tinggal 30 meter dari lokasi",
    "keberatan": "Menara terlalu dekat dengan sekolah.",
}
KOMINFO = Post("kominfo", "tim_teknis")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ampera_release(tmp_path_factory.mktemp("rilis"))


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory, release: Path) -> tuple[Path, str, str]:
    """A data folder in which a tower is announced, with the number and the code of its case."""
    folder = tmp_path_factory.mktemp("data")
    with ampera_town(folder, release) as town:
        nomor, code = town.file("menara", "rendah")
        town.carry(nomor, {}, until="umum")
    return folder, nomor, code


@pytest.fixture
def town(announced: tuple[Path, str, str], release: Path, tmp_path: Path) -> Iterator[AmperaTown]:
    """A server on a copy of it."""
    shutil.copytree(announced[0], tmp_path / "data")
    with ampera_town(tmp_path / "data", release, FILED.replace(hour=10)) as opened:
        yield opened


def notice_of(town: AmperaTown) -> str:
    listed = town.client.get(f"/{AMPERA}/pengumuman")
    found = re.search(rf'href="(/{AMPERA}/pengumuman/[0-9a-f]+)"', listed.text)
    assert found is not None, said(listed)
    return found[1]


def objected(town: AmperaTown, **typed: str) -> tuple[str, str]:
    """Object as somebody who comes by; return number and code."""
    town.away()
    path = notice_of(town)
    answer = town.client.post(path, data={**read(town.client.get(path)).carried, **TYPED, **typed})
    shown = re.search(r"Nomor (\S+) Kode (\S+)", said(answer))
    assert shown is not None, said(answer)
    return shown[1], shown[2]


def test_a_notice_shows_what_is_named_until_when_and_why_and_nothing_else(town: AmperaTown) -> None:
    listed = said(town.client.get(f"/{AMPERA}/pengumuman"))
    assert "Izin menara telekomunikasi" in listed
    assert "Tinggi 45 m Letak menara Jalan Musi 9" in listed
    page = town.client.get(notice_of(town))
    assert "Senin, 16 Maret 2026 pukul 23.59" in said(page)
    assert "Mengapa tanggal ini?" in said(page)
    for secret in ("Siti Aminah", "1671014101900001", "AMP-2026"):
        assert secret not in listed + page.text


def test_a_case_that_can_not_be_read_takes_no_other_notice_away(
    town: AmperaTown, announced: tuple[Path, str, str]
) -> None:
    path, what = notice_of(town), update(filed).where(filed.c.nomor == announced[1]).values(sealed=b"x" * 64)

    async def spoil() -> None:
        await town.kit.store.database.write(lambda connection: connection.execute(what))

    town.run(spoil())
    assert town.client.get(f"/{AMPERA}/pengumuman").status_code == 200
    assert town.client.get(path).status_code == 404


def test_somebody_objects_without_account_and_reads_the_answer_by_number_and_code(
    town: AmperaTown, announced: tuple[Path, str, str], release: Path, tmp_path: Path
) -> None:
    number, code = objected(town)
    other, _ = objected(town, nama="Budi Hartono", keberatan="Menara merusak pemandangan.")
    assert number != other
    page = said(town.client.get(f"/{AMPERA}/keberatan/{other}"))
    assert "Belum dijawab" in page
    assert "Menara merusak pemandangan." in page
    nomor = announced[1]
    with later(town, tmp_path, release) as now:
        now.carry(nomor, {}, until="umum")
        now.act(nomor, EndNotice(), SYSTEM)
        now.sign_in(KOMINFO)
        file = f"/{AMPERA}/kantor/berkas/{nomor}"
        shown = now.client.get(file)
        assert "Rina Wulandari, 0812 1111 2222" in said(shown)
        assert "Saya tinggal 30 meter dari lokasi" in said(shown)
        refused = approve(now, file, shown)
        assert refused.status_code == 409
        assert "Jawab dahulu setiap keberatan warga (nomor 1, 2), lalu putuskan." in said(refused)
        empty = answered(now, file, "1", "")
        assert empty.status_code == 422
        assert "Keberatan nomor 1: tulis jawabannya" in said(empty)
        answered(now, file, "1", "Jaraknya 30 meter, sesuai aturan.")
        last = answered(now, file, "2", "Warnanya disesuaikan.")
        assert "Jawaban atas keberatan tersimpan." in said(last)
        approve(now, file, now.client.get(file))
        assert {desk.stage for desk in now.state(nomor).open_desks} == {"teknis"}
        now.away()
        carried = read(now.client.get(f"/{AMPERA}/keberatan")).carried
        wrong = now.client.post(f"/{AMPERA}/keberatan", data={**carried, "nomor": number, "kode": "AAAA-AAAA-AAAA"})
        assert wrong.status_code == 422
        right = now.client.post(f"/{AMPERA}/keberatan", data={**carried, "nomor": number.lower(), "kode": code})
        assert "Jaraknya 30 meter, sesuai aturan." in said(right)
        assert "Warnanya disesuaikan." not in said(right)
        # What is kept still fits together, and says nothing of anybody.
        assert list(said_of_audit(now)) == []


def test_the_applicant_is_told_how_many_object_and_what_the_office_says_and_never_who(
    town: AmperaTown, announced: tuple[Path, str, str], release: Path, tmp_path: Path
) -> None:
    _, nomor, code = announced
    objected(town)
    town.away()
    during = town.open_case(nomor, code)
    assert "Satu keberatan masuk." in said(during)
    with later(town, tmp_path, release) as now:
        now.act(nomor, EndNotice(), SYSTEM)
        now.sign_in(KOMINFO)
        answered(now, f"/{AMPERA}/kantor/berkas/{nomor}", "1", "Jaraknya sesuai aturan.")
        now.away()
        page = now.open_case(nomor, code)
        assert "Jaraknya sesuai aturan." in said(page)
        for secret in (*TYPED.values(), "Rina"):
            assert secret not in during.text + page.text
        # Nor is anybody else in the office, who reads the file for another reason.
        now.sign_in(Post("dpmptsp", "front_office"))
        elsewhere = now.client.get(f"/{AMPERA}/kantor/berkas/{nomor}")
        assert "Siapa yang berkeberatan hanya dibaca meja yang menjawabnya." in said(elsewhere)
        assert "Jaraknya sesuai aturan." in said(elsewhere)
        assert "Rina" not in elsewhere.text


def test_nothing_typed_is_lost_whatever_stands_against_it(town: AmperaTown) -> None:
    town.away()
    path = notice_of(town)
    carried = read(town.client.get(path)).carried
    missing = town.client.post(path, data={**carried, **TYPED, "kontak": ""})
    assert missing.status_code == 422
    assert "Telepon atau surel Anda: isi bagian ini" in said(missing)
    stranger = town.client.post(path, data={**TYPED, "token": "salah"})
    assert stranger.status_code == 422
    for page in (missing, stranger):
        assert TYPED["keberatan"] in page.text
        assert TYPED["nama"] in page.text
    again = {**read(stranger).carried, **TYPED}
    first = town.client.post(path, data=again)
    again["token"] = read(town.client.get(path)).carried["token"]  # the session has begun meanwhile
    assert first.url == town.client.post(path, data=again).url
    other = town.client.post(path, data={**again, "keberatan": "Lain lagi"})
    assert "formulir ini sudah dikirim dengan isi lain" in said(other)
    assert "Lain lagi" in other.text


def test_one_address_can_not_flood_a_notice(town: AmperaTown) -> None:
    for _ in range(town.kit.store.limits.objections_per_address):
        objected(town)
    path = notice_of(town)
    full = town.client.post(path, data={**read(town.client.get(path)).carried, **TYPED})
    assert full.status_code == 429
    assert "terlalu banyak keberatan dari jaringan ini" in said(full)
    assert TYPED["keberatan"] in full.text


def test_a_late_objection_is_told_why_and_where_else_and_keeps_its_words(
    town: AmperaTown, announced: tuple[Path, str, str], release: Path, tmp_path: Path
) -> None:
    path = notice_of(town)
    with later(town, tmp_path, release) as now:
        late = now.client.post(path, data={**read(now.client.get(f"/{AMPERA}/lacak")).carried, **TYPED})
        assert late.status_code == 410
        assert "Pengumuman ini sudah berakhir" in said(late)
        assert "lapor.go.id" in said(late)
        assert TYPED["keberatan"] in late.text
        now.act(announced[1], EndNotice(), SYSTEM)
        gone = now.client.post(path, data=TYPED)
        assert gone.status_code == 410
        assert TYPED["keberatan"] in gone.text
        assert "Sekarang tidak ada yang diumumkan." in said(now.client.get(f"/{AMPERA}/pengumuman"))


def test_who_objected_can_be_forgotten_and_the_case_goes_on(
    town: AmperaTown, announced: tuple[Path, str, str], release: Path, tmp_path: Path
) -> None:
    number, code = objected(town)
    here = f"/{AMPERA}/keberatan/{number}"
    carried = read(town.client.get(here)).carried
    unsure = town.client.post(f"{here}/hapus", data=carried)
    assert unsure.status_code == 422
    gone = town.client.post(f"{here}/hapus", data={**carried, "yakin": "ya"})
    assert "Data Anda sudah dihapus." in said(gone)
    assert "Rina" not in gone.text
    assert town.kit.serving.objections.of_case(AMPERA, announced[1])[0].written is None
    with later(town, tmp_path, release) as now:
        now.act(announced[1], EndNotice(), SYSTEM)
        now.sign_in(KOMINFO)
        file = f"/{AMPERA}/kantor/berkas/{announced[1]}"
        assert "isinya tidak dapat dibaca lagi" in said(now.client.get(file))
        answered(now, file, "1", "Ditarik oleh pengirimnya.")
        approve(now, file, now.client.get(file))
        assert {desk.stage for desk in now.state(announced[1]).open_desks} == {"teknis"}
        assert list(said_of_audit(now)) == []
    assert code


def test_nothing_of_who_objects_is_kept_in_the_clear(town: AmperaTown) -> None:
    objected(town)
    town.client.__exit__(None, None, None)
    kept = [path for path in town.kit.serving.settings.data.rglob("*") if path.is_file()]
    assert any(path.name == "satupintu.sqlite" for path in kept)
    for path in kept:
        content = path.read_bytes()
        assert not [typed for typed in TYPED.values() if typed.encode() in content], path
    town.client.__enter__()


def test_nobody_opens_the_objection_of_another(town: AmperaTown) -> None:
    number, _ = objected(town)
    town.away()
    asked = town.client.get(f"/{AMPERA}/keberatan/{number}")
    assert asked.url.path == f"/{AMPERA}/keberatan"
    town.client.post(f"/{AMPERA}/keberatan/{number}/hapus", data={**read(asked).carried, "yakin": "ya"})
    kept = town.kit.serving.objections.find(AMPERA, number)
    assert kept is not None
    assert kept.written is not None
    for post in (Post("pupr", "tim_teknis"), Post("dpmptsp", "kepala")):
        town.sign_in(post)
        answer = town.client.get(f"/{AMPERA}/kantor/berkas/{kept.nomor}")
        assert "Rina" not in answer.text


def test_the_audit_sees_an_objection_that_was_changed_or_taken_away(
    town: AmperaTown, announced: tuple[Path, str, str]
) -> None:
    objected(town)
    assert list(said_of_audit(town)) == []
    for change, found in (
        (update(objection).values(sealed=b"lain"), "objection 1 is not what its event commits to"),
        (delete(objection), "objection 1 is not kept"),
    ):
        town.run(_written(town, change))
        assert list(said_of_audit(town)) == [f"I17 {found}"]
    assert announced[1]


async def _written(town: AmperaTown, change: Executable) -> None:
    await town.kit.store.database.write(lambda connection: connection.execute(change))


@contextmanager
def later(town: AmperaTown, folder: Path, release: Path) -> Iterator[AmperaTown]:
    """Serve the same folder once the notice is over."""
    town.client.__exit__(None, None, None)
    with ampera_town(folder / "data", release, OVER) as now:
        yield now
    town.client.__enter__()


def approve(town: AmperaTown, file: str, shown: Response) -> Response:
    """Approve at the own desk of a file."""
    form = hidden(shown.text, f"{file}/rekomendasi")
    return town.client.post(f"{file}/rekomendasi", data={**form, "putusan": "setuju"})


def answered(town: AmperaTown, file: str, number: str, words: str) -> Response:
    """Answer an objection at the own desk of a file."""
    section = town.client.get(file).text.partition(f'id="k-{number}"')[2]
    form = hidden(section, f"{file}/keberatan")
    assert form["keberatan"] == number
    return town.client.post(f"{file}/keberatan", data={**form, "balasan": words})


def said_of_audit(town: AmperaTown) -> Iterator[str]:
    """Say what the audit finds in what is kept."""
    serving = town.kit.serving
    key = read_key((serving.settings.data / "checkpoints.pub").read_bytes())
    statements = open_statement_keys(serving.settings.data)
    audited = Audited(serving.store, serving.releases, serving.now(), key, statements)
    for case in audited.cases(AMPERA):
        for of_case in OF_CASE:
            yield from (f"{one.invariant} {one.found}" for one in of_case(audited, case))
