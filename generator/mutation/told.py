"""A mutation score in words: by kind of slip what was noticed and by what, then every mutant that nothing noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.mutation.advice import advice
from generator.mutation.mutant import SLIPS, Slip
from generator.mutation.score import Score
from rules.words import Lang, Words

MOST_CODES = 4
HEADS = (Words("jenis", "kind"), Words("diketahui", "noticed"), Words("oleh", "by"))
HELP = Words("bantuan", "help")
SURVIVED = Words("Tidak diketahui oleh apa pun:", "Noticed by nothing:")


def told(result: Score, lang: Lang) -> Iterator[str]:
    """Yield the lines of a report."""
    rows = [(HEADS[0].to(lang), HEADS[1].to(lang), HEADS[2].to(lang))]
    rows += [row for slip in Slip if (row := _row(result, slip, lang)) is not None]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    yield from (f"{name:{widths[0]}}  {share:>{widths[1]}}  {by}".rstrip() for name, share, by in rows)
    if result.survivors:
        yield ""
        yield SURVIVED.to(lang)
        for verdict in result.survivors:
            mutant = verdict.mutant
            lost = Words("(hilang)", "(lost)").to(lang)
            yield f"  {mutant.city}/{mutant.file}:{mutant.line} {SLIPS[mutant.slip].to(lang)}"
            yield f"    - {mutant.before}"
            yield f"    + {mutant.after or lost}"
            yield f"    = {HELP.to(lang)}: {advice(mutant.slip).to(lang)}"


def _row(result: Score, slip: Slip, lang: Lang) -> tuple[str, str, str] | None:
    verdicts = result.of(slip)
    if not verdicts:
        return None
    codes = Counter(verdict.noticed_by for verdict in verdicts if verdict.noticed_by is not None)
    said = [f"{code} {count}" for code, count in sorted(codes.items(), key=lambda each: (-each[1], each[0]))]
    rest = [f"… (+{len(said) - MOST_CODES})"] if len(said) > MOST_CODES else []
    return SLIPS[slip].to(lang), f"{codes.total()}/{len(verdicts)}", ", ".join(said[:MOST_CODES] + rest)


def in_one_line(result: Score) -> Words:
    """Say the score."""
    tried, noticed = len(result.tried), len(result.tried) - len(result.survivors)
    kinds = len({verdict.mutant.slip for verdict in result.tried})
    share, there = f"{result.share:.1f} %", result.there
    return Words(
        f"skor mutasi {share}: {noticed} dari {tried} perubahan diketahui ({kinds} jenis; semuanya {there})",
        f"mutation score {share}: {noticed} of {tried} changes noticed ({kinds} kinds; {there} in all)",
    )
