"""The officers' word list: of several words for one thing, the one that a catalog writes.

Gains one vocabulary for every form of a city, so that a citizen's «tanah» is not «lahan» next door. Loses nothing that
a law distinguishes: where two words are two things in law, they do not stand in one row.
"""

from __future__ import annotations

import re

# The word to write, and those that mean the same.
WORDS: dict[str, tuple[str, ...]] = {
    "alamat": ("domisili",),
    "awal": ("permulaan",),
    "biaya": ("ongkos",),
    "dokumen": ("berkas lampiran",),
    "email": ("e-mail", "surel", "surat elektronik"),
    "jumlah": ("banyaknya", "total"),
    "karyawan": ("pegawai", "pekerja"),
    "kepemilikan": ("status milik",),
    "lama": ("durasi", "jangka waktu"),
    "nama": ("sebutan",),
    "nomor": ("no", "no.", "nomer"),
    "penanggung jawab": ("pj", "pic"),
    "pemilik": ("empunya", "owner"),
    "pemohon": ("pengaju", "applicant"),
    "tanah": ("lahan",),
    "tanggal": ("tgl", "tgl."),
    "telepon": ("handphone", "hp", "no hp", "ponsel", "telp", "telpon"),
    "usaha": ("bisnis",),
}
_JOINING = frozenset(
    (
        "ada",
        "apa",
        "apakah",
        "atau",
        "berapa",
        "dan",
        "dari",
        "dengan",
        "di",
        "itu",
        "ke",
        "mana",
        "oleh",
        "pada",
        "untuk",
        "yang",
    )
)
_MEANT = {other: word for word, others in WORDS.items() for other in others}
_OTHERS = re.compile(
    r"(?<!\w)(" + "|".join(map(re.escape, sorted(_MEANT, key=len, reverse=True))) + r")(?!\w)", re.IGNORECASE
)


def told(text: str) -> str:
    """Return a label or a code in the words of the list, in small letters: `no_hp_pemilik` is `telepon pemilik`."""
    plain = " ".join(text.replace("_", " ").lower().split())
    return _OTHERS.sub(lambda found: _MEANT[found.group().lower()], plain).replace("nomor telepon", "telepon")


def other_word(text: str) -> tuple[str, str] | None:
    """Return the first word of a text that the list has another word for, and that other word."""
    found = _OTHERS.search(text.replace("_", " "))
    return None if found is None else (found.group(), _MEANT[found.group().lower()])


def things(label: str) -> frozenset[str]:
    """Return what a label speaks of: its words but those that only join and ask, as the list has them."""
    return frozenset(re.findall(r"\w+", told(label))) - _JOINING
