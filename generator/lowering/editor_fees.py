"""The editor's schema of a fee: free, or factors, components and exemptions, each with its law."""

from __future__ import annotations

from collections.abc import Mapping

from generator.lowering.editor_parts import (
    CONDITION,
    FIELD_CODE,
    ITEM_CONDITION,
    NUMBER,
    TEXT,
    YES_NO,
    either,
    list_of,
    named,
    rows,
    shape,
    words,
)
from generator.lowering.editor_tests import Schema
from rules.city import City

ROUNDING = {"rupiah": "Ke rupiah penuh.", "ratus": "Ke seratus rupiah.", "ribu": "Ke seribu rupiah."}
FEE_KINDS = {"retribusi": "Ditetapkan dengan SKRD.", "pajak": "Ditetapkan dengan SKPD."}
PAY = {"sebelum_terbit": "Dibayar sebelum izin terbit.", "sesudah_terbit": "Dibayar sesudah izin terbit."}


def fee(city: City, law: Schema, lists: Mapping[str, str]) -> Schema:
    """Return the schema of `retribusi`."""
    free = shape({"gratis": (YES_NO, "Tanpa bayaran."), "dasar": (law, "Dasar hukumnya.")}, ["gratis"])
    tariffs = {tariff.code: tariff.name.id for tariff in city.tariffs}
    items = {item: tariff.name.id for tariff in city.tariffs for item, _ in tariff.series if item is not None}
    for_each = (named(lists), "Dihitung untuk tiap butir daftar ini.")
    basis = (law, "Dasar hukumnya.")
    value = (NUMBER, "Sebuah angka.")
    formula = (TEXT, "Rumus atas isian, turunan, faktor dan tanggal_berkas.")
    dated = (named(tariffs), "Nilai bertanggal di `tarif/`.")
    item = (named(items), "Butir di dalam tarif.")
    columns = {"nilai": value, "rumus": formula, "tarif": dated, "butir": item}
    factor_rows = rows(columns, ITEM_CONDITION)
    one_factor = shape(
        {
            **columns,
            "untuk_setiap": for_each,
            "dasar": basis,
            "pertama": (YES_NO, "Baris pertama yang berlaku yang dipakai."),
            "jumlahkan": (YES_NO, "Setiap baris yang berlaku dijumlahkan."),
            "baris": (factor_rows[0], "Baris-baris tabel."),
        }
    )
    simple = shape(
        {
            "tetap": (NUMBER, "Jumlah rupiah yang tetap."),
            "per": ({"type": "string", "pattern": FIELD_CODE}, "Isian yang dikalikan."),
            "rupiah": (NUMBER, "Rupiah untuk tiap satuan isian itu."),
        }
    )
    fee_rows = rows({"tarif": (simple, "`{tetap: …}` atau `{per: …, rupiah: …}`."), "rumus": formula}, ITEM_CONDITION)
    component = shape(
        {
            "nama": (words(), "Nama pada rincian tagihan."),
            "rumus": formula,
            "untuk_setiap": for_each,
            "dasar": basis,
            "baris": (either(*fee_rows), "Baris-baris tarif."),
        },
        ["nama"],
    )
    exemption = shape(
        {
            "bila": (CONDITION, "Tidak membayar bila."),
            "dasar": basis,
            "alasan": (words(), "Mengapa, bagi warga."),
        },
        ["bila", "dasar"],
    )
    factors: Schema = {
        "type": "object",
        "propertyNames": {"pattern": FIELD_CODE},
        "additionalProperties": either(NUMBER, one_factor, *factor_rows),
    }
    full = shape(
        {
            "dasar": basis,
            "faktor": (factors, "Angka-angka bernama untuk rumus."),
            "komponen": (list_of(component), "Baris-baris tagihan."),
            "baris": (either(*fee_rows), "Tarif sederhana: satu baris tagihan."),
            "bebas": (list_of(exemption), "Yang tidak membayar."),
            "pembulatan": (named(ROUNDING), "Dibulatkan sekali, ke atas bila tepat di tengah."),
            "jenis": (named(FEE_KINDS), "Retribusi atau pajak."),
            "bayar": (named(PAY), "Kapan dibayar."),
            "penagih": (named({agency.code: agency.name.id for agency in city.agencies}), "Siapa yang menagih."),
        },
        ["dasar"],
    )
    return either({"const": "gratis", "description": "Tanpa bayaran."}, free, full)
