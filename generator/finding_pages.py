"""The page of each finding: what it says, why it matters, an example and what to write instead.

Gains one source for `satupintu explain`, for `docs/findings/` and for the links in every format. Loses nothing: the
words stay where the finding is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from generator.checks.check import Check
from generator.checks.proven import EVERY
from generator.reading.codes import READING
from generator.reading.tks import Entry
from rules.words import Lang, Words

# Findings that are no check of the model: the examples are run on what was built, `diterima` is about other findings.
ELSEWHERE: Mapping[str, Words] = {
    "TRM-01": Words(
        """# TRM-01 diterima-tanpa-temuan

Sebuah temuan diterima dalam `diterima`, tetapi tidak ada di berkas ini.

## Mengapa ini penting

Kodenya mungkin salah eja, temuannya mungkin sudah diperbaiki, atau ia galat, yang tidak dapat diterima. Orang yang
membaca berkas ini mengira ada sesuatu yang sudah ditimbang.

## Contoh

    diterima: [{temuan: STD-30, alasan: Nama jalan tidak diterjemahkan.}]

Tulis kode yang tampil pada `satupintu check`, atau hapus butirnya:

    diterima: [{temuan: STD-03, alasan: Nama jalan tidak diterjemahkan.}]
""",
        """# TRM-01 accepted-without-finding

A finding is accepted in `diterima`, and is not found in this file.

## Why this matters

Its code may be misspelt, it may have been mended by now, or it is an error, which cannot be accepted. Who reads the
file believes that something has been weighed.

## Example

    diterima: [{temuan: STD-30, alasan: Names of streets are not translated.}]

Write the code that `satupintu check` shows, or delete the entry:

    diterima: [{temuan: STD-03, alasan: Names of streets are not translated.}]
""",
    ),
    "CTH-01": Words(
        """# CTH-01 contoh-tidak-sesuai

Sebuah contoh di `contoh/` menyebut hasil yang lain dari hasil susunan.

## Mengapa ini penting

Contoh ditulis oleh orang hukum dari peraturannya, tanpa melihat aturan di katalog. Bila keduanya berbeda, salah satunya
keliru membaca peraturan itu, dan warga akan membayar atau menunggu menurut yang keliru.

## Contoh

    - catatan: rumah tipe 36, permanen, sederhana
      pada: 2026-03-02
      jawaban: {fungsi: hunian, luas_bangunan: 36}
      hasil: {retribusi: 162_000}

Hitung sekali lagi dari peraturannya, lalu betulkan contoh itu atau aturannya.
""",
        """# CTH-01 example-not-as-written

An example in `contoh/` says another outcome than what was built gives.

## Why this matters

Examples are written by the legal side from the law, without looking at the rules of the catalog. Where the two differ,
one of them misreads the law, and citizens would pay or wait by the mistake.

## Example

    - catatan: rumah tipe 36, permanen, sederhana
      pada: 2026-03-02
      jawaban: {fungsi: hunian, luas_bangunan: 36}
      hasil: {retribusi: 162_000}

Work it out once more from the law, then correct the example or the rule.
""",
    ),
    "CTH-02": Words(
        """# CTH-02 tidak-dicapai-contoh

Sebuah baris, tahap, dokumen, atau penolakan tidak dicapai satu contoh pun.

## Mengapa ini penting

Yang tidak dicapai contoh boleh berubah tanpa ada yang tahu: satu angka terhapus, satu instansi tertukar, dan
`satupintu test` tetap berkata baik. Sebuah contoh mencapai sesuatu bila hasilnya benar dan menyebut akibatnya: baris
retribusi dicapai contoh yang menulis `retribusi`, dokumen dicapai contoh yang menulis `dokumen`.

## Contoh

    syarat:
      - {dokumen: andalalin, wajib_bila: {jumlah_lapak: "> 100"}}

Tambahkan contoh dengan 101 lapak:

    - catatan: 101 lapak
      pada: 2026-03-02
      sebagian: ya
      jawaban: {jumlah_lapak: 101}
      hasil: {dokumen: [ktp, andalalin]}

`satupintu test --usulkan` menuliskan usulnya. Yang memang tidak perlu contoh diterima di berkas izinnya:

    diterima: [{temuan: CTH-02, alasan: Tahap ini hanya untuk keadaan darurat.}]
""",
        """# CTH-02 reached-by-no-example

A row, a stage, a document or a refusal is reached by no example.

## Why this matters

What no example reaches may change without anybody knowing: a figure lost, an agency swapped, and `satupintu test`
still says that all is well. An example reaches something when it holds and names what follows: the row of a fee is
reached by one that writes `retribusi`, a document by one that writes `dokumen`.

## Example

    syarat:
      - {dokumen: andalalin, wajib_bila: {jumlah_lapak: "> 100"}}

