"""The child process that sets letters: `python -I press_child.py < orders > answers`.

It stands alone (standard library, typst, segno). Once its fonts are in memory it takes from itself the right to open
anything: a template, whoever wrote it, reads no file and reaches no network. The orders are a JSON list of objects:
`template`, `data` (the JSON a template is given, as text), `moment` (seconds). The answer is a line of JSON, a list of
what is to be said of each letter and of its `size`; then the PDFs, one after the other.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sys
from pathlib import Path

import segno
import typst

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
FRAME = HERE / "template" / "kerangka.typ"
FONT = "Atkinson Hyperlegible"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
MEMORY = 1024 * 1024 * 1024
SECONDS = 10
MOST_ORDERS = 16 * 1024 * 1024
TRIES = 3  # characters that no font has are found out together; what replaces them has to be tried

_PLACE = re.compile(r"^ *┌─ [^:\n]*:([0-9]+):([0-9]+)$", re.M)
_ENTRY = re.compile(r"^(error|warning): ", re.M)
_NO_GLYPH = re.compile(r"(?:the text|contains the codepoint) `(\"(?:[^`\"\\]|\\.)*\")`")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def main() -> int:
    """Set the letters."""
    os.environ["RAYON_NUM_THREADS"] = "1"  # else a machine of many cores takes more memory than is allowed
    orders = json.loads(sys.stdin.buffer.read(MOST_ORDERS))
    frame = FRAME.read_text(encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    _load(fonts)
    _close_the_door()
    answers = [_set(frame, order, fonts) for order in orders]
    said = [{**answer, "size": len(pdf)} for answer, pdf in answers]
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(pdf for _, pdf in answers))
    return 0


def _load(fonts: typst.Fonts) -> None:
    """Use every face once: fonts are read when they are first needed, and later nothing can be."""
    text = f'#set text(font: "{FONT}")\na *b* _c_ *_d_*'
    typst.Compiler(text.encode(), font_paths=fonts, ignore_system_fonts=True).compile()


def _close_the_door() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # no file and no socket from here on


def _set(frame: str, order: dict[str, str], fonts: typst.Fonts) -> tuple[dict[str, object], bytes]:
    """Return what is to be said of the letter, and the letter, empty where it could not be set."""
    source = (frame + order["template"]).encode()
    data, replaced = json.loads(order["data"]), list[str]()
    data["qr"] = _qr(data["isi_kode"]) if data["isi_kode"] else ""
    faults: list[dict[str, object]] = []
    for _ in range(TRIES):
        compiler = typst.Compiler(
            source,
            root=str(HERE / "template"),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        try:
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=STANDARDS, timestamp=int(order["moment"])
            )
        except typst.TypstError as problem:
            faults = list(_faults(problem.diagnostic, frame.count("\n")))
            strange = _without_glyph(problem.diagnostic)
            named = _without(data, strange)
            if named == data:
                break
            data = named
            replaced += strange
        except BaseException as panic:  # noqa: BLE001 - a panic of the typesetter has no name to catch it by
            faults = [{"says": f"the typesetter gave up: {panic}", "line": 0, "column": 0}]
            break
        else:
            assert isinstance(pdf, bytes)
            said = [fault for warning in warnings for fault in _faults(warning.diagnostic, frame.count("\n"))]
            return {"faults": [], "warnings": said, "replaced": replaced}, pdf
    return {"faults": faults, "warnings": [], "replaced": replaced}, b""


def _qr(code: str) -> str:
    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()


def _faults(diagnostic: str, before: int) -> list[dict[str, object]]:
    """Return what the compiler says, with line and column in the template, from 1 (0 where it is in the frame)."""
    starts = [match.start() for match in _ENTRY.finditer(diagnostic)] or [0]
    found: list[dict[str, object]] = []
    for start, end in zip(starts, [*starts[1:], len(diagnostic)], strict=True):
        entry = diagnostic[start:end]
        words = _ENTRY.sub("", entry.partition("\n")[0])
        places = [(int(line) - before, int(column) + 1) for line, column in _PLACE.findall(entry)]
        line, column = next((place for place in places if place[0] > 0), (0, 0))
        found.append({"says": words, "line": line, "column": column})
    return found


def _without_glyph(diagnostic: str) -> list[str]:
    """Return the characters that could not be shown."""
    found: dict[str, None] = {}
    for quoted in _NO_GLYPH.findall(diagnostic):
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], quoted[1:-1])
        found.update(dict.fromkeys(text))
    return list(found)


def _without(data: object, strange: list[str]) -> object:
    """Name characters by their numbers, wherever they stand."""
    if isinstance(data, str):
        return data.translate({ord(sign): f"[U+{ord(sign):04X}]" for sign in strange})
    if isinstance(data, list):
        return [_without(each, strange) for each in data]
    if isinstance(data, dict):
        return {key: _without(value, strange) for key, value in data.items()}
    return data


if __name__ == "__main__":
    sys.exit(main())
