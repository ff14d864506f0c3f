"""The editor's schema of one permit: what may be written in its file, described, with its own questions to choose from.

Gains completion, hover and findings while an officer types, in any editor with the YAML language server. Loses every
rule that needs more than one place of the file: `satupintu check` has the last word. Draft 7, which that server reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.lowering.editor_fees import fee
from generator.lowering.editor_parts import (
    CONDITION,
    COUNT,
    DATE,
    DURATION,
    EVIDENCE,
    FIELD_CODE,
    ITEM_CONDITION,
    KINDS,
    LAW,
    NAME_CODE,
    NUMBER,
    TEXT,
    WORDS,
    YES_NO,
    citation,
    duration,
    either,
    list_of,
    named,
    shape,
    table,
    words,
)
from generator.lowering.editor_tests import Schema, condition, constants
from generator.lowering.editor_way import stages
from generator.model import CityCatalog
from generator.reading.permit_file import PAPERS, WAYS
from rules.field import Derived, Field
from rules.kind import Kind
from rules.permit import Permit, QuotaPeriod

APPLICATIONS = ("baru", "perpanjangan", "perubahan", "pencabutan", "duplikat", "daftar_ulang", "balik_nama")


def editor_schema(catalog: CityCatalog, permit: Permit) -> Schema:
    """Return the schema of the file of `permit`."""
    facts: tuple[Field | Derived, ...] = (*permit.fields, *permit.derived, *permit.officer_fields)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Izin {permit.name.id}",
        "definitions": {
            "kondisi": condition(facts, "#/definitions/kondisi"),
            "kondisi_butir": condition((*facts, *_item_facts(permit.fields)), "#/definitions/kondisi_butir"),
            "kata": words(),
            "lama": duration(),
            "dasar": citation(catalog.city),
            "isian": field_entry(CONDITION, listed=True),
            "isian_butir": field_entry(ITEM_CONDITION, listed=False),
        },
        **shape(_keys(catalog, permit), ["izin", "nama", "jenis", "berlaku", "isian", "alur"]),
    }


def _item_facts(fields: Iterable[Field]) -> tuple[Field | Derived, ...]:
    return tuple(item for field in fields for item in field.items) + tuple(
        fact for field in fields for fact in field.derived
    )


def _keys(catalog: CityCatalog, permit: Permit) -> Mapping[str, tuple[Schema, str]]:
    """Return every key of the file, in the order in which it is written."""
    city = catalog.city
    lists = {field.code: field.label.id for field in permit.fields if field.kind is Kind.LIST}
    documents = {document.code: document.name.id for document in city.documents}
    kinds = {"izin": "Izin.", "nonizin": "Nonizin.", "layanan": "Layanan; tidak harus berujung surat."}
    return {
        "izin": ({"type": "string", "pattern": NAME_CODE}, "Kode izin; sama dengan nama folder."),
        "nama": (WORDS, "Nama izin, seperti pada surat."),
        "jenis": (named(kinds), "Jenis layanan."),
        "kode_resmi": (TEXT, "Kode resmi, misalnya KES-APOTEK."),
        "ringkas": (WORDS, "Satu kalimat untuk warga: untuk apa izin ini."),
        "kata_kunci": (list_of(TEXT), "Kata-kata yang dicari orang."),
        "berlaku": (
            shape({"mulai": (DATE, "Sama dengan nama berkas."), "sampai": (DATE, "Hanya bila berakhir.")}, ["mulai"]),
            "Masa berlakunya versi ini.",
        ),
        "peralihan": (
            either(
                named(
                    {
                        "tetap": "Permohonan yang berjalan tetap pada versi saat diajukan.",
                        "pindah": "Permohonan yang berjalan pindah ke versi ini.",
                    }
                ),
                shape({"pindah": (_moving(permit), "Permohonan yang berjalan pindah ke versi ini.")}, ["pindah"]),
            ),
            "Apa yang terjadi dengan permohonan yang sedang berjalan.",
        ),
        "pelimpahan": (LAW, "Peraturan yang melimpahkan izin ini kepada DPMPTSP."),
        "batas_hukum": (
            shape({"waktu": (DURATION, "Batas waktu."), "dasar": (LAW, "Dasar hukumnya.")}, ["waktu", "dasar"]),
            "Batas fiktif positif, sejak berkas lengkap.",
        ),
        "dasar_hukum": (list_of(LAW), "Peraturan yang menjadi dasar."),
        "permohonan": (
            either(
                list_of({"type": "string", "anyOf": [{"enum": list(APPLICATIONS)}, {"pattern": FIELD_CODE}]}),
                {"type": "object", "additionalProperties": WORDS},
            ),
            "Jenis permohonan yang diterima.",
        ),
        "masa_berlaku": (table("masa_berlaku", _validity(permit), "Masa berlaku."), "Berapa lama izin berlaku."),
        "isian": (list_of(_entries(catalog)), "Pertanyaan formulir, berurutan."),
        "turunan": (derived(lists), "Fakta yang dihitung dari jawaban."),
        "syarat": (list_of(_requirement(documents, lists)), "Dokumen yang diminta."),
        "kelayakan": (list_of(_refusal()), "Alasan permohonan ditolak sebelum diajukan."),
        "kuota": (list_of(_quota()), "Berapa permohonan yang diterima dalam satu masa."),
        "skm": (_survey(), "Survei kepuasan sebelum surat diunduh; tanpa ini menurut `daerah.yaml`."),
        "alur": (stages(city, permit, field_entry(CONDITION, listed=False)), "Tahap-tahap yang dilalui berkas."),
        "waktu_total": (table("waktu", DURATION, "Janji waktu."), "Janji waktu keseluruhan, sejak diajukan."),
        "perbaikan": (_repair(), "Waktu pemohon untuk memperbaiki."),
        "retribusi": (fee(city, lists), "Berapa yang dibayar, dan atas dasar apa."),
        "produk": (list_of(_product(lists, permit)), "Surat yang diterbitkan."),
        "standar": ({"type": "object", "additionalProperties": WORDS}, "Sisa dari 14 komponen standar pelayanan."),
        "bukti": (
            {"type": "object", "additionalProperties": EVIDENCE},
            "Seberapa dapat dipercaya tiap angka: F, F~, K atau A.",
        ),
        "sumber": (list_of(TEXT), "Dari mana isi berkas ini."),
        "diterima": (
            list_of(shape({"temuan": (TEXT, "Kode temuan."), "alasan": (WORDS, "Mengapa.")}, ["temuan", "alasan"])),
            "Temuan yang benar apa adanya, dengan alasannya.",
        ),
    }


def _validity(permit: Permit) -> Schema:
    dates = {field.code: field.label.id for field in permit.fields if field.kind is Kind.DATE}
    until = shape({"sampai": (named(dates), "Isian tanggal.")}, ["sampai"])
    return either(
        DURATION,
        {"const": "selama_usaha", "description": "Selama usaha berjalan."},
        until,
        shape({"terkecil": (list_of(either(DURATION, until)), "Yang paling dulu berakhir.")}, ["terkecil"]),
        shape({"selama": (WORDS, "Selama apa, dalam kata-kata.")}, ["selama"]),
    )


def _entries(catalog: CityCatalog) -> Schema:
    """Return the two entries of `isian` that are not questions, beside the question itself."""
    groups = {code: f"{len(group.fields)} isian" for code, group in catalog.groups.items()}
    return {
        "anyOf": [
            shape(
                {
                    "kelompok": (named(groups), "Kelompok isian bersama di `isian/`, dibaca di tempat ini."),
                    "tampil_bila": (CONDITION, "Kelompok ini tampil bila."),
                },
                ["kelompok"],
            ),
            shape({"bagian": (WORDS, "Judul halaman formulir; memulai halaman baru.")}, ["bagian"]),
            {"$ref": "#/definitions/isian"},
        ]
    }


def field_entry(when: Schema, *, listed: bool) -> Schema:
    """Return the schema of one question; `listed` allows a `daftar`, which holds no other one."""
    kinds = {kind.value: says for kind, says in KINDS.items() if listed or kind is not Kind.LIST}
    inner: dict[str, tuple[Schema, str]] = {
        "isian": (list_of({"$ref": "#/definitions/isian_butir"}), "Isian tiap butir daftar."),
        "turunan": (derived({}), "Fakta yang dihitung untuk tiap butir."),
    }
    question = shape(
        {
            "kode": ({"type": "string", "pattern": FIELD_CODE}, "Nama isian: huruf kecil, angka dan `_`."),
            "label": (WORDS, "Pertanyaan yang dibaca warga."),
            "jenis": (named(kinds), "Jenis jawaban."),
            "pilihan": ({"type": "object", "minProperties": 1, "additionalProperties": WORDS}, "Kode: tulisan."),
            "digit": ({"type": "integer", "minimum": 0, "maximum": 6}, "Angka di belakang titik."),
            "satuan": (TEXT, "Satuan, misalnya m2."),
            "minimal": (either(NUMBER, DATE), "Batas bawah, termasuk."),
            "maksimal": (either(NUMBER, DATE), "Batas atas, termasuk."),
            "panjang": (COUNT, "Panjang teks paling banyak, dalam huruf."),
            "opsional": (YES_NO, "Boleh tidak dijawab."),
            "tampil_bila": (when, "Boleh dijawab bila."),
            "bantuan": (WORDS, "Penjelasan di bawah pertanyaan."),
            **(inner if listed else {}),
        },
        ["kode", "label", "jenis"],
    )
    start = {"kode": "$1", "label": "$2", "jenis": "${3:teks}"}
    return {**question, "defaultSnippets": [{"label": "isian baru", "body": start}]}


def derived(lists: Mapping[str, str]) -> Schema:
    """Return the schema of facts computed from answers."""
    kinds = {kind.value: says for kind, says in KINDS.items() if kind in (Kind.INTEGER, Kind.MONEY, Kind.DECIMAL)}
    formula = shape(
        {
            "rumus": (TEXT, "Rumus atas isian, turunan dan tanggal_berkas."),
            "jenis": (named({**kinds, **{k.value: KINDS[k] for k in (Kind.DATE, Kind.YES_NO)}}), "Jenis hasilnya."),
            "label": (WORDS, "Namanya bagi warga."),
            "satuan": (TEXT, "Satuannya."),
            "digit": ({"type": "integer", "minimum": 0, "maximum": 6}, "Angka di belakang titik."),
        },
        ["rumus", "jenis"],
    )
    counted = shape(
        {
            "banyak": (named(lists), "Daftar yang butirnya dihitung."),
            "yang": (ITEM_CONDITION, "Hanya butir yang memenuhi ini."),
            "label": (WORDS, "Namanya bagi warga."),
        },
        ["banyak"],
    )
    return {"type": "object", "additionalProperties": either(formula, counted) if lists else formula}


def _requirement(documents: Mapping[str, str], lists: Mapping[str, str]) -> Schema:
    asked = shape(
        {
            "dokumen": (named(documents), "Kode dokumen di `dokumen.yaml`."),
            "wajib_bila": (CONDITION, "Diminta bila; tanpa ini selalu diminta."),
            "catatan": (WORDS, "Keterangan khusus untuk izin ini."),
            "untuk_setiap": (named(lists), "Satu untuk tiap butir daftar ini."),
            "dasar": (LAW, "Dasar hukumnya."),
            "rangkap": ({"type": "integer", "minimum": 1, "maximum": 20}, "Berapa rangkap."),
            "kertas": ({"enum": list(PAPERS)}, "Ukuran kertas."),
            "diserahkan": ({"enum": list(WAYS)}, "Diunggah, atau dibawa saat surat diambil."),
            "pengganti": (list_of({"type": "string", "pattern": NAME_CODE}), "Yang dibawa bila dokumen itu hilang."),
        },
        ["dokumen"],
    )
    body = {"dokumen": "$1", "wajib_bila": {"$2": "$3"}}
    return {**asked, "defaultSnippets": [{"label": "dokumen dengan wajib_bila", "body": body}]}


def _moving(permit: Permit) -> Schema:
    stages = [stage.code for stage in permit.stages if stage.end is None]
    return shape(
        {
            "dasar": (LAW, "Peraturan yang memindahkannya; tanpa ini, dasar hukum baru yang pertama."),
            "tahap": (
                {"type": "object", "additionalProperties": {"enum": stages}},
                "Tahap versi lama: tahap yang menggantikannya di versi ini.",
            ),
            "yang_ditolak": (
                named({"tetap": "Yang jawabannya ditolak versi ini tetap pada versi lama."}),
                "Apa yang terjadi dengan permohonan yang ditolak formulir versi ini.",
            ),
        },
        [],
    )


def _quota() -> Schema:
    return shape(
        {
            "paling_banyak": ({"type": "integer", "minimum": 1}, "Berapa permohonan."),
            "per": ({"enum": [period.value for period in QuotaPeriod]}, "Masa yang dihitung."),
            "bila": (CONDITION, "Dihitung bila; tanpa ini semuanya."),
            "pesan": (WORDS, "Yang dibaca pemohon bila kuota habis."),
            "dasar": (LAW, "Dasar hukumnya."),
        },
        ["paling_banyak", "per", "pesan", "dasar"],
    )


def _survey() -> Schema:
    return shape(
        {
            "sebelum_unduh": (YES_NO, "Diminta sebelum surat diunduh."),
            "dasar": (LAW, "Peraturan yang memintanya; wajib bila `ya`."),
        },
        ["sebelum_unduh"],
    )


def _refusal() -> Schema:
    return shape(
        {
            "tolak_bila": (CONDITION, "Permohonan ditolak bila."),
            "pesan": (WORDS, "Kata-kata penolakan yang dibaca pemohon."),
            "dasar": (LAW, "Dasar hukumnya."),
        },
        ["tolak_bila", "pesan", "dasar"],
    )


def _repair() -> Schema:
    clocks = {"berhenti": "Jam berhenti, sisanya disimpan.", "ulang": "Jam mulai dari awal."}
    return shape(
        {
            "waktu": (DURATION, "Waktu pemohon."),
            "jam": (either(*constants(clocks)), "Yang terjadi dengan jam."),
            "paling_banyak": (COUNT, "Berapa kali boleh dikembalikan."),
        }
    )


def _product(lists: Mapping[str, str], permit: Permit) -> Schema:
    stages = {
        stage.code: stage.code if stage.name is None else stage.name.id for stage in permit.stages if stage.signature
    }
    codes = {product.code: product.name.id for product in permit.products}
    return shape(
        {
            "kode": ({"type": "string", "pattern": NAME_CODE}, "Kode surat."),
            "nama": (WORDS, "Nama surat."),
            "templat": (TEXT, "Nama templat di `templat/`."),
            "nomor": (TEXT, "Pola nomor, dengan {urut}, {bulan_romawi} dan {tahun}."),
            "untuk_setiap": (named(lists), "Satu surat untuk tiap butir daftar ini."),
            "tahap": (named(stages), "Tahap bertanda tangan yang menerbitkannya, selagi berkas berjalan."),
            "perlu": (named(codes), "Surat yang harus terbit lebih dulu."),
            "menggantikan": (named(codes), "Surat sementara yang berakhir saat surat ini terbit."),
            "bila": (CONDITION, "Hanya terbit bila ini."),
            "waktu": (table("waktu", DURATION, "Janji waktu."), "Janji waktu surat ini sendiri."),
            "masa_berlaku": (table("masa_berlaku", _validity(permit), "Masa berlaku."), "Masa berlaku surat ini."),
        },
        ["kode", "nama"],
    )
