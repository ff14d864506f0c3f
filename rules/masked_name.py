"""A name, so that whoever knows it recognises it and nobody else learns it: «Maria Bere» is «M*** B***».

The stars tell nothing of the length. Of a company the form stays («PT S*** J***»), which is no secret.
"""

from __future__ import annotations

import re

HIDDEN = "***"
MOST_WORDS = 4
_FORMS = frozenset({"PT", "CV", "UD", "PD", "FA", "FIRMA", "KOPERASI", "YAYASAN", "PERKUMPULAN", "PERSERO", "TBK"})


def masked_name(name: str) -> str:
    """Keep the first letter of each word."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name)
    shown = [word.upper() if word.upper() in _FORMS else f"{word[0].upper()}{HIDDEN}" for word in words]
    if len(shown) > MOST_WORDS:
        shown = [*shown[: MOST_WORDS - 1], shown[-1]]
    return " ".join(shown) or HIDDEN
