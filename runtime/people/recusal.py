"""Recusal: an officer whose own NIK or telephone stands in an application may not work on it.

Both sides are compared as keyed indexes. An officer's are kept so and not as they are; whoever has not told them is
not recognised, which the account page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rules.field import Field
from rules.kind import Kind
from runtime.vault import Vault


def nik_index(vault: Vault, daerah: str, nik: str) -> str:
    """Return the index of a NIK: the same as of the person who files under it."""
    return vault.blind("nik", daerah, re.sub(r"[^0-9]", "", nik))


def phone_index(vault: Vault, daerah: str, phone: str) -> str:
    """Return the index of a telephone, however its country is written."""
    figures = re.sub(r"[^0-9]", "", phone)
    return vault.blind("telepon", daerah, "0" + figures[2:] if figures.startswith("62") else figures)


def indexes_in(vault: Vault, daerah: str, fields: Iterable[Field], answers: Mapping[str, object]) -> frozenset[str]:
    """Return the indexes of every NIK and telephone in an application, those of its items too."""
    return frozenset(_indexes(vault, daerah, tuple(fields), answers))


def recused(own: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether an officer's indexes are among those of an application."""
    return not own.isdisjoint(theirs)


def _indexes(vault: Vault, daerah: str, fields: tuple[Field, ...], answers: Mapping[str, object]) -> Iterator[str]:
    for field in fields:
        answer = answers.get(field.code)
        if field.kind is Kind.NIK and isinstance(answer, str):
            yield nik_index(vault, daerah, answer)
        elif field.kind is Kind.PHONE and isinstance(answer, str):
            yield phone_index(vault, daerah, answer)
        elif field.kind is Kind.LIST and isinstance(answer, list | tuple):
            for item in answer:
                if isinstance(item, Mapping):
                    yield from _indexes(vault, daerah, field.items, item)
