"""The two files a new permit begins with: the permit itself, and its first example."""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading.gap import MARK
from generator.scaffold.usual import Usual


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a permit before it is written: its code, its first day, and perhaps its name and the law that
    delegates it."""

    code: str
    valid_from: str
    name: str | None = None
    delegation: str | None = None


def permit_text(new: Beginning, usual: Usual) -> str:
    """Write a permit of the usual shape: checked at the door, reviewed by one agency, signed."""
    law = new.delegation or usual.delegation or gap("kode peraturan yang melimpahkan izin ini, lihat folder peraturan/")
    name = gap("nama izin, misalnya Izin pasar malam") if new.name is None else quoted(new.name)
    first = usual.first_desk or gap("kode instansi.peran, lihat instansi.yaml")
    signs = usual.signing_desk or gap("kode instansi.peran yang menandatangani, lihat instansi.yaml")
    group = "" if usual.group is None else f"  - kelompok: {usual.group}\n"
    documents = "".join(f"  - {{dokumen: {code}}}\n" for code in usual.documents)
    components = "".join(f"  {key}: {gap('komponen standar pelayanan')}\n" for key in usual.own_components)
    standard = f"standar:\n{components}" if components else ""
    return f"""\
# yaml-language-server: $schema=../../.skema/{new.code}.json
izin: {new.code}
nama: {name}
jenis: izin
ringkas: {gap("satu kalimat untuk warga, misalnya Izin mengadakan pasar malam.")}
kata_kunci: [{gap("kata yang dicari warga, misalnya bazar")}]
berlaku: {{mulai: {new.valid_from}}}
pelimpahan: {{peraturan: {law}}}
dasar_hukum:
  - {{peraturan: {law}}}
masa_berlaku: {gap("lama berlaku izin, misalnya 5 tahun atau 30 hari kalender")}
isian:
{group}  - kode: {gap("kode pertanyaan, misalnya jumlah_lapak")}
    label: {gap("pertanyaannya, misalnya Jumlah lapak")}
    jenis: {gap("bilangan, desimal, uang, tanggal, pilihan, ya_tidak, atau teks")}
syarat:
{documents}  - {{dokumen: {gap("kode dokumen lain yang diminta, lihat dokumen.yaml")}}}
alur:
  verifikasi: {{oleh: {first}, waktu: 1 hari kerja, setuju: teknis}}
  teknis:
    serentak:
      - {{instansi: {gap("kode instansi penilai dari instansi.yaml")}, waktu: {gap("misalnya 3 hari kerja")}}}
    setuju: penerbitan
  penerbitan: {{oleh: {signs}, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}}
  terbit: {{akhir: terbit}}
waktu_total: {gap("jumlah waktu semua tahap, misalnya 5 hari kerja")}
retribusi: {gap("gratis, atau lihat catalog/panduan/tabel-retribusi.md")}
produk: [{{kode: izin, nama: {name}}}]
{standard}bukti: {{syarat: A, waktu: A, biaya: A}}                # A: dugaan, wajib dipastikan; F: ada sumbernya
"""


def example_text(new: Beginning) -> str:
    """Write an example to fill in: answers, and what the law says follows from them."""
    return f"""\
# Hitung hasilnya dari peraturan, jangan dari layar. `sebagian: ya` bila jawabannya tidak lengkap.
- catatan: {gap("permohonan seperti apa, misalnya 120 lapak")}
  pada: {new.valid_from}
  sebagian: ya
  jawaban: {{permohonan: baru}}
  hasil: {{waktu: {gap("misalnya 5 hari kerja")}, retribusi: {gap("gratis, atau jumlah rupiah")}, akhir: terbit}}
"""


def gap(hint: str) -> str:
    """Write a gap that says what belongs there."""
    return quoted(f"{MARK}: {hint}")


def quoted(text: str) -> str:
    """Write a text so that YAML reads it as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
