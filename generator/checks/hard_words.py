"""Words of offices that citizens stumble over, each with what people say; and how long a sentence people finish.

Gains one list for every text of a catalog. Loses judgement: a word that is right all the same is accepted in the file.
"""

from __future__ import annotations

import re

PLAIN: dict[str, str] = {
    "a quo": "ini",
    "afschrift": "salinan",
    "apabila": "bila",
    "bilamana": "bila",
    "barangsiapa": "siapa",
    "dalam hal": "bila",
    "dengan ini": "",
    "dipersyaratkan": "diminta",
    "diterbitkannya": "terbitnya",
    "ex officio": "karena jabatan",
    "force majeure": "keadaan memaksa",
    "juncto": "dan",
    "kahar": "keadaan memaksa",
    "legalisir": "salinan yang disahkan",
    "mutatis mutandis": "dengan penyesuaian",
    "persil": "bidang tanah",
    "prosentase": "persentase",
    "sebagaimana dimaksud": "menurut",
    "sebagaimana": "seperti",
    "stakeholder": "pihak terkait",
    "tersebut di atas": "ini",
    "terhitung sejak": "sejak",
    "vide": "lihat",
    "yang bersangkutan": "pemohon",
}
MOST_WORDS = 25
_HARD = re.compile(r"\b(" + "|".join(map(re.escape, sorted(PLAIN, key=len, reverse=True))) + r")\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


def hard_word(text: str) -> tuple[str, str] | None:
    """Return the first hard word of a text and the plain one, if there is one."""
    found = _HARD.search(text)
    return None if found is None else (found.group(), PLAIN[found.group().lower()])


def longest_sentence(text: str) -> int:
    """Count the words of the longest sentence."""
    return max((len(sentence.split()) for sentence in _SENTENCE.split(text)), default=0)
