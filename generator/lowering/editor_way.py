"""The editor's schema of the way a file takes: its stages, who looks at it, and for how long."""

from __future__ import annotations

from generator.lowering.editor_parts import (
    CONDITION,
    DURATION,
    FIELD_CODE,
    LAW,
    WORDS,
    YES_NO,
    list_of,
    named,
    shape,
    table,
)
from generator.lowering.editor_tests import Schema
from rules.city import City
from rules.permit import Permit

REPAIR_WAY = {"perbaikan": "Kembali kepada pemohon."}
REFUSAL_WAY = {"penolakan": "Surat penolakan dengan alasannya."}
ENDS = {"terbit": "Izin terbit.", "ditolak": "Permohonan ditolak."}


def stages(city: City, permit: Permit, officer_field: Schema) -> Schema:
    """Return the schema of `alur`; `officer_field` is a question that a reviewer answers."""
    known = {stage.code: (stage.name.id if stage.name else stage.code) for stage in permit.stages}
    to = named({**known, **REFUSAL_WAY})
    agencies = {agency.code: agency.name.id for agency in city.agencies}
    roles = {role: agency.name.id for agency in city.agencies for role in agency.roles}
    desks = {f"{agency.code}.{role}": agency.name.id for agency in city.agencies for role in agency.roles}
    time = (table("waktu", DURATION, "Waktunya."), "Waktu kerja.")
    inspection = (table("peninjauan", YES_NO, "Ditinjau atau tidak."), "Apakah ditinjau di tempat.")
    asked = (CONDITION, "Hanya diminta bila.")
    questions = (list_of(officer_field), "Yang dijawab oleh peninjau ini.")
    pauses = (list_of(_pause()), "Alasan yang boleh membuat permohonan menunggu di meja ini.")
    reviewer = {
        **shape(
            {
                "instansi": (named(agencies), "Kode instansi di `instansi.yaml`."),
                "peran": (named(roles), "Peran di instansi itu."),
                "waktu": time,
                "peninjauan": inspection,
                "bila": asked,
                "isian_petugas": questions,
                "jeda": pauses,
            },
            ["instansi"],
        ),
        "defaultSnippets": [
            {"label": "instansi dengan waktu", "body": {"instansi": "$1", "waktu": "${2:5} hari kerja"}}
        ],
    }
    desk = named({**agencies, **desks})
    asked_of_application = named({field.code: field.label.id for field in permit.fields})
    objections = shape(
        {"oleh": (desk, "Siapa yang menjawab: `instansi` atau `instansi.peran`."), "waktu": time}, ["oleh", "waktu"]
    )
    public = shape(
        {
            "selama": (DURATION, "Lamanya."),
            "umumkan": (list_of(asked_of_application), "Isian yang diperlihatkan kepada umum, dan tidak yang lain."),
            "keberatan": (objections, "Siapa pun boleh berkeberatan selama pengumuman; ini yang menjawabnya."),
        },
        ["selama", "umumkan"],
    )
    notice: Schema = {"anyOf": [DURATION, public]}
    stage = shape(
        {
            "nama": (WORDS, "Nama tahap bagi warga."),
            "oleh": (desk, "Siapa: `instansi` atau `instansi.peran`."),
            "waktu": time,
            "peninjauan": inspection,
            "isian_petugas": questions,
            "bila": asked,
            "jeda": pauses,
            "serentak": (list_of(reviewer), "Peninjau yang bekerja serentak, masing-masing dengan jamnya."),
            "setuju": (table("ke", to, "Tahap berikutnya."), "Tahap berikutnya bila disetujui."),
            "perbaiki": (named({**known, **REPAIR_WAY}), "Bila dikembalikan; tanpa ini kembali kepada pemohon."),
            "tolak": (named({**known, **REFUSAL_WAY}), "Bila ditolak; tanpa ini surat penolakan."),
            "tanda_tangan": (YES_NO, "Tahap ini menandatangani."),
            "di_luar": (YES_NO, "Badan di luar kota; waktunya tidak dihitung."),
            "pengumuman": (notice, "Pengumuman kepada umum: lamanya, atau dengan isi dan siapa menjawab keberatan."),
            "akhir": (named({**ENDS, **{s.end: s.end for s in permit.stages if s.end}}), "Tahap akhir, dan hasilnya."),
        }
    )
    return {"type": "object", "minProperties": 1, "additionalProperties": stage}


def _pause() -> Schema:
    return shape(
        {
            "kode": ({"type": "string", "pattern": FIELD_CODE}, "Kode alasan, misalnya `stok_kartu`."),
            "sebab": (WORDS, "Alasannya bagi pemohon, misalnya «Blangko kartu habis»."),
            "dasar": (LAW, "Aturan yang mengizinkan jeda ini."),
            "paling_lama": (DURATION, "Paling lama sekali jeda; sesudah itu jam berjalan lagi sendiri."),
            "paling_banyak": ({"type": "integer", "minimum": 1, "maximum": 12}, "Berapa kali untuk satu permohonan."),
            "batas_hukum_berhenti": (LAW, "Hanya bila peraturan ini juga menghentikan batas fiktif positif."),
        },
        ["kode", "sebab", "dasar", "paling_lama"],
    )
