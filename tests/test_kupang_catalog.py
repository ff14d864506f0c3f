"""The permits of Kupang: what the law says of them, told by the catalog and by nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.build import build
from generator.examination import examine
from generator.examples import run_examples
from generator.lowering.head import head_of
from generator.lowering.standard import standard
from generator.model import CityCatalog, Example
from generator.reading.catalog_folder import read_catalog
from rules.answers import typed
from rules.bill import Undetermined
from rules.citation import Citation
from rules.condition.decide import holds
from rules.condition.tree import Always, Between, Condition, Every
from rules.decider import Decider
from rules.decision import Decision, Step
from rules.duration import Duration, Unit
from rules.kind import Facts, Value
from rules.permit import Fee, Permit
from rules.ruleset import conditions_of, fact_fields, item_conditions_of
from rules.standard_letter import standard_letter
from rules.validity import validity_words
from rules.words import Words
from tests.kupang_office import kupang_catalog

CATALOG = Path(__file__).parent.parent / "catalog"
CODES = tuple(sorted(folder.name for folder in (CATALOG / "kota-kupang" / "izin").iterdir()))
SEVEN = {"apotek", "pbg", "penelitian", "reklame-insidentil", "reklame-tetap", "sip-dokter", "trayek"}
FILED = dt.datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.fixture(scope="module")
def kupang() -> CityCatalog:
    return kupang_catalog().cities["kota-kupang"]


def permit_of(kupang: CityCatalog, code: str) -> Permit:
    return kupang.permits[code][-1].permit


def decide(kupang: CityCatalog, code: str, answers: Mapping[str, object]) -> Decision:
    decider = Decider(permit_of(kupang, code), kupang.city)
    try:
        return decider.decide(decider.facts(answers, FILED.date()), FILED)
    finally:
        decider.close()


def fee_of(decision: Decision) -> int | None:
    return None if isinstance(decision.bill.due, Undetermined) else decision.bill.due


# ---- the catalog as a whole


def test_the_catalog_has_no_finding_that_blocks_or_warns() -> None:
    found = [(f.code, f.at.place.file, f.at.place.line) for f in examine(CATALOG).findings if f.severity.value != "I"]
    assert found == []


def test_every_folder_of_a_permit_is_read_the_first_seven_among_them(kupang: CityCatalog) -> None:
    assert set(CODES) == set(kupang.permits)
    assert set(CODES) >= SEVEN


def test_every_permit_has_an_official_code_of_its_own(kupang: CityCatalog) -> None:
    official = {permit_of(kupang, code).official_code for code in CODES}
    assert None not in official
    assert len(official) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_permit_has_six_examples_or_more_and_two_of_them_can_be_filed(kupang: CityCatalog, code: str) -> None:
    examples = examples_of(kupang, code)
    assert len(examples) >= 6
    assert sum(not example.partial for example in examples) >= 2


def test_agencies_of_all_five_kinds_are_there(kupang: CityCatalog) -> None:
    assert {agency.kind for agency in kupang.city.agencies} == {"opd", "instansi_vertikal", "bumn", "bumd", "swasta"}


def test_every_example_holds_on_what_was_built(tmp_path: Path) -> None:
    catalog, _ = read_catalog(CATALOG)
    assert catalog is not None
    digest = build(catalog, tmp_path)
    assert [finding.says.to("id") for finding in run_examples(tmp_path / digest, catalog)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_holds_in_one_example_and_fails_in_another(kupang: CityCatalog, code: str) -> None:
    permit = permit_of(kupang, code)
    held: set[str] = set()
    failed: set[str] = set()
    rules: dict[str, Condition] = {}
    for rule, condition, facts in in_examples(kupang, permit):
        rules[rule] = condition
        (held if holds(condition, facts) else failed).add(rule)
    every = {*conditions_of(permit), *(rule for of in item_conditions_of(permit).values() for rule in of)}
    always = {rule for rule, condition in rules.items() if isinstance(condition, Always)}
    assert every - held == set()
    assert every - failed - always == set()


@pytest.mark.parametrize("code", CODES)
def test_the_stages_of_every_way_add_up_to_the_promise(kupang: CityCatalog, code: str) -> None:
    decider = Decider(permit_of(kupang, code), kupang.city)
    seen = 0
    for example in examples_of(kupang, code):
        decision = decider.decide(facts_of(decider, example), FILED)
        if decision.end is None or not decision.eligible:
            continue
        assert decision.promise is not None, example.note
        seen += 1
        assert hours(decision.promise) == sum(map(longest, decision.steps)), example.note
    decider.close()
    assert seen > 0


@pytest.mark.parametrize("code", CODES)
def test_all_fourteen_components_of_the_service_standard_are_written(kupang: CityCatalog, code: str) -> None:
    components = standard(permit_of(kupang, code), kupang.city)["components"]
    assert isinstance(components, list)
    empty = [c["key"] for c in components if isinstance(c, dict) and not c["entries"]]
    assert (len(components), empty) == (14, [])


def test_a_component_that_a_permit_writes_itself_stands_before_the_citys(kupang: CityCatalog) -> None:
    written = {code: dict(permit_of(kupang, code).standard) for code in CODES}
    assert len({each["kompetensi"].id for each in written.values()}) == len(CODES)
    assert len({each["sarana"].id for each in written.values()}) == 1
    assert "baku" not in {each["pengaduan"].id for each in written.values()}


def test_everything_shown_to_people_is_said_in_english_too(kupang: CityCatalog) -> None:
    untranslated = {words.id for words in words_in((kupang.city, kupang.permits, kupang.groups)) if words.en is None}
    assert untranslated == set()


def test_every_document_of_the_list_is_asked_by_a_permit(kupang: CityCatalog) -> None:
    asked = {requirement.document for code in CODES for requirement in permit_of(kupang, code).requirements}
    assert {document.code for document in kupang.city.documents} - asked == set()


def test_the_register_of_laws_holds_what_is_cited_and_what_is_revoked(kupang: CityCatalog) -> None:
    known = {regulation.code for regulation in kupang.city.regulations}
    cited = {citation.regulation for citation in citations_in((kupang.permits, kupang.city.tariffs))}
    revoked = {code for regulation in kupang.city.regulations for code in regulation.revokes}
    assert cited | revoked <= known


def test_a_law_whose_number_nobody_has_seen_has_none_and_is_marked_assumed(kupang: CityCatalog) -> None:
    without = {(law.code, law.evidence) for law in kupang.city.regulations if law.number is None}
    assert ("perda-kupang-pdrd", "A") in without
    assert {evidence for _, evidence in without} == {"A"}


def test_a_list_of_permits_shows_the_shortest_promise_first(kupang: CityCatalog) -> None:
    assert [days.amount for days in head_of(permit_of(kupang, "pbg"), kupang.city).days] == [5, 10, 30]


def test_the_standard_names_every_end_of_validity_and_a_decision_only_those_that_count(kupang: CityCatalog) -> None:
    permit = permit_of(kupang, "sip-dokter")
    assert permit.validity is not None
    before = validity_words(permit.validity.rows[0].value, fact_fields(permit), None)
    assert before.id == "yang lebih dulu dari: 5 tahun sejak diterbitkan; sampai tanggal berakhir STR"
    limited = {"permohonan": "baru", "masa_str": "sampai_tanggal", "str_berlaku": "2027-05-01"}
    decided = decide(kupang, "sip-dokter", limited).validity
    assert decided is not None
    assert decided.id == "yang lebih dulu dari: 5 tahun sejak diterbitkan; sampai 1 Mei 2027"
    for_life = decide(kupang, "sip-dokter", {"permohonan": "baru", "masa_str": "seumur_hidup"}).validity
    assert for_life is not None
    assert for_life.id == "5 tahun sejak diterbitkan"


def test_a_printed_standard_says_what_is_assumed_and_heads_each_table(kupang: CityCatalog) -> None:
    permit = permit_of(kupang, "pbg")
    letter = standard_letter(standard(permit, kupang.city), permit, kupang.city, "id")
    heads = [part.title for part in letter.parts]
    assert "1. Persyaratan" in heads
    assert "4. Biaya atau tarif (perlu konfirmasi)" in heads
    assert "4.4 Indeks fungsi (Perda Kota Kupang tentang PDRD lampiran retribusi PBG)" in heads
    fee = letter.parts[heads.index("4. Biaya atau tarif (perlu konfirmasi)")]
    assert fee.entries[0].words.startswith("Bagian ini belum dipastikan dari naskah peraturannya.")


# ---- worked figures


SHOP: Mapping[str, object] = {
    "permohonan": "baru",
    "pemohon_tipe": "perorangan",
    "fungsi": "usaha",
    "luas_bangunan": 120,
    "jumlah_lantai": 2,
    "jumlah_basemen": 0,
    "permanensi": "permanen",
    "kompleksitas": "tidak_sederhana",
    "jumlah_parkir": 50,
    "ada_prasarana": False,
}
HOUSE = {**SHOP, "fungsi": "hunian", "luas_bangunan": 36, "jumlah_lantai": 1, "kompleksitas": "sederhana", "mbr": False}
BOARD: Mapping[str, object] = {
    "permohonan": "baru",
    "jenis_reklame": "billboard",
    "lebar": 4,
    "tinggi_reklame": 6,
    "sisi": 1,
    "rokok_alkohol": False,
    "lokasi": [{"kelas_jalan": "kelas_1", "jumlah_papan": 1, "status_lahan": "pemda", "jalan_nasional": False}],
}
BANNER: Mapping[str, object] = {
    "jenis_reklame": "spanduk",
    "lebar": 1,
    "tinggi_reklame": 5,
    "sisi": 1,
    "rokok_alkohol": False,
    "tgl_mulai": "2026-03-09",
    "tgl_selesai": "2026-03-22",
    "lokasi": [{"kelas_jalan": "kelas_2", "jumlah_papan": 3, "status_lahan": "milik_sendiri", "jalan_nasional": False}],
}


@pytest.mark.parametrize(
    ("code", "answers", "due"),
    [
        ("pbg", SHOP, 3_244_500),
        ("pbg", HOUSE, 162_000),
        ("pbg", {**HOUSE, "mbr": True}, 0),
        ("pbg", {**HOUSE, "luas_bangunan": 150, "jumlah_lantai": 2, "kompleksitas": "tidak_sederhana"}, 984_938),
        ("pbg", {**SHOP, "fungsi": "keagamaan", "luas_bangunan": 400}, 0),
        ("pbg", {**SHOP, "fungsi": "sosial_budaya", "pemohon_tipe": "instansi"}, 0),
        ("pbg", {**SHOP, "permohonan": "perubahan", "kegiatan": "renovasi_berat"}, 1_054_463),
        ("reklame-tetap", BOARD, 9_000_000),
        ("reklame-tetap", {**BOARD, "rokok_alkohol": True, "dekat_sekolah": False}, 11_250_000),
        ("reklame-insidentil", BANNER, 577_500),
        ("sip-dokter", {"permohonan": "baru"}, 0),
        ("apotek", {"permohonan": "baru"}, 0),
        ("trayek", {"permohonan": "perpanjangan"}, 0),
        ("penelitian", {"permohonan": "baru"}, 0),
    ],
)
def test_a_worked_figure_of_the_facts_holds_to_the_rupiah(
    kupang: CityCatalog, code: str, answers: Mapping[str, object], due: int
) -> None:
    assert fee_of(decide(kupang, code, answers)) == due


def test_the_shop_is_reviewed_side_by_side_by_three_agencies_within_thirty_working_days(kupang: CityCatalog) -> None:
    decision = decide(kupang, "pbg", SHOP)
    assert decision.agencies("dpmptsp") == ("pupr", "dlhk", "dishub")
    assert decision.promise == Duration(30, Unit.WORKING_DAY)
    assert decision.manual is None


def test_the_exemption_for_low_incomes_rests_on_its_own_regulation(kupang: CityCatalog) -> None:
    decision = decide(kupang, "pbg", {**HOUSE, "mbr": True})
    assert decision.bill.exempted is not None
    assert decision.bill.exempted.citation.regulation == "perwali-kupang-7-2025"
    assert decision.promise == Duration(10, Unit.WORKING_DAY)


@pytest.mark.parametrize("function", ["hunian", "campuran"])
def test_the_index_of_a_function_has_neither_gap_nor_overlap(kupang: CityCatalog, function: str) -> None:
    fee = permit_of(kupang, "pbg").fee
    assert isinstance(fee, Fee)
    rows = next(factor for factor in fee.factors if factor.code == "indeks_fungsi").value.rows
    areas = [Decimal(n) for n in ("1", "99.99", "100", "100.01", "499.99", "500", "500.01", "9000")]
    for area, floors in itertools.product(areas, range(1, 13)):
        facts: Facts = {"fungsi": function, "luas_bangunan": area, "jumlah_lantai": floors}
        assert [holds(row.when, facts) for row in rows].count(True) == 1, facts


def test_the_income_limits_of_the_refusals_are_those_of_the_tariff(kupang: CityCatalog) -> None:
    tariff = next(t for t in kupang.city.tariffs if t.code == "batas-penghasilan-mbr")
    limits = {str(item).replace("-", "_"): values[-1].value for item, values in tariff.series}
    refused = {}
    for refusal in permit_of(kupang, "pbg").eligibility:
        parts = refusal.when.parts if isinstance(refusal.when, Every) else ()
        incomes = [p.low for p in parts if isinstance(p, Between) and p.field == "penghasilan"]
        groups = [v for p in parts if not isinstance(p, Between) for v in getattr(p, "values", ())]
        refused.update({str(group): income for group in groups for income in incomes})
    assert refused == limits


# ---- refusals, in the words of the rule

PHARMACIST = {"peran": "penanggung_jawab", "wni": True}


@pytest.mark.parametrize(
    ("code", "answers", "words", "law"),
    [
        (
            "apotek",
            {"permohonan": "baru", "buka_24_jam": True, "apoteker": [PHARMACIST]},
            "Apotek 24 jam wajib memiliki paling sedikit dua apoteker.",
            ("permenkes-14-2021", None),
        ),
        (
            "apotek",
            {"permohonan": "baru", "dalam_lingkungan_rs": True, "apoteker": [PHARMACIST]},
            "Apotek tidak boleh berada di dalam lingkungan rumah sakit.",
            ("permenkes-14-2021", None),
        ),
        (
            "trayek",
            {"permohonan": "baru", "trayek": "lampu_10"},
            "Kuota jalur ini sudah penuh (sisa 0). Tidak ada penambahan angkot; izin yang ada hanya dapat dilanjutkan.",
            ("pp-74-2014", None),
        ),
        (
            "sip-dokter",
            {"permohonan": "baru", "jenis_tenaga": "internsip"},
            "SIP dokter internsip dan peserta PPDS diterbitkan oleh Menteri Kesehatan, bukan oleh Kota Kupang.",
            ("pp-28-2024", "684"),
        ),
        (
            "penelitian",
            {"permohonan": "baru", "jenis_peneliti": "asing"},
            "Peneliti asing mengurus izin di Pemerintah Pusat (Kementerian Dalam Negeri dan BRIN) lebih dahulu. "
            "Datanglah ke Kesbangpol Kota Kupang setelah izin itu terbit.",
            ("permendagri-3-2018", None),
        ),
    ],
)
def test_it_is_refused_before_filing_in_the_words_of_the_rule(
    kupang: CityCatalog, code: str, answers: Mapping[str, object], words: str, law: tuple[str, str | None]
) -> None:
    refusals = decide(kupang, code, answers).refusals
    assert [refusal.message.id for refusal in refusals] == [words]
    citation = refusals[0].because.citation
    assert citation is not None
    assert (citation.regulation, citation.article) == law


@pytest.mark.parametrize("pharmacists", [[], None])
def test_a_pharmacy_is_not_refused_for_pharmacists_not_yet_entered(
    kupang: CityCatalog, pharmacists: list[object] | None
) -> None:
    answers = {"permohonan": "baru", "buka_24_jam": True, "apoteker": pharmacists}
    assert decide(kupang, "apotek", answers).refusals == ()


# ---- reading the examples


def examples_of(kupang: CityCatalog, code: str) -> list[Example]:
    return [example for example in kupang.examples if example.permit == code]


def facts_of(decider: Decider, example: Example) -> dict[str, Value]:
    officers: dict[str, object] = {}
    for desks in example.officers.values():
        assert isinstance(desks, Mapping)
        for desk in desks.values():
            officers |= desk.get("jawaban", {})
    answered = decider.facts(example.answers, dt.date.fromisoformat(example.on))
    return {**answered, **typed(decider.permit.officer_fields, officers)}


def in_examples(kupang: CityCatalog, permit: Permit) -> Iterator[tuple[str, Condition, Facts]]:
    """Yield every rule with the facts of every example, those of items with each item."""
    decider = Decider(permit, kupang.city)
    for example in examples_of(kupang, permit.code):
        facts = facts_of(decider, example)
        for rule, condition in conditions_of(permit).items():
            yield rule, condition, facts
        for of_list, rules in item_conditions_of(permit).items():
            items = facts.get(of_list, ())
            assert isinstance(items, tuple)
            for item, (rule, condition) in itertools.product(items, rules.items()):
                assert isinstance(item, Mapping)
                yield rule, condition, {**facts, **item}
    decider.close()


def hours(duration: Duration) -> Fraction:
    """Return office hours: the door in Kupang is open for eight of them on a working day."""
    each = {Unit.WORKING_DAY: 8, Unit.WORKING_HOUR: 1}
    return Fraction(duration.amount * each[duration.unit])


def longest(step: Step) -> Fraction:
    return max(hours(desk.duration) for desk in step.desks if desk.duration is not None)


def parts_of(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in dataclasses.fields(value):
            yield from parts_of(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from parts_of(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from parts_of(each)


def words_in(value: object) -> Iterator[Words]:
    return (part for part in parts_of(value) if isinstance(part, Words))


def citations_in(value: object) -> Iterator[Citation]:
    return (part for part in parts_of(value) if isinstance(part, Citation))
