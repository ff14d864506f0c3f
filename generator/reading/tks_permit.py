"""TKS-50 to TKS-70: a part that contradicts itself or another part of its own file."""

from __future__ import annotations

from generator.reading.tks import Entry
from rules.words import Words

FORMULA = Entry(
    "TKS-50",
    "formula-not-readable",
    Words("rumus ini tidak terbaca: {reason}", "this formula cannot be read: {reason}"),
    Words("di sini", "here"),
    Words("{advice}", "{advice}"),
    Words(
        "Rumus menentukan uang dan hari; yang tidak pasti terbaca tidak dihitung.",
        "A formula decides money and days; what is not surely read is not computed.",
    ),
    "rumus: luas * 2,5",
    "rumus: luas * 2.5",
)
WRITTEN_TWICE = Entry(
    "TKS-51",
    "code-used-twice",
    Words("kode `{code}` dipakai dua kali dalam berkas ini", "the code `{code}` is used twice in this file"),
    Words("dipakai lagi di sini", "used again here"),
    Words("beri salah satunya kode lain", "give one of them another code"),
    Words(
        "Kondisi yang menyebut kode itu tidak tahu mana yang dimaksud.", "A condition cannot tell which one is meant."
    ),
    "- {kode: luas, …}\n- {kode: luas, …}",
    "- {kode: luas, …}\n- {kode: luas_tanah, …}",
)
KEY_FOR_OTHER_KIND = Entry(
    "TKS-52",
    "key-of-another-kind",
    Words("`{key}` tidak berlaku untuk isian berjenis `{kind}`", "`{key}` has no meaning for a field of kind `{kind}`"),
    Words("tidak untuk `{kind}`", "not for `{kind}`"),
    Words("hapus `{key}`, atau ganti `jenis`", "delete `{key}`, or change `jenis`"),
    Words("Kunci yang tidak berlaku memberi rasa aman yang salah.", "A key with no effect gives false safety."),
    "{kode: nama, label: Nama, jenis: teks, satuan: m2}",
    "{kode: nama, label: Nama, jenis: teks}",
)
BOUNDS_CROSSED = Entry(
    "TKS-53",
    "bounds-crossed",
    Words("`minimal` {low} melewati `maksimal` {high}", "`minimal` {low} is past `maksimal` {high}"),
    Words("melewati `maksimal`", "past `maksimal`"),
    Words("tukar keduanya, atau perbaiki salah satu", "swap the two, or mend one"),
    Words("Tidak ada jawaban yang dapat memenuhi keduanya.", "No answer can satisfy both."),
    "minimal: 500\nmaksimal: 100",
    "minimal: 100\nmaksimal: 500",
)
UNKNOWN_GROUP = Entry(
    "TKS-54",
    "unknown-group",
    Words("kelompok isian `{code}` tidak ada", "there is no group of questions `{code}`"),
    Words("tidak ada `isian/{code}.yaml`", "no `isian/{code}.yaml`"),
    Words("{advice}", "{advice}"),
    Words("Kelompok dibaca dari folder `isian`.", "Groups are read from the folder `isian`."),
    "- kelompok: pemohonn",
    "- kelompok: pemohon",
)
ELSE_ROWS = Entry(
    "TKS-55",
    "two-else-rows",
    Words("tabel ini punya dua baris `selainnya`", "this table has two rows `selainnya`"),
    Words("baris `selainnya` kedua", "the second `selainnya`"),
    Words("hapus salah satu", "delete one"),
    Words("Baris `selainnya` berlaku bila tidak ada baris lain yang berlaku.", "It holds when no other row does."),
    "- {selainnya: ya, …}\n- {selainnya: ya, …}",
    "- {selainnya: ya, …}",
)
NAME_DIFFERS = Entry(
    "TKS-56",
    "name-differs-from-file",
    Words(
        "`{key}` di sini `{written}`, sedangkan nama {what} `{named}`",
        "`{key}` is `{written}` here, and the {what} is named `{named}`",
    ),
    Words("nama {what}: `{named}`", "{what} name: `{named}`"),
    Words("tulis `{named}` di sini, atau ganti nama {what}", "write `{named}` here, or rename the {what}"),
    Words("Orang mencari berkas dari namanya.", "People find a file by its name."),
    "izin: apotik   # dalam izin/apotek/2026-01-01.yaml",
    "izin: apotek",
)
UNKNOWN_FILE = Entry(
    "TKS-57",
    "file-of-no-use",
    Words("berkas `{name}` tidak dibaca oleh katalog", "the catalog does not read the file `{name}`"),
    Words("tidak dibaca", "not read"),
    Words("{advice}", "{advice}"),
    Words(
        "Berkas yang salah nama atau salah folder tidak berlaku, tanpa tampak.",
        "A file of a wrong name or in another folder has no effect, and nobody sees it.",
    ),
    "izin/apotek/2026-1-1.yml",
    "izin/apotek/2026-01-01.yaml",
)
MISSING_FILE = Entry(
    "TKS-58",
    "file-missing",
    Words("berkas `{name}` belum ada", "the file `{name}` is not there"),
    Words("belum ada", "not there"),
    Words("buat berkas `{name}`", "write the file `{name}`"),
    Words("Setiap daerah membutuhkan berkas ini.", "Every city needs this file."),
    "(folder tanpa daerah.yaml)",
    "daerah.yaml",
)
NO_CITY = Entry(
    "TKS-59",
    "catalog-empty",
    Words("folder ini tidak memuat satu daerah pun", "this folder holds no city"),
    Words("tidak ada `*/daerah.yaml`", "no `*/daerah.yaml`"),
    Words(
        "tunjuk folder di atasnya, yang memuat `<daerah>/daerah.yaml`, misalnya `satupintu check catalog`",
        "name the folder above it, which holds `<city>/daerah.yaml`, for example `satupintu check catalog`",
    ),
    Words("Katalog adalah folder berisi satu folder per daerah.", "A catalog is a folder with a folder per city."),
    "satupintu check catalog/kota-kupang/izin",
    "satupintu check catalog",
)
EXCLUDED = Entry(
    "TKS-60",
    "keys-that-exclude-each-other",
    Words("`{key}` tidak berlaku bersama `{other}`", "`{key}` has no effect beside `{other}`"),
    Words("tidak berlaku di sini", "no effect here"),
    Words("hapus `{key}`, atau hapus `{other}`", "delete `{key}`, or delete `{other}`"),
    Words(
        "Kunci yang tidak berlaku tidak dibaca, padahal yang menulisnya mengira sebaliknya.",
        "A key with no effect is not read, and its author believes that it is.",
    ),
    "terbit: {akhir: terbit, setuju: arsip}",
    "terbit: {akhir: terbit}",
)
NO_DESK = Entry(
    "TKS-61",
    "stage-without-desk",
    Words("tahap `{stage}` tidak menyebut siapa yang menanganinya", "the stage `{stage}` does not say who handles it"),
    Words("siapa yang menangani", "who handles it"),
    Words("tulis `oleh`, `serentak`, `pengumuman` atau `akhir`", "write `oleh`, `serentak`, `pengumuman` or `akhir`"),
    Words("Berkas yang sampai di tahap ini tidak ada yang membuka.", "Nobody would open a file that comes here."),
    "teknis: {setuju: terbit}",
    "teknis: {oleh: dinkes, setuju: terbit}",
)
ZONE = Entry(
    "TKS-62",
    "unknown-time-zone",
    Words("zona waktu `{word}` tidak dikenal", "the time zone `{word}` is not known"),
    Words("tidak dikenal", "not known"),
    Words(
        "tulis `Asia/Jakarta`, `Asia/Makassar` atau `Asia/Jayapura`",
        "write `Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`",
    ),
    Words("Jam kantor dan tenggat dihitung dalam zona daerah.", "Office hours and deadlines follow the city's zone."),
    "zona: WITA",
    "zona: Asia/Makassar",
)
OTHER_YEAR = Entry(
    "TKS-63",
    "day-of-another-year",
    Words("`{day}` bukan hari dalam tahun {year}", "`{day}` is no day of the year {year}"),
    Words("bukan tahun {year}", "not {year}"),
    Words("pindahkan ke `kalender/{other}.yaml`", "move it to `kalender/{other}.yaml`"),
    Words("Kalender ditetapkan per tahun.", "Calendars are decreed by the year."),
    "tahun: 2026\nlibur: [{tanggal: 2025-12-25, …}]",
    "libur: [{tanggal: 2026-12-25, …}]",
)
UNKNOWN_DECREE = Entry(
    "TKS-64",
    "unknown-decree",
    Words("keputusan `{code}` tidak ada dalam kalender ini", "the decree `{code}` is not in this calendar"),
    Words("tidak ada di `keputusan`", "not in `keputusan`"),
    Words("{advice}", "{advice}"),
    Words("Hari libur berlaku sejak keputusannya ditetapkan.", "A day off counts from the day it was decreed."),
    "keputusan: skb-2025",
    "keputusan: skb-2026",
)
EXAMPLE_OF_NOTHING = Entry(
    "TKS-65",
    "example-of-no-permit",
    Words(
        "contoh ini untuk izin `{code}`, yang tidak ada", "this example is for the permit `{code}`, which is not there"
    ),
    Words("tidak ada izin ini", "no such permit"),
    Words("{advice}", "{advice}"),
    Words("Contoh dibaca menurut isian izinnya.", "Examples are read by their permit's fields."),
    "contoh/apotik.yaml",
    "contoh/apotek.yaml",
)
NO_VERSION_YET = Entry(
    "TKS-66",
    "example-before-permit",
    Words("pada {day} izin `{code}` tidak berlaku", "on {day} the permit `{code}` is not in force"),
    Words("versi pertama: {first}", "first version: {first}"),
    Words("pakai tanggal saat izin ini berlaku", "use a day on which it is in force"),
    Words("Contoh dihitung dengan versi yang berlaku pada tanggalnya.", "An example is run on the version of its day."),
    "pada: 2019-01-01",
    "pada: 2026-03-02",
)
UNKNOWN_ANSWER = Entry(
    "TKS-67",
    "answer-to-no-question",
    Words("contoh ini menjawab `{code}`, yang tidak ditanyakan", "this example answers `{code}`, which is not asked"),
    Words("tidak ditanyakan", "not asked"),
    Words("{advice}", "{advice}"),
    Words("Jawaban tanpa pertanyaan tidak menguji apa pun.", "An answer without a question tests nothing."),
    "jawaban: {luas_tana: 100}",
    "jawaban: {luas_tanah: 100}",
)
LIST_IN_LIST = Entry(
    "TKS-68",
    "list-in-a-list",
    Words("`{code}` adalah daftar di dalam daftar", "`{code}` is a list inside a list"),
    Words("daftar di dalam daftar", "a list in a list"),
    Words("jadikan daftar tersendiri", "make it a list of its own"),
    Words(
        "Formulir di telepon tidak dapat mengulang bagian di dalam bagian yang berulang.",
        "A form on a phone cannot repeat a part inside a part that repeats.",
    ),
    "- {kode: lantai, jenis: daftar, isian: [{kode: kamar, jenis: daftar, …}]}",
    "- {kode: lantai, jenis: daftar, …}\n- {kode: kamar, jenis: daftar, …}",
)
ANSWERED_LATER = Entry(
    "TKS-69",
    "answered-by-an-officer",
    Words(
        "{subject} bergantung pada `{code}`, yang baru dijawab petugas",
        "{subject} depends on `{code}`, which an officer answers later",
    ),
    Words("dijawab petugas", "an officer answers this"),
    Words("pakai jawaban pemohon di sini", "use an answer of the applicant here"),
    Words(
        "Formulir, dokumen dan kelayakan ditentukan sebelum petugas melihat berkasnya.",
        "The form, the documents and the eligibility are decided before an officer sees the file.",
    ),
    "syarat: [{dokumen: denah, wajib_bila: {hasil_tinjau: sesuai}}]",
    'syarat: [{dokumen: denah, wajib_bila: {luas: "> 100"}}]',
)
PLACEHOLDER = Entry(
    "TKS-70",
    "unknown-placeholder",
    Words("`{word}` dalam pola nomor tidak dikenal", "`{word}` is not known in the pattern of a number"),
    Words("tidak diisi apa pun", "nothing fills this"),
    Words("{advice}", "{advice}"),
    Words("Yang tidak dikenal akan tercetak apa adanya pada surat.", "It would be printed on the letter as it stands."),
    'nomor: "503/{no}/{tahun}"',
    'nomor: "503/{urut}/{tahun}"',
)
ENDS_BEFORE = Entry(
    "TKS-73",
    "ends-before-it-starts",
    Words("`sampai` {until} tidak sesudah `mulai` {since}", "`sampai` {until} is not after `mulai` {since}"),
    Words("tidak sesudah `mulai`", "not after `mulai`"),
    Words("tulis hari sesudah {since}, atau hapus `sampai`", "write a day after {since}, or delete `sampai`"),
    Words("Versi ini tidak pernah berlaku satu hari pun.", "This version would not be in force for a single day."),
    "berlaku: {mulai: 2026-01-01, sampai: 2025-12-31}",
    "berlaku: {mulai: 2026-01-01, sampai: 2026-12-31}",
)
GAP = Entry(
    "TKS-90",
    "still-to-be-written",
    Words("`{name}` belum diisi", "`{name}` is still to be written"),
    Words("menunggu isinya", "still to be written"),
    Words("{advice}", "{advice}"),
    Words(
        "Kerangka dari `satupintu new` dan `satupintu revise` menandai yang hanya diketahui petugas. Tulisan sesudah "
        "titik dua menyebut apa yang ditulis di sana.",
        "What `satupintu new` and `satupintu revise` write marks what only the officer knows. The words after the "
        "colon say what belongs there.",
    ),
    'masa_berlaku: "ISI DI SINI: lama berlaku, misalnya 5 tahun"',
    "masa_berlaku: 5 tahun",
)
ALL = (
    FORMULA, WRITTEN_TWICE, KEY_FOR_OTHER_KIND, BOUNDS_CROSSED, UNKNOWN_GROUP, ELSE_ROWS, NAME_DIFFERS, UNKNOWN_FILE,
    MISSING_FILE, NO_CITY, EXCLUDED, NO_DESK, ZONE, OTHER_YEAR, UNKNOWN_DECREE, EXAMPLE_OF_NOTHING,
    NO_VERSION_YET, UNKNOWN_ANSWER, LIST_IN_LIST, ANSWERED_LATER, PLACEHOLDER, ENDS_BEFORE,
    GAP,
)  # fmt: skip
