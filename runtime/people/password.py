"""What a password of an officer must be, and the one-time password that a new account begins with.

Gains the two rules that help (length, and not what everybody takes) and leaves out those that do not: no required
kinds of sign, no forced change.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from enum import StrEnum

from runtime.cases.codes import ALPHABET

SHORTEST, LONGEST = 12, 128
ONE_TIME = 16  # signs: 78 bits

# What passwords of offices are made of. One that holds nothing else, however often, is common.
_COMMON = (
    *("password", "passw", "pass", "word", "sandi", "katasandi", "rahasia", "admin", "administrator", "root", "user"),
    *("welcome", "selamat", "datang", "pagi", "login", "masuk", "letmein", "buka", "kunci", "qwerty", "qwertyuiop"),
    *("asdfghjkl", "asdf", "zxcvbnm", "zxcv", "abcdefghijklmnopqrstuvwxyz", "abcdefgh", "abcdef", "abcd", "abc"),
    *("indonesia", "merdeka", "garuda", "pancasila", "bismillah", "alhamdulillah", "allah", "yesus", "tuhan"),
    *("sayang", "cinta", "iloveyou", "anak", "mama", "papa", "keluarga", "bapak", "ibu", "kupang", "kota", "kotaku"),
    *("pemkot", "pemda", "dinas", "kantor", "dpmptsp", "dpmtsp", "perizinan", "izin", "satupintu", "satu", "pintu"),
    *("oss", "asn", "pns", "test", "coba", "contoh", "demo", "peragaan", "default", "secret", "dragon", "monkey"),
)
_LOOKALIKES = str.maketrans("0134578@$!", "oieastbasi")


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    PERSONAL = "personal"
    SAME = "same"  # as the one before


def normal(password: str) -> str:
    """Bring a password to the form that is hashed: the same signs from whatever keyboard they come."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, nip: str, name: str) -> Weakness | None:
    """Return why a password is refused to this person, None where it is taken."""
    signs = normal(password)
    if len(signs) < SHORTEST:
        return Weakness.SHORT
    if len(signs) > LONGEST:
        return Weakness.LONG
    plain = signs.casefold()
    if len(set(plain)) < 5 or re.fullmatch(r"[\W\d_]+", plain):
        return Weakness.PERSONAL if nip in plain else Weakness.COMMON
    if nip and nip in plain:
        return Weakness.PERSONAL
    own = tuple(part for part in re.split(r"\W+", name.casefold()) if len(part) > 2)
    for letters in (_letters(plain), _letters(plain.translate(_LOOKALIKES))):
        if _made_of(letters, _COMMON):
            return Weakness.COMMON
        if _made_of(letters, (*_COMMON, *own)):
            return Weakness.PERSONAL
    return None


def one_time_password() -> str:
    """Return a random password to be said once, in groups that can be read out."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(ONE_TIME))
    return "-".join(signs[at : at + 4] for at in range(0, ONE_TIME, 4))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def _made_of(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text is some of the words written after each other, but for at most three letters at its end."""
    reached = {0}
    for at in range(len(text) + 1):
        if at in reached:
            reached |= {at + len(word) for word in words if text.startswith(word, at)}
    return len(text) - max(reached) <= 3
