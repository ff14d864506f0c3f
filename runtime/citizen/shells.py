"""What stands around the questions of a form page, rendered once and split at the few places that differ.

Gains that a page of a form costs no template: a request joins strings. The shells used lately are kept.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

HOLES = ("fault_title", "summary", "facts", "token", "draft", "seen", "questions", "saved")
MOST = 400
_MARK = re.compile("\x00([a-z_]+)\x00")

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Shell:
    """A page split at its holes: a text stands before each hole, and one after the last. `before` and `after` are the
    same around the token, every other hole filled for a visitor who has not begun. Texts are kept as bytes: a page that
    has one sign beyond ASCII is twice as large as text."""

    texts: tuple[bytes, ...]
    holes: tuple[str, ...]
    before: bytes
    after: bytes

    @staticmethod
    def marks() -> dict[str, str]:
        """Return what a template writes for each hole."""
        return {name: f"\x00{name}\x00" for name in HOLES}

    def fill(self, content: Mapping[str, str]) -> bytes:
        """Fill the holes; the content is HTML already."""
        out = [self.texts[0]]
        for hole, text in zip(self.holes, self.texts[1:], strict=True):
            if said := content[hole]:
                out.append(said.encode())
            out.append(text)
        return b"".join(out)

    def blank(self, token: str) -> bytes:
        """Return the page for a visitor who has not begun."""
        return b"".join((self.before, token.encode(), self.after))


class Shells:
    """The shells that were needed lately."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[Key, Shell] = OrderedDict()

    def known(self, key: Key) -> Shell | None:
        """Return the shell under this key, None where it is not kept."""
        shell = self._kept.get(key)
        if shell is not None:
            self._kept.move_to_end(key)
        return shell

    def keep(self, key: Key, page: str, blank: Mapping[str, str]) -> Shell:
        """Keep a rendered page; `blank` fills the holes of one who has not begun, the token left out."""
        shell = split(page, blank)
        self._kept[key] = shell
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return shell


def split(page: str, blank: Mapping[str, str]) -> Shell:
    """Split a rendered page at its holes; `blank` fills those of one who has not begun, the token left out."""
    pieces = tuple(_MARK.split(page))
    around = ("".join(part) for part in _around_token(pieces, blank))
    before, after = (text.encode() for text in around)
    return Shell(tuple(text.encode() for text in pieces[::2]), pieces[1::2], before, after)


def _around_token(pieces: tuple[str, ...], blank: Mapping[str, str]) -> tuple[list[str], list[str]]:
    at = pieces.index("token", 1)
    assert at % 2 == 1
    filled = [blank.get(piece, "") if index % 2 else piece for index, piece in enumerate(pieces)]
    return filled[:at], filled[at + 1 :]
