"""Pages of a form: every kind of question has its control, and no text ever becomes markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from generator.lowering.form_pages import form_pages, sections
from rules.field import Field, Option, Section
from rules.kind import Kind
from rules.permit import Permit
from rules.words import Words
from runtime.citizen.form_page import FormPage
from runtime.citizen.form_page import form_pages as read_pages
from runtime.citizen.typed import Item, Typed, typed_page
from tests.sample_permit import KINDS, PAGES, sample_permit

HOSTILE = "\"><script>alert(1)</script>' onfocus='x' {{7*7}} {0} &amp; <b>"


class Elements(HTMLParser):
    """The elements of some HTML, and whether they are closed in order."""

    VOID = frozenset({"input", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of <{tag}> is written twice: {names}"
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, name: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attributes) for tag, attributes in self.found if attributes.get("name") == name]


def pages_of(permit: Permit, lang: str = "id") -> tuple[FormPage, ...]:
    data = json.loads(json.dumps(form_pages(permit)))
    return read_pages(data[lang])


def one_page(*fields: Field) -> FormPage:
    (page,) = pages_of(sample_permit(fields, [Section(Words("Satu"), tuple(field.code for field in fields))]))
    return page


def parsed(page: FormPage, typed: Typed | None = None, **faults: str) -> Elements:
    elements = Elements(page.fill(typed or {}, faults, (), "Galat: "))
    assert elements.open == []
    return elements


def test_pages_follow_the_sections_and_leave_out_the_only_kind_of_application() -> None:
    assert sections(sample_permit()) == PAGES
    assert [page.title for page in pages_of(sample_permit(), "en")] == ["Applicant", "Business", "Attendants"]


def test_a_question_outside_every_section_stands_on_the_first_page() -> None:
    permit = sample_permit(KINDS, [Section(Words("Satu"), ("luas",))])
    assert sections(permit)[0].fields[0] == "nama"
    assert sections(permit)[0].fields[-1] == "luas"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_control_has_a_label_or_a_legend_and_an_id_of_its_own(lang: str) -> None:
    for page in pages_of(sample_permit(), lang):
        elements = parsed(page)
        ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
        assert len(ids) == len(set(ids))
        labelled = {attributes.get("for") for tag, attributes in elements.found if tag == "label"}
        for tag, attributes in elements.found:
            if tag in {"textarea", "select"} or (tag == "input" and attributes["type"] not in {"radio", "checkbox"}):
                assert attributes["id"] in labelled, attributes
            for described in (attributes.get("aria-describedby") or "").split():
                assert described in ids


def test_each_kind_gets_its_control() -> None:
    shown = {}
    for page in pages_of(sample_permit()):
        elements = parsed(page)
        for field in KINDS:
            if field.code in page.fields and field.kind is not Kind.LIST:
                shown[field.code] = [
                    (tag, attributes.get("type"), attributes.get("inputmode"))
                    for tag, attributes in elements.named(field.code)
                ]
    text, number = [("input", "text", None)], [("input", "text", "numeric")]
    assert shown == {
        "nama": text,
        "nik": number,
        "npwp": number,
        "telepon": [("input", "tel", None)],
        "email": [("input", "email", None)],
        "alamat": [("textarea", None, None)],
        "uraian": [("textarea", None, None)],
        "bentuk": [("input", "radio", None)] * 2,
        "nib": number,
        "kelurahan": [("select", None, None)],
        "lantai": number,
        "modal": number,
        "luas": [("input", "text", "decimal")],
        "mulai": text,
        "alat": [("input", "checkbox", None)] * 3,
        "buka_24_jam": [("input", "radio", None)] * 2,
        "titik": text,
        "alasan": text,
    }


def test_hints_say_bounds_units_and_forms() -> None:
    text = parsed(pages_of(sample_permit())[1]).text
    assert "Jumlah luas semua ruang, tanpa teras.Antara 1 m² dan 5.000 m²." in text
    assert "Paling banyak Rp5.000.000.000." in text
    assert "Tanggal/bulan/tahun, misalnya 17/08/2026.Paling awal 1 Januari 2026." in text
    assert "Uraian usaha (boleh dikosongkan)" in text


def test_what_was_typed_comes_back_as_it_was_typed() -> None:
    typed: Typed = {"luas": "24,50 ", "bentuk": "badan", "alat": ["oven"], "kelurahan": "tdm", "uraian": "\nsatu\n dua"}
    elements = parsed(pages_of(sample_permit())[1], typed)
    assert elements.named("luas")[0][1]["value"] == "24,50 "
    assert [a["value"] for _, a in elements.named("bentuk") if "checked" in a] == ["badan"]
    assert [a["value"] for _, a in elements.named("alat") if "checked" in a] == ["oven"]
    assert [a["value"] for tag, a in elements.found if tag == "option" and "selected" in a] == ["tdm"]
    assert "\n\nsatu\n dua" in elements.text


def test_a_fault_stands_beside_its_question_and_is_tied_to_it() -> None:
    elements = parsed(pages_of(sample_permit())[1], {"luas": "x"}, luas="Tulis angka", bentuk="Pilih satu")
    control = elements.named("luas")[0][1]
    assert control["aria-describedby"] == "b-luas e-luas"
    assert control["aria-invalid"] == "true"
    assert "Galat: Tulis angka" in elements.text
    assert [a["class"] for _, a in elements.found if a.get("id") == "k-luas"] == ["isian salah"]
    assert [a["class"] for _, a in elements.found if a.get("id") == "k-lantai"] == ["isian"]
    assert next(a.get("aria-describedby") for t, a in elements.found if t == "fieldset") == "e-bentuk"


def test_a_conditional_question_carries_its_condition_unless_only_the_server_knows_it() -> None:
    _, usaha, penjaga = pages_of(sample_permit())
    (nib,) = [a for _, a in parsed(usaha).found if a.get("id") == "k-nib"]
    assert nib["data-bila"] == '["in","bentuk",["badan"]]'
    assert "data-bila" not in {k for _, a in parsed(penjaga).found if a.get("id") == "k-alasan" for k in a}
    assert 'id="k-alasan" data-isian="alasan" data-jenis="teks" data-syarat hidden>' in penjaga.fill(
        {}, {}, {"alasan"}, ""
    )


def test_items_of_a_list_are_cards_with_buttons() -> None:
    page = pages_of(sample_permit())[2]
    assert [name for name in names(parsed(page)) if name.startswith("penjaga")] == [
        "penjaga.0.nama",
        "penjaga.0.bersertifikat",
        "penjaga.0.bersertifikat",
        "penjaga.0.sertifikat",
    ]
    guards: list[Item] = [{"nama": "Ani"}, {"nama": "Budi", "bersertifikat": "ya"}, {"nama": HOSTILE}]
    typed: Typed = {"penjaga": guards}
    full = Elements(page.fill(typed, {"penjaga.1.nama": "Salah"}, {"penjaga.0.sertifikat"}, "Galat: "))
    assert [full.named(f"penjaga.{index}.nama")[0][1]["value"] for index in range(3)] == ["Ani", "Budi", HOSTILE]
    assert [a.get("aria-invalid") for _, a in full.named("penjaga.1.nama")] == ["true"]
    assert [a["value"] for tag, a in full.found if tag == "button"] == [
        "hapus:penjaga.0.",
        "hapus:penjaga.1.",
        "hapus:penjaga.2.",
        "tambah:penjaga",
    ]
    assert [("hidden" in a) for tag, a in full.found if a.get("value") == "tambah:penjaga"] == [True]
    assert ["hidden" in a for _, a in full.found if a.get("data-isian") == "sertifikat"] == [True, False, False]


def names(elements: Elements) -> list[str]:
    return [name for _, attributes in elements.found if (name := attributes.get("name")) is not None]


def test_hostile_words_of_a_catalog_never_become_markup() -> None:
    words, choice = Words(HOSTILE, HOSTILE), (Option("a", Words(HOSTILE)), Option("b", Words(HOSTILE)))
    many = tuple(Option(f"o{n}", Words(HOSTILE)) for n in range(9))
    fields = [
        Field("t", Kind.TEXT, words, help=words, unit=HOSTILE),
        Field("n", Kind.INTEGER, words, help=words, unit=HOSTILE),
        Field("c", Kind.CHOICE, words, choice),
        Field("s", Kind.CHOICE, words, many),
        Field("m", Kind.CHOICES, words, choice),
        Field("l", Kind.LIST, words, items=(Field("x", Kind.TEXT, words, help=words),)),
    ]
    elements = parsed(one_page(*fields), {"t": HOSTILE, "n": HOSTILE}, t=HOSTILE, c=HOSTILE)
    assert {tag for tag, _ in elements.found} <= {
        *("div", "label", "p", "span", "input", "fieldset", "legend", "select", "option", "button"),
    }
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
    assert elements.named("t")[0][1]["value"] == HOSTILE
    assert elements.text.count(HOSTILE) == 29


def test_only_questions_of_the_page_are_read_from_a_browser() -> None:
    fields = [field for field in KINDS if field.code in {"luas", "alat", "penjaga"}]
    sent = [
        ("luas", " 24,5"),
        ("luas", "99"),
        ("status", "terbit"),
        ("alat", "oven"),
        ("alat", "kulkas"),
        ("penjaga.7.nama", "Budi"),
        ("penjaga.2.nama", "Ani\r\nSari"),
        ("penjaga.2.gaji", "1"),
        ("penjaga.x.nama", "?"),
        ("penjaga.-1.nama", "?"),
        ("penjaga.99999.nama", "?"),
    ]
    assert typed_page(fields, sent) == {
        "luas": " 24,5",
        "alat": ["oven", "kulkas"],
        "penjaga": [
            {"nama": "Ani\nSari", "bersertifikat": "", "sertifikat": ""},
            {"nama": "Budi", "bersertifikat": "", "sertifikat": ""},
        ],
    }
