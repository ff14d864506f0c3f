"""A difference as JSON, for a program: `perubahan` is the complete list from which B's release follows from A's."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.difference.change import written
from generator.difference.replayed import Replayed
from generator.difference.report import CityReport, PermitReport, Report
from generator.difference.told import Told
from generator.render.as_json import Json, plain
from rules.words import Lang


def as_difference_json(report: Report, lang: Lang) -> str:
    """Write a report as one JSON object."""
    whole = {
        "daerah": [_city(city, lang) for city in report.cities],
        "perubahan": [written(change) for change in report.difference.changes],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _city(report: CityReport, lang: Lang) -> Json:
    return {
        "kode": report.difference.code,
        "bersama": [_told(told, lang) for told in report.difference.told],
        "izin": [_permit(permit, lang) for permit in report.permits],
        "tenggat_dihitung_ulang": [case.name.to(lang) for case in report.counted_anew],
    }


def _permit(report: PermitReport, lang: Lang) -> Json:
    versions = report.difference.versions
    return {
        "kode": report.difference.code,
        "nama": versions.one.name.to(lang),
        "dari_versi": None if versions.before is None else versions.before.permit.valid_from,
        "ke_versi": None if versions.after is None else versions.after.permit.valid_from,
        "kalimat": [_told(told, lang) for told in report.told],
        "instansi": list(report.difference.agencies),
        "contoh": {"jumlah": report.of_examples, "berubah": _replayed(report.examples, lang)},
        "permohonan": {"jumlah": report.of_cases, "berubah": _replayed(report.cases, lang)},
        "terbuka": [
            {"nama": case.name.to(lang), "versi": case.version, "tahap": case.open_at} for case in report.open_cases
        ],
        "pindah": [
            {
                "nama": one.past.name.to(lang),
                "tahap": one.past.open_at,
                "diminta": [words.to(lang) for words in one.asked],
                "ditolak": [words.to(lang) for words in one.refused],
            }
            for one in report.moving
        ],
    }


def _told(told: Told, lang: Lang) -> Json:
    return {
        "bagian": told.part.value,
        "kalimat": told.says.to(lang),
        "bobot": told.weight.value,
        "contoh": None if told.example is None else plain(told.example),
        "menentukan": list(told.telling),
        "hasil": None if told.outcome is None else told.outcome.to(lang),
        "instansi": sorted(told.agencies),
        "izin": list(told.permits),
    }


def _replayed(found: Iterable[Replayed], lang: Lang) -> list[Json]:
    return [{"nama": one.past.name.to(lang), "kalimat": [words.to(lang) for words in one.says]} for one in found]
