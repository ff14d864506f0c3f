"""The editor's schema of a fee: free, or factors, components and exemptions, each with its law."""

from __future__ import annotations

from collections.abc import Mapping

from generator.lowering.editor_parts import (
    CONDITION,
    FIELD_CODE,
    ITEM_CONDITION,
    LAW,
    NAME_CODE,
    NUMBER,
    TEXT,
    WORDS,
    YES_NO,
    either,
    list_of,
    named,
    rows,
    shape,
)
from generator.lowering.editor_tests import Schema
from rules.city import City

ROUNDING = {"rupiah": "Ke rupiah penuh.", "ratus": "Ke seratus rupiah.", "ribu": "Ke seribu rupiah."}
FEE_KINDS = {"retribusi": "Ditetapkan dengan SKRD.", "pajak": "Ditetapkan dengan SKPD."}
PAY = {"sebelum_terbit": "Dibayar sebelum izin terbit.", "sesudah_terbit": "Dibayar sesudah izin terbit."}


def fee(city: City, lists: Mapping[str, str]) -> Schema:
    """Return the schema of `retribusi`."""
    free = shape({"gratis": (YES_NO, "Tanpa bayaran."), "dasar": (LAW, "Dasar hukumnya.")}, ["gratis"])
    tariffs = {tariff.code: tariff.name.id for tariff in city.tariffs}
    items = {item: tariff.name.id for tariff in city.tariffs for item, _ in tariff.series if item is not None}
    for_each = (named(lists), "Dihitung untuk tiap butir daftar ini.")
    basis = (LAW, "Dasar hukumnya.")
    simple = shape(
        {
            "tetap": (NUMBER, "Jumlah rupiah yang tetap."),
            "per": ({"type": "string", "pattern": FIELD_CODE}, "Isian yang dikalikan."),
            "rupiah": (NUMBER, "Rupiah untuk tiap satuan isian itu."),
        }
    )
    columns = {
        "nilai": (NUMBER, "Sebuah angka."),
        "rumus": (TEXT, "Rumus atas isian, turunan, faktor dan tanggal_berkas."),
        "tarif": (
            either(named(tariffs), simple),
            "Kode tarif bertanggal; `{tetap: …}`; `{per: …, rupiah: …}`.",
        ),
        "butir": (named(items), "Butir di dalam tarif."),
    }
    amount_rows = rows(columns, ITEM_CONDITION)
    policy = {
        "pertama": (YES_NO, "Baris pertama yang berlaku yang dipakai."),
        "jumlahkan": (YES_NO, "Setiap baris yang berlaku dijumlahkan."),
        "baris": (amount_rows[0], "Baris-baris tabel."),
    }
    one = {**columns, "untuk_setiap": for_each, "dasar": basis, **policy}
    component = shape({"nama": (WORDS, "Nama pada rincian tagihan."), **one}, ["nama"])
    exemption = shape(
        {
            "bila": (CONDITION, "Tidak membayar bila."),
            "dasar": basis,
            "alasan": (WORDS, "Mengapa, bagi warga."),
        },
        ["bila", "dasar"],
    )
    factors: Schema = {
        "type": "object",
        "propertyNames": {"pattern": FIELD_CODE},
        "additionalProperties": either(
            NUMBER, shape({"nama": (WORDS, "Nama faktor pada tagihan."), **one}), *amount_rows
        ),
    }
    keys = {
        "dasar": basis,
        "faktor": (factors, "Angka-angka bernama untuk rumus."),
        "komponen": (list_of(component), "Baris-baris tagihan."),
        **policy,
        "bebas": (list_of(exemption), "Yang tidak membayar."),
        "pembulatan": (named(ROUNDING), "Dibulatkan sekali, ke atas bila tepat di tengah."),
        "jenis": (named(FEE_KINDS), "Retribusi atau pajak."),
        "bayar": (named(PAY), "Kapan dibayar."),
        "penagih": (named({agency.code: agency.name.id for agency in city.agencies}), "Siapa yang menagih."),
    }
    which: dict[str, tuple[Schema, str]] = {
        "kode": ({"type": "string", "pattern": NAME_CODE}, "Kode pungutan ini, huruf kecil dan `-`."),
        "nama": (WORDS, "Nama pungutan ini bagi warga."),
    }
    several = list_of(shape({**which, **keys}, ["kode", "nama", "dasar"]))
    return either({"const": "gratis", "description": "Tanpa bayaran."}, free, shape(keys, ["dasar"]), several)
