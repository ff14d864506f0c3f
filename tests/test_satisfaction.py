"""How people are asked about the service before they fetch its letter: once, without a trace, never in their way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import Connection, insert, select, text, update

from rules.city import Survey
from rules.satisfaction import ELEMENTS, QUALITIES, Satisfaction, rounded, sample_size, satisfaction
from runtime.audit import surveys_kept
from runtime.audit.audited import Audited
from runtime.cases.checkpoint import read_key
from runtime.cases.journal_tables import event
from runtime.product.statement_key import open_statement_keys
from runtime.public.satisfaction import FEWEST_ASKED
from runtime.public.surveys import FILLED, TRAITS, Declined, Filled, Taken
from runtime.public.tables import survey_count
from tests.ampera_town import AMPERA, MORNING, AmperaTown, ampera_catalog, ampera_release, ampera_town
from tests.form_walker import read, said

BEST = {f"u{one.number}": "4" for one in ELEMENTS}


def of(*scores: int) -> Satisfaction:
    """Return what one form with these scores comes to."""
    found = satisfaction({(number, score): 1 for number, score in enumerate(scores, 1)})
    assert found is not None
    return found


def test_nine_times_four_is_a_hundred_and_not_ninety_nine() -> None:
    best = of(*[4] * 9)
    assert (best.index, best.quality.grade) == (Decimal("100.00"), "A")
    assert of(*[1] * 9).index == Decimal("25.00")


@pytest.mark.parametrize(
    ("index", "grade"), [("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D")]
)
def test_the_bands_are_those_of_the_regulation(index: str, grade: str) -> None:
    assert next(one.grade for one in QUALITIES if Decimal(index) >= one.least) == grade


def test_means_are_exact_and_rounded_once() -> None:
    three = {(one.number, score): times for one in ELEMENTS for score, times in ((4, 2), (3, 1))}
    found = satisfaction(three)
    assert found is not None
    assert found.means == (Fraction(11, 3),) * 9
    assert found.index == Decimal("91.67")
    assert rounded(Fraction(1, 200)) == Decimal("0.01")
    assert satisfaction({}) is None
    with pytest.raises(AssertionError, match="elements were answered"):
        satisfaction({(1, 4): 1})


@pytest.mark.parametrize(("served", "wanted"), [(0, 0), (10, 10), (100, 80), (1000, 278), (10_000, 370)])
def test_a_sample_is_as_large_as_krejcie_and_morgan_say(served: int, wanted: int) -> None:
    assert sample_size(served) == wanted


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ampera_release(tmp_path_factory.mktemp("rilis"))


@pytest.fixture
def town(release: Path, tmp_path: Path) -> Iterator[AmperaTown]:
    with ampera_town(tmp_path, release) as opened:
        yield opened


def issued(town: AmperaTown, permit: str = "rumah-sewa", **answers: object) -> tuple[str, str]:
    """Have a permit issued; return its number and code, with the case open in the browser."""
    town.away()
    nomor, code = town.file(permit)
    assert town.carry(nomor, answers).status == "terbit"
    return nomor, code


def fetch(town: AmperaTown, nomor: str) -> Response:
    """Press the first button of a case's page that saves a letter."""
    page = town.client.get(f"/{AMPERA}/permohonan/{nomor}")
    found = re.search(r'<form method="post" action="([^"]+/produk/[^"]+)">(.*?)</form>', page.text, re.DOTALL)
    assert found is not None, said(page)
    return town.client.post(found[1], data=read(found[2]).carried)


def counted(town: AmperaTown) -> dict[tuple[str, str], int]:
    query = select(survey_count.c.what, survey_count.c.answer, survey_count.c.times)
    rows = town.kit.store.database.read(lambda connection: connection.execute(query).all())
    return {(what, answer): times for what, answer, times in rows}


def test_a_letter_is_fetched_after_one_page_and_never_asked_for_again(town: AmperaTown) -> None:
    nomor, _ = issued(town)
    asked = fetch(town, nomor)
    assert asked.url.path == f"/{AMPERA}/permohonan/{nomor}/survei"
    assert "Biaya tidak ditanyakan" in said(asked)  # it is free, and counts as the best
    form = {**read(asked).carried, "aksi": "isi"}
    some = {**BEST, "u3": "1", "umur": "dewasa"}
    missing = town.client.post(asked.url.path, data={**form, **some, "u7": ""})
    assert missing.status_code == 422
    assert "Perilaku petugas: pilih satu" in said(missing)
    assert missing.text.count(" checked") == 7  # of the eight that were asked, all but one
    assert 'value="dewasa" selected' in missing.text
    done = town.client.post(asked.url.path, data={**form, **some})
    assert "Terima kasih atas penilaian Anda." in said(done)
    letter = fetch(town, nomor)
    assert letter.headers["content-type"] == "application/pdf"
    assert fetch(town, nomor).content == letter.content
    again = town.client.post(asked.url.path, data={**form, **BEST, "token": read(done).carried["token"]})
    assert again.url.path == f"/{AMPERA}/permohonan/{nomor}"
    best = {(f"u{one.number}", "4"): 1 for one in ELEMENTS if one.number != 3}
    assert counted(town) == {**best, ("u3", "1"): 1, ("umur", "dewasa"): 1, (FILLED, "ya"): 1}


