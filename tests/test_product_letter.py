"""Letters as PDF: archival, readable aloud, the same bytes each time, and nothing in them is ever read as markup."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pikepdf
import pytest
import segno
import zxingcpp
from PIL import Image

from rules.letter import EXAMPLE, SPARSE, Ground, Letter, LetterKind, Line, Part, SignedBy, letter_data
from runtime.cases.store import Store
from runtime.clock import fixed
from runtime.product.permit_pdf import CHILD, Press, PrintFailedError, template_for
from runtime.product.register import prepare
from runtime.product.statement_key import open_statement_keys
from runtime.release import Release
from tests.sample_letter import AT, CITY, URL, WANTED, sample_letter, template, written
from tests.sample_office import sample_release

HOSTILE = [
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd")',
    "#panic()",
    "$x^2$ *tebal* _miring_ `kode` <label> @rujukan",
    "= Judul\n- butir\n+ angka\n/ istilah: arti",
    "\\ #sys.inputs #{1+1} #[x] // komentar /* komentar */",
    "] } ) \" ' ``` #let x = 1",
    "'; DROP TABLE issued; --",
    "{{7*7}} ${7*7} %s %n",
    "a" * 300,
]


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def printed(press: Press, letter: Letter, by: str | None = None) -> bytes:
    return press.print(by if by is not None else template(letter.kind), letter, AT).pdf


def text_of(folder: Path, pdf: bytes) -> str:
    path = written(folder, "surat.pdf", pdf)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def page_of(folder: Path, pdf: bytes, dots: int = 150) -> Image.Image:
    path = written(folder, "surat.pdf", pdf)
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", "-singlefile", path, folder / "surat"], check=True)
    return Image.open(folder / "surat.png")


def structure(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object]]:
    """Return every element of the structure, by its kind."""
    found: list[tuple[str, pikepdf.Object]] = []
    pending = [pdf.Root.StructTreeRoot.K]
    while pending:
        node = pending.pop()
        if isinstance(node, pikepdf.Array):
            pending.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node.S), node))
            if "/K" in node:
                pending.append(node.K)
    return found


@pytest.fixture(scope="module")
def issued_letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    """The letter of a row of the register, its QR code with a statement in it."""
    folder = tmp_path_factory.mktemp("data")
    with Store(folder, fixed(AT)) as store:
        keys = open_statement_keys(folder)
        work = store.database.write(lambda connection: prepare(connection, CITY, WANTED, keys, AT))
        return sample_letter(asyncio.run(work))


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("letter", [EXAMPLE, SPARSE], ids=["full", "sparse"])
def test_every_template_of_ours_prints_a_full_and_a_sparse_letter(
    press: Press, kind: LetterKind, letter: Letter, tmp_path: Path
) -> None:
    said = text_of(tmp_path, printed(press, letter, template(kind)))
    assert letter.case in said or letter.number in said


def test_a_permit_says_who_what_until_when_where_and_by_whom(
    press: Press, issued_letter: Letter, tmp_path: Path
) -> None:
    said = " ".join(text_of(tmp_path, printed(press, issued_letter)).split())
    for words in (
        "Nomor: 503/001/WRG/DPMPTSP/VII/2026",
        "Nama pemegang: Maria Bere",
        "Jenis layanan: Izin Warung",
        "Masa berlaku: sampai 1 Juli 2031",
        "Uji, 1 Juli 2026",
        "a.n. Wali Kota Uji,",
        "Kepala Dinas Penanaman Modal,",
        "Dra. Agustina Lado, M.Si.",
        "NIP 197108171997032004",
        "Alamat pemeriksaan yang benar hanya di perizinan.kotauji.go.id.",
    ):
        assert words in said, said


def test_the_file_says_of_itself_that_it_is_archival_and_accessible(press: Press, issued_letter: Letter) -> None:
    with pikepdf.open(io.BytesIO(printed(press, issued_letter))) as pdf:
        with pdf.open_metadata() as about:
            assert about["pdfaid:part"] == "2"
            assert about["pdfaid:conformance"] == "A"
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "Surat izin warung"
        assert str(pdf.Root.Lang) == "id"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert not pdf.is_encrypted
        descriptors = [thing for thing in pdf.objects if _is(thing, "/FontDescriptor")]
        assert {str(one.FontName).partition("+")[2] for one in descriptors} == {
            "AtkinsonHyperlegible-Regular",
            "AtkinsonHyperlegible-Bold",
        }
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def test_what_is_shown_is_tagged_and_every_figure_has_words(
    press: Press, issued_letter: Letter, tmp_path: Path
) -> None:
    content = printed(press, issued_letter)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = structure(pdf)
        kinds = [kind for kind, _ in found]
        assert kinds.count("/H1") == 1
        assert {"/H2", "/P", "/L", "/LI", "/Figure", "/Link"} <= set(kinds)
        figures = [str(node.Alt) for kind, node in found if kind == "/Figure"]
        assert figures == [f"Kode QR untuk memeriksa surat ini di {issued_letter.check_address}"]
    path = written(tmp_path, "surat.pdf", content)
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    order = ["SURAT IZIN WARUNG", "Maria Bere", "Dasar hukum", "Ketentuan", "Dra. Agustina Lado"]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)


def test_the_table_of_a_bill_has_headers(press: Press) -> None:
    with pikepdf.open(io.BytesIO(printed(press, EXAMPLE, template(LetterKind.BILL)))) as pdf:
        kinds = [kind for kind, _ in structure(pdf)]
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 6


def test_the_same_letter_at_the_same_moment_is_the_same_file(press: Press, issued_letter: Letter) -> None:
    first = printed(press, issued_letter)
    assert Press().print(template(), issued_letter, AT).pdf == first
    assert press.print(template(), issued_letter, AT.replace(hour=3)).pdf != first


@pytest.mark.parametrize("dots", [100, 150, 300])
def test_the_code_on_the_page_is_read_as_what_it_holds(
    press: Press, issued_letter: Letter, tmp_path: Path, dots: int
) -> None:
    page = page_of(tmp_path, printed(press, issued_letter), dots)
    codes = zxingcpp.read_barcodes(page)
    assert [code.text for code in codes] == [issued_letter.check_code]
    assert issued_letter.check_code.startswith(f"{URL}/kota-uji/periksa/")


def test_the_code_stays_small_for_the_longest_names(issued_letter: Letter) -> None:
    """69 modules on 36 millimetres: half a millimetre each, as fine as a phone reads from paper."""
    code = segno.make(issued_letter.check_code, error="m", micro=False, boost_error=False)
    assert int(code.version) <= 16


@pytest.mark.parametrize("words", HOSTILE)
def test_what_an_applicant_wrote_is_printed_as_it_was_written(press: Press, words: str, tmp_path: Path) -> None:
    letter = dataclasses.replace(
        EXAMPLE,
        holder=words,
        address=words,
        permit=words,
        title=words,
        number=words,
        lines=(Line(words, words),),
        basis=(words,),
        grounds=(Ground(words, words),),
        next_step=words,
        parts=(Part(words, (Ground(words, words),)),),
    )
    for kind in LetterKind:
        said = text_of(tmp_path, printed(press, letter, template(kind)))
        squeezed = "".join(said.replace("\u200b", "").split())
        assert squeezed.count("".join(words.split())) >= 2, said


def test_words_from_right_to_left_are_printed(press: Press, tmp_path: Path) -> None:
    letter = dataclasses.replace(EXAMPLE, holder="محمد (Muhammad) אבג")
    said = text_of(tmp_path, printed(press, letter))
    assert "Muhammad" in said


def test_a_character_no_font_has_is_named_and_told(press: Press, tmp_path: Path) -> None:
    letter = dataclasses.replace(EXAMPLE, holder="王 Wang 🎉 \ue000\u0007")
    done = press.print(template(), letter, AT)
    said = text_of(tmp_path, done.pdf)
    assert "[U+738B] Wang [U+1F389] [U+E000][U+0007]" in said
    assert set(done.replaced) == {"王", "🎉", "\ue000", "\u0007"}
    assert press.print(template(), EXAMPLE, AT).replaced == ()


def test_a_letter_without_a_row_of_the_register_is_a_draft(press: Press, tmp_path: Path) -> None:
    content = printed(press, sample_letter(None))
    said = text_of(tmp_path, content)
    assert "Nomor:" not in said
    assert "elektronik" not in said
    assert zxingcpp.read_barcodes(page_of(tmp_path, content)) == []
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as about:
        assert about["dc:title"] == "DRAF – Surat izin warung"


def test_a_letter_to_be_signed_on_paper_does_not_say_it_is_signed_electronically(
    press: Press, issued_letter: Letter, tmp_path: Path
) -> None:
    by_hand = text_of(tmp_path, printed(press, dataclasses.replace(issued_letter, signed_by=SignedBy.HAND)))
    assert "elektronik" not in by_hand
    assert "Alamat pemeriksaan yang benar" in by_hand
    assert "ditandatangani secara elektronik" in " ".join(text_of(tmp_path, printed(press, issued_letter)).split())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('#read("/etc/passwd")', "2:7: "),
        ('#read("sk-umum.typ")', "2:7: "),
        ('#image("../fonts/OFL.txt")', "2:8: "),
        ('#import "@preview/cetz:0.3.0": *', "2:9: package not found"),
        ("#tidak-ada", "2:2: unknown variable: tidak-ada"),
        ("#let x = (1,", "2:10: unclosed delimiter"),
        ('#image(bytes("<svg xmlns="http://www.w3.org/2000/svg"/>"), format: "svg")', "2:"),
    ],
)
def test_a_template_opens_nothing_and_is_told_where_it_fails(press: Press, line: str, says: str) -> None:
    with pytest.raises(PrintFailedError) as failed:
        press.print(f"satu baris\n{line}\n", EXAMPLE, AT)
    assert str(failed.value).startswith(says)


def test_a_template_reaches_no_network_even_through_a_proxy(press: Press) -> None:
    """Packages would come through the proxy of the environment; here one listens, and nobody comes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        order = [{"template": '#import "@preview/cetz:0.3.0"', "data": letter_data(EXAMPLE), "moment": 0}]
        child = subprocess.run(
            [sys.executable, "-I", CHILD],
            input=json.dumps(order).encode(),
            capture_output=True,
            env={"HTTPS_PROXY": proxy, "https_proxy": proxy, "ALL_PROXY": proxy},
            check=True,
        )
        assert json.loads(child.stdout)[0]["faults"]
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "line", ["#let a(n) = a(n + 1) + a(n + 2)\n#a(0)", "#range(1000000000).len()", '#("a" * 100000000000)']
)
def test_a_template_that_takes_everything_fails_alone(press: Press, line: str) -> None:
    with pytest.raises(PrintFailedError):
        press.print(line, EXAMPLE, AT)
    assert press.print(template(), EXAMPLE, AT).pdf.startswith(b"%PDF")


