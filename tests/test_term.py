"""One thing, one word: the officers' list, and the page of the catalog that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.term import WORDS, other_word, things, told

README = Path(__file__).parent.parent / "catalog" / "README.md"


def test_the_catalog_s_readme_shows_the_list() -> None:
    shown = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [row for row in shown if row[0] in WORDS] == [(word, ", ".join(others)) for word, others in WORDS.items()]


def test_no_word_stands_in_two_rows() -> None:
    every = [*WORDS, *(other for others in WORDS.values() for other in others)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("text", "in_words_of_the_list"),
    [
        ("Luas lahan", "luas tanah"),
        ("luas_lahan", "luas tanah"),
        ("Nomor HP", "telepon"),
        ("no_hp_pemilik", "telepon pemilik"),
        ("Tgl. lahir", "tanggal lahir"),
        ("Lahanku", "lahanku"),
    ],
)
def test_a_label_is_told_in_the_words_of_the_list(text: str, in_words_of_the_list: str) -> None:
    assert told(text) == in_words_of_the_list


def test_a_label_speaks_of_its_words_but_those_that_join_and_ask() -> None:
    assert things("Apakah lahan itu milik sendiri?") == {"tanah", "milik", "sendiri"}
    assert things("Luas lantai dasar") == {"luas", "lantai", "dasar"}
    assert other_word("Luas lahan") == ("lahan", "tanah")
    assert other_word("Luas tanah") is None
