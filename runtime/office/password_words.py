"""What is said of a password that is not taken: what is the matter, and what would do."""

from __future__ import annotations

from typing import assert_never

from runtime.citizen.fault import mark
from runtime.people.password import Weakness


def weakness_words(weak: Weakness) -> tuple[str, str]:
    """Return a title and one step to take."""
    match weak:
        case Weakness.SHORT:
            return mark("Sandi terlalu pendek"), mark("Tulis paling sedikit 12 huruf, angka, atau tanda.")
        case Weakness.LONG:
            return mark("Sandi terlalu panjang"), mark("Tulis paling banyak 128 huruf, angka, atau tanda.")
        case Weakness.COMMON:
            return mark("Sandi ini mudah ditebak"), mark(
                "Pakai beberapa kata yang tidak berhubungan, misalnya empat kata."
            )
        case Weakness.PERSONAL:
            return mark("Sandi ini memuat nama atau NIP Anda"), mark("Pakai kata-kata yang tidak ada hubungannya.")
        case Weakness.SAME:
            return mark("Sandi ini sama dengan yang lama"), mark("Tulis sandi yang lain.")
        case _:
            assert_never(weak)