def test_whoever_does_not_want_to_answer_says_why_and_has_the_letter(town: AmperaTown) -> None:
    nomor, _ = issued(town)
    asked = fetch(town, nomor)
    form = {**read(asked).carried, "aksi": "menolak"}
    silent = town.client.post(asked.url.path, data=form)
    assert silent.status_code == 422
    assert "Pilih alasannya" in said(silent)
    gone_on = town.client.post(asked.url.path, data={**form, "alasan": "paham"})
    assert "Surat Anda dapat diunduh di bawah ini." in said(gone_on)
    assert fetch(town, nomor).headers["content-type"] == "application/pdf"
    assert counted(town) == {("menolak", "paham"): 1}


@pytest.mark.parametrize("by_address", [False, True])
def test_a_survey_that_can_not_be_kept_holds_nobody_up(town: AmperaTown, by_address: bool) -> None:
    nomor, _ = issued(town)
    asked = town.client.get(f"/{AMPERA}/permohonan/{nomor}/survei") if by_address else fetch(town, nomor)
    form = {**read(asked).carried, "aksi": "isi"}

    async def spoil() -> None:
        await town.kit.store.database.write(lambda connection: connection.execute(text("DROP TABLE survey_count")))

    town.run(spoil())
    answer = town.client.post(asked.url.path, data={**form, **BEST})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert not town.state(nomor).surveyed


def test_nothing_that_is_kept_leads_from_an_answer_to_a_person(town: AmperaTown) -> None:
    nomor, _ = issued(town)
    asked = fetch(town, nomor)
    typed = {**BEST, "u5": "2", "pekerjaan": "usaha", "umur": "Siti Aminah"}
    town.client.post(asked.url.path, data={**read(asked).carried, **typed, "aksi": "isi"})
    query = select(event.c.payload).where(event.c.nomor == nomor, event.c.kind == "Surveyed")
    assert town.kit.store.database.read(lambda connection: connection.execute(query).scalar_one()) == "{}"
    assert set(survey_count.c.keys()) == {"daerah", "permit", "month", "what", "answer", "times"}
    known = {code for trait in TRAITS for code, _ in trait.classes} | {"ya", "1", "2", "3", "4"}
    assert {answer for _, answer in counted(town)} <= known  # nothing that was typed


def test_a_city_or_permit_that_does_not_ask_hands_the_letter_out_at_once() -> None:
    city = ampera_catalog().cities[AMPERA]
    permit = city.permits["rumah-sewa"][-1].permit
    assert permit.survey_before(city.city) == city.city.survey
    own = city.permits["kartu-angkutan"][-1].permit
    assert own.survey == Survey(before_download=False)
    assert own.survey_before(city.city) is None


def test_the_figures_of_a_quarter_are_shown_once_it_is_over_and_enough_have_answered(
    release: Path, tmp_path: Path
) -> None:
    def given(connection: Connection, permit: str, people: int, score: str) -> None:
        key = {"daerah": AMPERA, "permit": permit, "month": "2026-03"}
        rows = [(FILLED, "ya"), *((f"u{one.number}", score) for one in ELEMENTS)]
        for what, answer in rows:
            connection.execute(insert(survey_count).values(**key, what=what, answer=answer, times=people))

    def many(connection: Connection) -> None:
        given(connection, "rumah-sewa", FEWEST_ASKED, "4")
        given(connection, "menara", FEWEST_ASKED - 1, "1")

    with ampera_town(tmp_path, release) as town:
        town.run(_kept(town, many))
        assert "Belum ada triwulan yang dapat ditampilkan." in said(town.client.get(f"/{AMPERA}/kinerja"))
    with ampera_town(tmp_path, release, datetime.fromisoformat("2026-04-01T09:00+07:00")) as later:
        page = said(later.client.get(f"/{AMPERA}/kinerja"))
    assert "Triwulan 1 2026" in page
    assert "Indeks kepuasan 100,00 (mutu A, sangat baik)" in page
    assert f"Kurang dari {FEWEST_ASKED} responden." in page
    assert "mutu D" not in page
    # Nor is a sum shown from which the nine could be told.
    assert re.search(r"Semua layanan Kurang dari 10 responden", page)


async def _kept(town: AmperaTown, work: object) -> None:
    assert callable(work)
    await town.kit.store.database.write(work)


def test_the_store_takes_a_form_once(town: AmperaTown) -> None:
    nomor, _ = issued(town)
    surveys = town.kit.serving.surveys
    assert town.run(surveys.take(AMPERA, nomor, Declined("waktu"))) is Taken.KEPT
    filled = Filled({one.number: 4 for one in ELEMENTS}, {})
    assert town.run(surveys.take(AMPERA, nomor, filled)) is Taken.NOT_ASKED
    assert MORNING.year == 2026


def test_the_audit_counts_the_forms_of_each_month(town: AmperaTown) -> None:
    nomor, _ = issued(town)
    town.run(town.kit.serving.surveys.take(AMPERA, nomor, Filled({one.number: 3 for one in ELEMENTS}, {})))
    serving = town.kit.serving
    key = read_key((serving.settings.data / "checkpoints.pub").read_bytes())
    statements = open_statement_keys(serving.settings.data)
    audited = Audited(serving.store, serving.releases, serving.now(), key, statements)
    assert list(surveys_kept.of_city(audited, AMPERA)) == []
    more = update(survey_count).where(survey_count.c.what == "u2").values(times=2)
    town.run(_kept(town, lambda connection: connection.execute(more)))
    assert [one.found for one in surveys_kept.of_city(audited, AMPERA)] == ["elements [2] were not answered 1 times"]
