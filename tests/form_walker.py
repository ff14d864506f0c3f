"""An applicant who files by the pages themselves: reads each form that was generated, fills in what it asks, sends it.

Nothing here knows a permit. What is typed comes from the permit's own example, under the names the page gives its
controls, as a person would type it; scripts are off, so that what a page shows is what the server has decided.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pikepdf
from httpx2 import Response
from PIL import Image
from starlette.testclient import TestClient

from generator.model import Example

MOST_STEPS = 120
PDF = "application/pdf"
_VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "progress"})


@dataclass(frozen=True, slots=True)
class Control:
    """A control of a form: its name, what it offers to choose (None where one types), and whether it takes several."""

    name: str
    options: frozenset[str] | None = None
    several: bool = False


@dataclass
class Page(HTMLParser):
    """The forms of a page: what is hidden in them, and every control a person can see."""

    carried: dict[str, str] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[bool] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a control, unless something around it is hidden."""
        given = {name: value or "" for name, value in attrs}
        hidden = "hidden" in given or (self._open[-1] if self._open else False)
        if tag not in _VOID:
            self._open.append(hidden)
        name = given.get("name", "")
        if tag == "button":
            self.buttons.append(given.get("value", ""))
        elif tag == "option":
            self._offer(self._select, given.get("value", ""), False, hidden)
        elif tag == "select":
            self._select = name
        elif tag == "input" and given.get("type") == "hidden":
            self.carried.setdefault(name, given.get("value", ""))
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            self._offer(name, given.get("value", ""), given["type"] == "checkbox", hidden)
        elif tag in {"input", "textarea"} and name and not hidden:
            self.controls[name] = Control(name)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in _VOID and self._open:
            self._open.pop()

    def _offer(self, name: str, value: str, several: bool, hidden: bool) -> None:
        if not hidden and name:
            known = self.controls.get(name, Control(name, frozenset(), several))
            self.controls[name] = Control(name, (known.options or frozenset()) | {value}, several)


@dataclass
class FormWalker:
    """An applicant at the pages of one permit of one city."""

    client: TestClient
    city: str
    permit: str

    @property
    def here(self) -> str:
        """Return where the pages of the permit are."""
        return f"/{self.city}/izin/{self.permit}"

    def file(self, example: Example) -> tuple[str, str]:
        """Walk every page with the answers of an example and file; return the number and the code."""
        answer = self.client.get(f"{self.here}/isi/1")
        for _ in range(MOST_STEPS):
            path = answer.url.path
            if path.startswith(f"{self.here}/isi/"):
                answer = self.fill(answer, example.answers)
            elif path == f"{self.here}/dokumen":
                answer = self.hand_in(answer)
            elif path == f"{self.here}/periksa":
                answer = self.client.post(f"{self.here}/kirim", data={**read(answer).carried, "benar": "ya"})
            elif path.startswith(f"/{self.city}/tanda-terima/"):
                return self.receipt(answer)
            else:
                raise AssertionError(f"{path} ({answer.status_code}): {said(answer)}")
        raise AssertionError(f"{self.permit}, «{example.note}»: no end at {answer.url.path}: {said(answer)}")

    def fill(self, shown: Response, answers: Mapping[str, object]) -> Response:
        """Fill in a page and go on; a list that has too few cards gets one more first."""
        page = read(shown)
        data: dict[str, str | list[str]] = dict(page.carried)
        for name, control in page.controls.items():
            if (typed := _typed(control, answers)) is not None:
                data[name] = typed
        data["aksi"] = _button(page, answers)
        answer = self.client.post(shown.url.path, data=data)
        if answer.url.path == shown.url.path and data["aksi"] == "lanjut":
            again = read(answer)
            assert again.controls.keys() != page.controls.keys(), f"{answer.url.path}: {said(answer)}"
        return answer

    def hand_in(self, shown: Response) -> Response:
        """Hand in a paper for the next document that is asked for; read over when nothing is."""
        for state, section in re.findall(r'<section class="berkas([^"]*)"(.*?)</section>', shown.text, re.DOTALL):
            if " ada" in state:
                continue
            if " lipat" in state:
                folded = re.search(r'href="\?(buka=[^"#]+)', section)
                assert folded is not None
                return self.client.get(f"{self.here}/dokumen?{folded[1]}")
            content = paper("image/jpeg" if "pdf" not in section.partition('accept="')[2].partition('"')[0] else PDF)
            answer = self.client.post(f"{self.here}/dokumen", data=read(section).carried, files={"berkas": content})
            assert answer.url.path != f"{self.here}/dokumen" or 'class="galat"' not in answer.text, said(answer)
            return answer
        return self.client.get(f"{self.here}/periksa")

    def receipt(self, shown: Response) -> tuple[str, str]:
        """Read number and code from a receipt."""
        found = re.search(r"Nomor permohonan ([A-Z0-9-]+) Kode ([A-Z0-9-]+) ", said(shown))
        assert found is not None, said(shown)
        return found[1], found[2]


def read(shown: Response | str) -> Page:
    """Read the forms of a page."""
    page = Page()
    page.feed(shown if isinstance(shown, str) else shown.text.partition("<main")[2].partition("</main>")[0])
    return page


def said(answer: Response) -> str:
    """Return what a page says, without its markup."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def paper(kind: str) -> tuple[str, bytes, str]:
    """Return a document of a kind: a PDF of one page, or a photo."""
    buffer = io.BytesIO()
    if kind == PDF:
        with pikepdf.new() as made:
            made.add_blank_page()
            made.save(buffer)
        return "surat.pdf", buffer.getvalue(), kind
    Image.effect_noise((800, 600), 60).convert("RGB").save(buffer, "JPEG")
    return "foto.jpg", buffer.getvalue(), kind


def _typed(control: Control, answers: Mapping[str, object]) -> str | list[str] | None:
    """Return what a person types into a control, None where the example says nothing of it."""
    value = _value(control.name, answers)
    if value is None:
        return None
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    text = str(value)
    if control.options is None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "/".join(reversed(text.split("-")))
    return text


def _value(name: str, answers: Mapping[str, object]) -> object:
    """Return the answer under a control's name: `luas`, or `kendaraan.0.no_polisi`."""
    match name.split("."):
        case [code]:
            return answers.get(code)
        case [code, number, question]:
            items = answers.get(code)
            if isinstance(items, list | tuple) and number.isdigit() and int(number) < len(items):
                item = items[int(number)]
                return item.get(question) if isinstance(item, Mapping) else None
            return None
        case _:
            return None


def _button(page: Page, answers: Mapping[str, object]) -> str:
    for button in page.buttons:
        verb, _, code = button.partition(":")
        items = answers.get(code)
        shown = {name.split(".")[1] for name in page.controls if name.startswith(f"{code}.")}
        if verb == "tambah" and isinstance(items, list | tuple) and len(shown) < len(items):
            return button
    return "lanjut"
