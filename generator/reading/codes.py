"""Every code that reading can raise, with its words and its page."""

from __future__ import annotations

from collections.abc import Mapping

from generator.reading import kon_words, tks_permit, tks_shape, tks_text
from generator.reading.tks import Entry

READING: Mapping[str, Entry] = {
    entry.code: entry for entry in (*tks_text.ALL, *tks_shape.ALL, *tks_permit.ALL, *kon_words.ALL)
}
