"""The annex of a mayor's regulation: every service of a city in one table, as Markdown.

Gains what a legal bureau pastes into a draft; loses what a table has no room for, which the service standards hold.
"""

from __future__ import annotations

from generator.lowering.head import head_of
from generator.lowering.standard import standard
from generator.model import CityCatalog
from rules.codec import Json
from rules.words import Lang, Words

COLUMNS = (
    Words("No", "No"),
    Words("Jenis pelayanan", "Service"),
    Words("Instansi teknis", "Agencies"),
    Words("Persyaratan", "Requirements"),
    Words("Waktu", "Time"),
    Words("Biaya", "Cost"),
    Words("Produk", "Product"),
    Words("Dasar hukum", "Legal basis"),
)
TITLE = Words("Lampiran: jenis pelayanan {office}", "Annex: services of {office}")
WHERE = Words("bila", "where")
FREE = Words("gratis", "free")
_SHOWN = ("persyaratan", "waktu", "biaya", "produk", "dasar_hukum")


def annex_text(city: CityCatalog, lang: Lang) -> str:
    """Return the annex: the last version of every permit, a row each."""
    title = TITLE.to(lang).format(office=city.city.office.to(lang))
    lines = [f"# {title}", "", _row([one.to(lang) for one in COLUMNS]), _row(["---"] * len(COLUMNS))]
    for number, code in enumerate(sorted(city.permits), start=1):
        permit = city.permits[code][-1].permit
        told = standard(permit, city.city)
        names = {agency.code: agency.name.to(lang) for agency in city.city.agencies}
        head = head_of(permit, city.city)
        agencies = "<br>".join(names[one] for one in head.agencies) or "-"
        name = permit.name.to(lang) + (f"<br>({permit.official_code})" if permit.official_code else "")
        columns = [_component(told, key, lang) for key in _SHOWN]
        columns[_SHOWN.index("biaya")] = FREE.to(lang) if head.cost is None else head.cost.to(lang)
        lines.append(_row([str(number), name, agencies, *columns]))
    return "\n".join(lines) + "\n"


def _component(told: dict[str, Json], key: str, lang: Lang) -> str:
    components = told["components"]
    assert isinstance(components, list)
    found = next(one for one in components if isinstance(one, dict) and one["key"] == key)
    assert isinstance(found, dict)
    entries = found["entries"]
    assert isinstance(entries, list)
    return "<br>".join(_said(entry, lang) for entry in entries)


def _said(entry: Json, lang: Lang) -> str:
    assert isinstance(entry, dict)
    words, because = entry["words"], entry.get("because")
    assert isinstance(words, dict)
    return f"{words[lang]}" + (f" ({WHERE.to(lang)} {because[lang]})" if isinstance(because, dict) else "")


def _row(cells: list[str]) -> str:
    barred = [cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(barred)} |"
