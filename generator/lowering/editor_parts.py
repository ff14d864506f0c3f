"""The small shapes that an officer's file is made of, as JSON Schema for an editor: words, durations, tables, law.

Gains: each shape with its description and the snippet that starts it, once. Loses: nothing but what only the reader
can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.lowering.editor_tests import Schema, constants
from rules.city import City
from rules.duration import Unit
from rules.kind import Kind

FIELD_CODE = "^[a-z][a-z0-9_]*$"
NAME_CODE = "^[a-z][a-z0-9-]*$"
TEXT: Schema = {"type": ["string", "number"]}
NUMBER: Schema = {"type": ["number", "string"], "pattern": r"^-?[0-9][0-9._]*( (ribu|juta|miliar|triliun))?$"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES_NO: Schema = {"enum": ["ya", "tidak"]}
CONDITION: Schema = {"$ref": "#/definitions/kondisi"}
WORDS: Schema = {"$ref": "#/definitions/kata"}
DURATION: Schema = {"$ref": "#/definitions/lama"}
LAW: Schema = {"$ref": "#/definitions/dasar"}
ITEM_CONDITION: Schema = {"$ref": "#/definitions/kondisi_butir"}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
EVIDENCE: Schema = {
    "anyOf": constants(
        {
            "F": "Dibaca dari naskah peraturan.",
            "F~": "Dibaca dari sumber resmi yang tidak lengkap.",
            "K": "Dari kebiasaan kantor.",
            "A": "Anggapan; harus dikonfirmasi.",
        }
    )
}
KINDS = {
    Kind.INTEGER: "Bilangan bulat.",
    Kind.MONEY: "Rupiah, bulat.",
    Kind.DECIMAL: "Bilangan dengan angka di belakang titik; beri `digit`.",
    Kind.DATE: "Tanggal, TTTT-BB-HH.",
    Kind.CHOICE: "Satu dari beberapa pilihan; beri `pilihan`.",
    Kind.CHOICES: "Beberapa pilihan sekaligus; beri `pilihan`.",
    Kind.YES_NO: "Ya atau tidak.",
    Kind.TEXT: "Teks bebas.",
    Kind.NIK: "Nomor induk kependudukan, 16 angka.",
    Kind.NPWP: "Nomor pokok wajib pajak.",
    Kind.NIB: "Nomor induk berusaha, 13 angka.",
    Kind.PHONE: "Nomor telepon.",
    Kind.EMAIL: "Alamat surel.",
    Kind.ADDRESS: "Alamat.",
    Kind.COORDINATE: "Lintang dan bujur.",
    Kind.LIST: "Daftar yang dapat ditambah; beri `isian`.",
}


def shape(properties: Mapping[str, tuple[Schema, str]], required: Iterable[str] = ()) -> Schema:
    """Return a map with these keys and no other, each with its description."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {key: {**schema, "description": says} for key, (schema, says) in properties.items()},
    }


def list_of(item: Schema) -> Schema:
    """Return a list with at least one item."""
    return {"type": "array", "minItems": 1, "items": item}


def either(*shapes: Schema) -> Schema:
    """Return a choice between shapes."""
    return {"anyOf": list(shapes)}


def named(described: Mapping[str, str]) -> Schema:
    """Return a choice between known names; any name while none is known yet."""
    return either(*constants(described)) if described else {"type": "string", "pattern": NAME_CODE}


def words() -> Schema:
    """Return words shown to people: plain, or in two languages."""
    both = shape({"id": (TEXT, "Dalam Bahasa Indonesia."), "en": (TEXT, "Dalam bahasa Inggris.")}, ["id"])
    snippets = [{"label": "{id, en}", "body": {"id": "$1", "en": "$2"}, "description": "dalam dua bahasa"}]
    return {**both, "type": ["string", "number", "object"], "defaultSnippets": snippets}


def duration() -> Schema:
    """Return a length of legal time."""
    units = [unit.value for unit in Unit]
    return {
        "type": "string",
        "pattern": f"^[0-9]+ ({'|'.join(units)})$",
        "patternErrorMessage": "Tulis bilangan dan satuannya, misalnya `9 hari kerja`; setengah hari: `4 jam kerja`.",
        "defaultSnippets": [{"label": f"… {unit}", "body": f"${{1:5}} {unit}"} for unit in units],
    }


def citation(city: City) -> Schema:
    """Return a pointer to the law, out of the city's register."""
    titles = {regulation.code: regulation.title.id for regulation in city.regulations}
    return {
        **shape(
            {
                "peraturan": (named(titles), "Kode peraturan di `peraturan/`."),
                "pasal": (TEXT, "Pasal, ayat, atau lampiran, seperti tercetak."),
            },
            ["peraturan"],
        ),
        "defaultSnippets": [{"label": "{peraturan, pasal}", "body": {"peraturan": "$1", "pasal": "$2"}}],
    }


def table(key: str, value: Schema, says: str, when: Schema = CONDITION) -> Schema:
    """Return a value, or a decision table whose rows give it under `key`."""
    return either(value, *rows({key: (value, says)}, when))


def rows(columns: Mapping[str, tuple[Schema, str]], when: Schema) -> tuple[Schema, Schema]:
    """Return the two ways to write a decision table: its rows, or its rows with a policy."""
    reason = (WORDS, "Mengapa baris selainnya ada.")
    row = {
        **shape(
            {
                "bila": (when, "Baris ini berlaku bila."),
                "selainnya": (YES_NO, "Baris ini berlaku bila tidak ada baris lain yang berlaku."),
                "alasan": reason,
                **columns,
            }
        ),
        "defaultSnippets": [
            {"label": "bila …", "body": {"bila": {"$1": "$2"}, **{key: "$3" for key in list(columns)[:1]}}},
            {
                "label": "selainnya",
                "body": {"selainnya": "ya", "alasan": "$1", **{key: "$2" for key in list(columns)[:1]}},
            },
        ],
    }
    several = list_of(row)
    policies = shape(
        {
            "pertama": (YES_NO, "Baris pertama yang berlaku yang dipakai."),
            "jumlahkan": (YES_NO, "Setiap baris yang berlaku dijumlahkan."),
            "baris": (several, "Baris-baris tabel."),
        },
        ["baris"],
    )
    return several, policies