Add an example of 101 stalls:

    - catatan: 101 lapak
      pada: 2026-03-02
      sebagian: ya
      jawaban: {jumlah_lapak: 101}
      hasil: {dokumen: [ktp, andalalin]}

`satupintu test --usulkan` writes one to be confirmed. What needs no example is accepted in the permit's file:

    diterima: [{temuan: CTH-02, alasan: This stage is for emergencies only.}]
""",
    ),
}
# What each area is about, and the law that its findings guard.
AREAS: Mapping[str, tuple[Words, str]] = {
    "ALR": (Words("alur", "route"), "UU 25/2009 pasal 21: sistem, mekanisme, dan prosedur; UU 30/2014 pasal 49 dan 50"),
    "BKT": (Words("bukti", "evidence"), "UU 14/2008 pasal 7: informasi yang akurat, benar, dan tidak menyesatkan"),
    "CTH": (Words("contoh", "examples"), "UU 30/2014 pasal 10: kecermatan"),
    "HKM": (Words("hukum", "law"), "UU 30/2014 pasal 8 sampai 13: wewenang dan dasar hukumnya"),
    "ISI": (Words("isian", "questions"), "UU 25/2009 pasal 4: kecepatan, kemudahan, dan keterjangkauan"),
    "KAT": (Words("seluruh katalog", "the catalog as a whole"), "UU 25/2009 pasal 4: kemudahan"),
    "KON": (Words("kondisi", "conditions"), "UU 30/2014 pasal 10: kepastian hukum"),
    "OPD": (Words("instansi", "agencies"), "UU 30/2014 pasal 8 dan 13; PP 60/2008 pasal 18 ayat (3)"),
    "PDP": (Words("data pribadi", "personal data"), "UU 27/2022 pasal 16: pelindungan data pribadi"),
    "PRD": (Words("produk", "products"), "UU 25/2009 pasal 21: produk pelayanan"),
    "RET": (Words("retribusi", "fees"), "UU 1/2022 pasal 94; UU 25/2009 pasal 31: biaya"),
    "RUN": (Words("mesin", "engine"), "UU 30/2014 pasal 10: kecermatan"),
    "RUT": (Words("rute", "routes"), "UU 25/2009 pasal 21: sistem, mekanisme, dan prosedur"),
    "SLA": (Words("waktu", "time"), "UU 25/2009 pasal 21: jangka waktu; UU 30/2014 pasal 53"),
    "STD": (Words("standar pelayanan", "service standard"), "UU 25/2009 pasal 20 dan 21; Permenpanrb 15/2014"),
    "SYR": (Words("syarat", "documents"), "UU 25/2009 pasal 21: persyaratan"),
    "TBL": (Words("tabel", "tables"), "UU 30/2014 pasal 10: kepastian hukum"),
    "TKS": (Words("teks", "text"), "UU 30/2014 pasal 10: kecermatan"),
    "TRM": (Words("yang diterima", "what is accepted"), "UU 30/2014 pasal 10: keterbukaan"),
    "VER": (Words("versi", "versions"), "UU 30/2014 pasal 10: kepastian hukum; UU 12/2011 pasal 87"),
}
WHY = Words("Mengapa ini penting", "Why this matters")
EXAMPLE = Words("Contoh", "Example")
INSTEAD = Words("Tulis:", "Write instead:")


@cache
def pages() -> Mapping[str, Words]:
    """Return the page of every code, in the order of the codes."""
    made = {code: Words(_page(entry, "id"), _page(entry, "en")) for code, entry in READING.items()}
    made |= {check.code: Words(_headed(check, check.halaman), _headed(check, check.page)) for check in EVERY}
    made |= ELSEWHERE
    return {code: made[code] for code in sorted(made)}


def _headed(check: Check, page: str) -> str:
    """Write the page of a check: its docstring starts with the sentence."""
    sentence, _, rest = page.strip().partition("\n")
    return f"# {check.code} {check.name}\n\n{sentence[:1].upper()}{sentence[1:]}.\n{rest}\n"


def _page(entry: Entry, lang: Lang) -> str:
    """Write the page of a fault of reading from its parts."""
    return (
        f"# {entry.code} {entry.name}\n\n{_general(entry.says.to(lang))}.\n\n"
        f"## {WHY.to(lang)}\n\n{entry.why.to(lang)}\n\n"
        f"## {EXAMPLE.to(lang)}\n\n{_indented(entry.bad)}\n\n{INSTEAD.to(lang)}\n\n{_indented(entry.good)}\n"
    )


def _general(sentence: str) -> str:
    """Return a sentence as it is of any catalog: what it names becomes «…»."""
    said = "".join(text + ("" if name is None else "…") for text, name, _, _ in Formatter().parse(sentence))
    return said[:1].upper() + said[1:]


def _indented(code: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in code.splitlines())
