"""TKS-31 to TKS-49: YAML that is read, but is not the shape or the kind of value that belongs there."""

from __future__ import annotations

from generator.reading.tks import Entry
from rules.words import Words

UNKNOWN_KEY = Entry(
    "TKS-31",
    "unknown-key",
    Words("kunci `{key}` tidak dikenal", "the key `{key}` is not known"),
    Words("bukan kunci di sini", "no key of this part"),
    Words("{advice}", "{advice}"),
    Words("Kunci yang salah eja tidak berlaku, tanpa tampak.", "A misspelt key has no effect, and nobody sees it."),
    "masa_berlku: 5 tahun",
    "masa_berlaku: 5 tahun",
)
MISSING_KEY = Entry(
    "TKS-32",
    "missing-key",
    Words("kunci `{key}` belum ditulis", "the key `{key}` is not written"),
    Words("`{key}` belum ada", "no `{key}` here"),
    Words("tambahkan `{key}: …`{among}", "add `{key}: …`{among}"),
    Words("Tanpa kunci ini bagian itu tidak dapat dipakai.", "Without it this part cannot be used."),
    "- {kode: luas, jenis: bilangan}",
    "- {kode: luas, label: Luas ruangan, jenis: bilangan}",
)
NOT_A_MAP = Entry(
    "TKS-33",
    "not-a-map",
    Words("di sini ada {found}, padahal tempatnya `kunci: nilai`", "here is {found}, where `key: value` belongs"),
    Words("{found}", "{found}"),
    Words("{advice}", "{advice}"),
    Words("Bagian ini memberi nama pada setiap nilainya.", "This part names each of its values."),
    "berlaku: 2026-01-01",
    "berlaku: {mulai: 2026-01-01}",
)
NOT_A_LIST = Entry(
    "TKS-34",
    "not-a-list",
    Words("di sini ada {found}, padahal tempatnya sebuah daftar", "here is {found}, where a list belongs"),
    Words("{found}", "{found}"),
    Words("tulis `[{one}]`, atau baris-baris yang diawali `- `", "write `[{one}]`, or lines that start with `- `"),
    Words("Yang dapat lebih dari satu ditulis sebagai daftar.", "What may be several is written as a list."),
    "syarat: {dokumen: ktp}",
    "syarat:\n  - {dokumen: ktp}",
)
NOT_A_VALUE = Entry(
    "TKS-35",
    "not-a-single-value",
    Words("di sini ada {found}, padahal tempatnya satu nilai", "here is {found}, where a single value belongs"),
    Words("{found}", "{found}"),
    Words("tulis satu nilai", "write a single value"),
    Words("Bagian ini hanya memuat satu nilai.", "This part holds one value."),
    "izin: [apotek, apotik]",
    "izin: apotek",
)
NO_VALUE = Entry(
    "TKS-36",
    "value-missing",
    Words("nilainya belum ditulis", "its value is not written"),
    Words("kosong", "empty"),
    Words("tulis nilainya, atau hapus kuncinya", "write the value, or delete the key"),
    Words("Kunci tanpa nilai tidak sama dengan kunci yang tidak ada.", "A key without a value is not a key left out."),
    "nama:",
    "nama: Izin Apotek",
)
NOT_A_CODE = Entry(
    "TKS-37",
    "not-a-code",
    Words("`{word}` bukan kode", "`{word}` is not a code"),
    Words("bukan kode", "not a code"),
    Words("{advice}", "{advice}"),
    Words(
        "Kode menjadi nama dalam rumus, alamat dan data: hanya huruf kecil, angka dan satu tanda penghubung.",
        "A code becomes a name in formulas, addresses and data: small letters, digits and one joining sign only.",
    ),
    "kode: Luas Ruangan",
    "kode: luas_ruangan",
)
RESERVED = Entry(
    "TKS-38",
    "reserved-word",
    Words("`{word}` punya arti sendiri dalam katalog", "`{word}` has a meaning of its own in the catalog"),
    Words("kata yang dipesan", "a reserved word"),
    Words("beri kode lain", "give it another code"),
    Words(
        "Kata seperti `semua`, `ya` dan `selainnya` menyusun kondisi, jadi tidak dapat menjadi nama.",
        "Words such as `semua`, `ya` and `selainnya` build conditions and cannot be names.",
    ),
    "kode: semua",
    "kode: semua_lantai",
)
NOT_A_NUMBER = Entry(
    "TKS-39",
    "not-a-number",
    Words("`{word}` tidak terbaca sebagai {kind}", "`{word}` cannot be read as {kind}"),
    Words("bukan {kind}", "not {kind}"),
    Words("{advice}", "{advice}"),
    Words(
        "YAML membaca `12:30` sebagai 750, `010` sebagai 8 dan `1.000` sebagai 1; katalog bertanya dulu.",
        "YAML reads `12:30` as 750, `010` as 8 and `1.000` as 1; the catalog asks first.",
    ),
    "maksimal: 12:30",
    "maksimal: 750",
)
NOT_A_DATE = Entry(
    "TKS-40",
    "not-a-date",
    Words("`{word}` bukan tanggal", "`{word}` is not a date"),
    Words("bukan tanggal", "not a date"),
    Words("{advice}", "{advice}"),
    Words("Hari dan bulan mudah tertukar; hanya satu cara tulis yang dibaca.", "Only one way of writing is read."),
    "mulai: 1 Januari 2026",
    "mulai: 2026-01-01",
)
NOT_YES_NO = Entry(
    "TKS-41",
    "not-yes-or-no",
    Words("`{word}` bukan `ya` atau `tidak`", "`{word}` is not `ya` or `tidak`"),
    Words("bukan `ya` atau `tidak`", "not `ya` or `tidak`"),
    Words("tulis `ya` atau `tidak`", "write `ya` or `tidak`"),
    Words("YAML membaca `no`, `off` dan `n` menurut versinya.", "YAML reads `no`, `off` and `n` by its version."),
    "opsional: no",
    "opsional: tidak",
)
NOT_A_DURATION = Entry(
    "TKS-42",
    "not-a-duration",
    Words("`{word}` bukan lama waktu", "`{word}` is not a length of time"),
    Words("bukan lama waktu", "not a length of time"),
    Words("{advice}", "{advice}"),
    Words(
        "«14 hari» tidak menyatakan hari kerja atau hari kalender.", "«14 hari» does not say which days are counted."
    ),
    "waktu: 14 hari",
    "waktu: 14 hari kerja",
)
UNKNOWN_WORD = Entry(
    "TKS-43",
    "unknown-word",
    Words("`{word}` bukan {what} yang dikenal", "`{word}` is not a known {what}"),
    Words("tidak dikenal", "not known"),
    Words("{advice}", "{advice}"),
    Words("Di sini hanya beberapa kata yang punya arti.", "Only a few words have a meaning here."),
    "jenis: pilhan",
    "jenis: pilihan",
)
TEXT_AS_BLOCK = Entry(
    "TKS-44",
    "value-as-block",
    Words("nilai ini ditulis sebagai blok teks `>` atau `|`", "this value is written as a block of text, `>` or `|`"),
    Words("blok teks", "a block of text"),
    Words("tulis di baris kuncinya: `{word}`", "write it on the line of its key: `{word}`"),
    Words(
        "`>` di akhir baris melipat baris berikutnya menjadi teks, dan tanda «lebih dari» hilang.",
        "`>` at the end of a line folds the next into text, and the sign «more than» is lost.",
    ),
    "maksimal: >\n  500",
    "maksimal: 500",
)
TOO_LONG = Entry(
    "TKS-45",
    "text-too-long",
    Words("teks ini lebih panjang dari {most} huruf", "this text is longer than {most} letters"),
    Words("{count} huruf", "{count} letters"),
    Words("tulis lebih singkat", "write it shorter"),
    Words("Teks ini tampil di layar telepon.", "This text is shown on a phone."),
    "label: (3.000 huruf)",
    "label: Luas ruangan",
)
NOT_A_TIME = Entry(
    "TKS-46",
    "not-office-hours",
    Words("`{word}` bukan rentang jam", "`{word}` is not a span of hours"),
    Words("bukan rentang jam", "not a span of hours"),
    Words('tulis seperti `"08.00-16.00"`', 'write it as `"08.00-16.00"`'),
    Words("Tanpa tanda kutip YAML membaca `08:00` sebagai angka.", "Without quotes YAML reads `08:00` as a number."),
    "senin: 8 sampai 4",
    'senin: "08.00-16.00"',
)
BOTH_OR_NEITHER = Entry(
    "TKS-47",
    "one-of-several",
    Words(
        "di sini perlu tepat satu dari {keys}, dan ada {count}",
        "exactly one of {keys} belongs here, and {count} are written",
    ),
    Words("ada {count}", "{count} written"),
    Words("tulis salah satu saja", "write one of them"),
    Words("Dua cara untuk satu hal tidak dapat berlaku bersama.", "Two ways of saying one thing cannot both hold."),
    "shst: {nilai: 5, tarif: shst-kupang}",
    "shst: {tarif: shst-kupang}",
)
NO_ITEMS = Entry(
    "TKS-48",
    "list-empty",
    Words("daftar ini kosong", "this list is empty"),
    Words("tidak ada isinya", "nothing in it"),
    Words("tulis paling sedikit satu, atau hapus kuncinya", "write at least one, or delete the key"),
    Words("Daftar kosong di sini tidak berarti apa-apa.", "An empty list means nothing here."),
    "permohonan: []",
    "permohonan: [baru]",
)
TOO_EXACT = Entry(
    "TKS-49",
    "too-many-digits",
    Words("`{word}` lebih dari 15 angka", "`{word}` has more than 15 digits"),
    Words("lebih dari 15 angka", "more than 15 digits"),
    Words(
        "tulis angka yang lebih pendek; nomor identitas berjenis `teks`",
        "write a shorter one; identity numbers are `teks`",
    ),
    Words(
        "Sampai 15 angka, semua mesin membandingkan dengan hasil yang sama.",
        "Up to 15 digits every machine compares alike.",
    ),
    "maksimal: 12345678901234567",
    "maksimal: 999999999999",
)
NOT_AN_ADDRESS = Entry(
    "TKS-74",
    "not-a-web-address",
    Words("`{word}` bukan alamat web", "`{word}` is not a web address"),
    Words("bukan alamat web", "not a web address"),
    Words("tulis seluruhnya, misalnya `https://oss.go.id`", "write it whole, such as `https://oss.go.id`"),
    Words(
        "Warga yang diarahkan ke tempat lain harus sampai di sana dengan satu sentuhan.",
        "Who is sent elsewhere must come there with one touch.",
    ),
    "alamat: oss.go.id",
    "alamat: https://oss.go.id",
)
ALL = (
    UNKNOWN_KEY, MISSING_KEY, NOT_A_MAP, NOT_A_LIST, NOT_A_VALUE, NO_VALUE, NOT_A_CODE, RESERVED, NOT_A_NUMBER,
    NOT_A_DATE, NOT_YES_NO, NOT_A_DURATION, UNKNOWN_WORD, TEXT_AS_BLOCK, TOO_LONG, NOT_A_TIME, BOTH_OR_NEITHER,
    NO_ITEMS, TOO_EXACT, NOT_AN_ADDRESS,
)  # fmt: skip