def test_a_template_that_never_ends_is_stopped() -> None:
    with pytest.raises(PrintFailedError, match="not set within 1 s"):
        Press(seconds=1).print("#for a in range(100000) { for b in range(100000) { let c = a * b } }", EXAMPLE, AT)


def test_no_more_than_two_letters_are_set_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = [0], [0], threading.Lock()
    run = subprocess.run

    def counted(*given: object, **named: object) -> object:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        try:
            return run(*given, **named)  # type: ignore[call-overload]
        finally:
            with lock:
                running[0] -= 1

    monkeypatch.setattr("runtime.product.permit_pdf.subprocess.run", counted)
    press = Press()
    threads = [threading.Thread(target=press.print, args=(template(), EXAMPLE, AT)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


def test_a_city_has_its_own_templates_and_ours_where_it_has_none(tmp_path: Path) -> None:
    city = Release(sample_release(tmp_path, {"sk-umum": "kota sendiri", "sk-warung": "warung"}) / "current").cities[
        CITY
    ]
    assert city.templates == ("sk-umum", "sk-warung")
    assert template_for(city, LetterKind.PERMIT, "sk-warung") == "warung"
    assert template_for(city, LetterKind.PERMIT) == "kota sendiri"
    assert template_for(city, LetterKind.REFUSAL) == template(LetterKind.REFUSAL)


def test_templates_of_kupang_print(press: Press, tmp_path: Path) -> None:
    folder = Path(__file__).parent.parent / "catalog" / "kota-kupang" / "templat"
    found = sorted(folder.glob("*.typ"))
    assert [path.stem for path in found] == ["sk-umum", "surat-penolakan"]
    for path in found:
        assert printed(press, EXAMPLE, path.read_text(encoding="utf-8")).startswith(b"%PDF")


def _is(thing: object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind
