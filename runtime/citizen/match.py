"""Finding permits by everyday words, misspelt ones too.

Gains an answer to «apotik», «bikin rumah» or «spandukk»: a word matches what equals it, begins with it, holds it, or is
nearly it. No index on disk: the words of a city's permits are few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rules.city import Moved
from rules.release import Head

NEARLY = 0.72  # of difflib's ratio: one letter wrong in six, two in ten
_ENOUGH, _CLOSE_TO_BEST = 0.55, 0.6
_SUMMARY_WEIGHT = 0.6
# Words that say nothing about which permit is meant.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "izin ijin surat urus mengurus ngurus mau ingin cara buat bikin untuk dan atau yang di ke dari saya kami "
        "permit licence license the a an to for of and i want how get make",
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A service and how well it fits; `surely` where a word was met exactly or as a part."""

    head: Head | Moved
    score: float
    surely: bool


class Finder:
    """The words of some permits."""

    def __init__(self, heads: Iterable[Head | Moved], agencies: Mapping[str, str]) -> None:
        """Collect the words of each permit: its names and search words count most, its summary and agencies less."""
        self._permits: list[tuple[Head | Moved, dict[str, float]]] = []
        for head in heads:
            strong = [head.name.id, head.name.en or "", head.code, head.official_code or "", *head.search_words]
            said = head.message if isinstance(head, Moved) else head.summary
            weak = [] if said is None else [said.id, said.en or ""]
            weak += [] if isinstance(head, Moved) else [agencies.get(code, "") for code in head.agencies]
            weights = dict.fromkeys(words_of(" ".join(weak)), _SUMMARY_WEIGHT)
            weights.update(dict.fromkeys(words_of(" ".join(strong)), 1.0))
            self._permits.append((head, weights))
        self._known = sorted({word for _, weights in self._permits for word in weights})

    def find(self, sought: str) -> tuple[Found, ...]:
        """Return what fits, the best first."""
        asked = words_of(sought)
        telling = [word for word in asked if word not in _EMPTY] or asked
        if not telling:
            return ()
        likeness = [{word: how for word in self._known if (how := _alike(one, word))} for one in telling]
        found = []
        for head, weights in self._permits:
            each = [
                max((how * weights[word] for word, how in likely.items() if word in weights), default=0.0)
                for likely in likeness
            ]
            score = sum(each) / len(each)
            surely = any(word in weights and how >= _PART for likely in likeness for word, how in likely.items())
            if max(each) >= _ENOUGH * (1 if surely else 1.1):
                found.append(Found(head, score, surely))
        best = max((one.score for one in found), default=0.0)
        kept = [one for one in found if one.score >= best * _CLOSE_TO_BEST]
        return tuple(sorted(kept, key=lambda one: (-one.score, one.head.code)))


_EQUAL, _BEGINS, _PART = 1.0, 0.9, 0.8


def words_of(text: str) -> list[str]:
    """Split a text into plain small words."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return list(dict.fromkeys(word for word in re.findall(r"[a-z0-9]+", bare) if len(word) > 1))[:40]


def _alike(asked: str, word: str) -> float:
    if asked == word:
        return _EQUAL
    shorter, longer = sorted((asked, word), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return _BEGINS
    if len(shorter) >= 4 and shorter in longer:
        return _PART  # membangun, bangun
    if len(shorter) < 4 or abs(len(asked) - len(word)) > 3:
        return 0.0
    matcher = SequenceMatcher(None, word, asked, autojunk=False)
    if matcher.quick_ratio() < NEARLY:
        return 0.0
    ratio = matcher.ratio()
    return ratio * 0.75 if ratio >= NEARLY else 0.0
