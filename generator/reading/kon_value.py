"""KON findings about one value of a test: an option, a number, a unit, a date, that the question does not have."""

from __future__ import annotations

from generator.reading.tks import Entry
from rules.words import Words

UNKNOWN_OPTION = Entry(
    "KON-02",
    "unknown-option",
    Words("`{text}` bukan pilihan isian `{field}`", "`{text}` is not an option of `{field}`"),
    Words("tidak ada pilihan ini", "no such option"),
    Words("{advice}", "{advice}"),
    Words(
        "Yang dibandingkan adalah kode pilihan, bukan labelnya; kode yang tidak ada tidak pernah cocok.",
        "Codes of options are compared, not their labels; a code that does not exist never matches.",
    ),
    "wajib_bila: {kepemilikan: bdan}",
    "wajib_bila: {kepemilikan: badan}",
)
DECIMAL_COMMA = Entry(
    "KON-06",
    "decimal-comma",
    Words("koma pada `{text}` bisa berarti desimal atau daftar", "the comma in `{text}` could part decimals or values"),
    Words("desimal atau daftar?", "a decimal or a list?"),
    Words(
        "tulis `{decimal}` untuk desimal, atau `{list}` untuk beberapa nilai",
        "write `{decimal}` for a decimal, or `{list}` for several values",
    ),
    Words(
        "Desimal ditulis dengan titik; daftar ditulis dengan koma dan spasi.",
        "Decimals have a point; lists have a comma and a space.",
    ),
    'bila: {tinggi: "> 1,5"}',
    'bila: {tinggi: "> 1.5"}',
)
OTHER_UNIT = Entry(
    "KON-07",
    "other-unit",
    Words("satuan `{unit}` bukan satuan isian `{field}`", "the unit `{unit}` is not that of `{field}`"),
    Words("{own}", "{own}"),
    Words("{advice}", "{advice}"),
    Words(
        "Angka tidak diubah satuannya diam-diam: 2 ha bukan 2 m2.",
        "No number changes its unit silently: 2 ha are not 2 m2.",
    ),
    'bila: {luas: "> 2 ha"}',
    'bila: {luas: "> 20000 m2"}',
)
NO_ORDER = Entry(
    "KON-08",
    "kind-without-order",
    Words(
        "isian `{field}` berjenis `{kind}`, yang tidak dapat dibandingkan dengan `{sign}`",
        "`{field}` is of kind `{kind}`, which cannot be compared with `{sign}`",
    ),
    Words("jenis ini tidak berurutan", "this kind has no order"),
    Words("{advice}", "{advice}"),
    Words(
        "Hanya angka dan tanggal yang punya urutan; pilihan dan teks hanya sama atau tidak sama.",
        "Only numbers and dates have an order; options and texts are the same or not.",
    ),
    'bila: {kepemilikan: "> badan"}',
    "bila: {kepemilikan: badan}",
)
NOT_A_NUMBER = Entry(
    "KON-09",
    "not-a-number",
    Words(
        "`{text}` bukan angka, padahal isian `{field}` berjenis `{kind}`",
        "`{text}` is no number, and `{field}` is of kind `{kind}`",
    ),
    Words("bukan angka", "not a number"),
    Words(
        "tulis angka saja, misalnya `500` atau `5 juta`",
        "write a number alone, such as `500` or `5 juta`",
    ),
    Words(
        "Nilai dibaca menurut jenis isiannya. `12:30` dan `lima` tidak ditebak menjadi angka.",
        "A value is read by the kind of its question. `12:30` and `lima` are not guessed to be numbers.",
    ),
    "bila: {lantai: dua}",
    "bila: {lantai: 2}",
)
POINT_AMBIGUOUS = Entry(
    "KON-10",
    "point-ambiguous",
    Words(
        "titik pada `{text}` bisa berarti ribuan atau desimal", "the point in `{text}` could part thousands or decimals"
    ),
    Words("ribuan atau desimal?", "thousands or a decimal?"),
    Words(
        "tulis `{thousands}` untuk ribuan, atau `{decimal}` untuk desimal",
        "write `{thousands}` for thousands, or `{decimal}` for a decimal",
    ),
    Words(
        "Di Indonesia 1.000 adalah seribu; YAML membacanya satu. Pada isian desimal keduanya mungkin.",
        "In Indonesia 1.000 is a thousand; YAML reads one. For a decimal question both are possible.",
    ),
    'bila: {luas: "> 1.000"}',
    'bila: {luas: "> 1000"}',
)
NOT_WHOLE = Entry(
    "KON-11",
    "not-whole",
    Words(
        "isian `{field}` berjenis `{kind}` tidak mengenal pecahan seperti `{text}`",
        "`{field}` is of kind `{kind}` and has no fractions such as `{text}`",
    ),
    Words("bukan bilangan bulat", "not a whole number"),
    Words("{advice}", "{advice}"),
    Words(
        "Jawaban isian ini selalu bulat, jadi batas pecahan pasti salah tulis atau salah jenis.",
        "Answers to this question are whole, so a fraction is a slip of the pen or of the kind.",
    ),
    'bila: {lantai: "> 1.5"}',
    'bila: {lantai: "> 1"}',
)
TOO_FINE = Entry(
    "KON-12",
    "too-many-decimals",
    Words(
        "`{text}` lebih halus daripada {digits} angka di belakang koma pada isian `{field}`",
        "`{text}` is finer than the {digits} decimals of `{field}`",
    ),
    Words("terlalu banyak desimal", "too many decimals"),
    Words(
        "bulatkan, atau naikkan `digit` isian itu",
        "round it, or raise `digit` of that question",
    ),
    Words("Tidak ada jawaban yang dapat sehalus ini.", "No answer can be this fine."),
    'bila: {luas: "> 10.125"}',
    'bila: {luas: "> 10.12"}',
)
TOO_LONG = Entry(
    "KON-13",
    "number-too-long",
    Words("`{text}` lebih panjang dari 15 angka", "`{text}` is longer than 15 digits"),
    Words("lebih dari 15 angka", "more than 15 digits"),
    Words(
        "untuk nomor identitas pakai isian berjenis `teks`, `nik`, `npwp` atau `nib`",
        "for an identity number use a question of kind `teks`, `nik`, `npwp` or `nib`",
    ),
    Words(
        "Sampai 15 angka, komputer di peladen dan di peramban membandingkan dengan tepat dan sama.",
        "Up to 15 digits the server and the browser compare exactly, and the same.",
    ),
    "bila: {nomor: 5371012345678901}",
    'bila: {nik: "5371012345678901"}',
)
LEADING_NOUGHT = Entry(
    "KON-14",
    "leading-nought",
    Words("angka `{text}` diawali nol", "the number `{text}` starts with a nought"),
    Words("nol di depan", "a leading nought"),
    Words(
        "tulis `{better}`; untuk nomor seperti kode pos pakai isian `teks`",
        "write `{better}`; for a number such as a postcode use a `teks` question",
    ),
    Words(
        "YAML lama membaca `010` sebagai 8; nomor dengan nol di depan biasanya kode, bukan jumlah.",
        "Old YAML reads `010` as 8; a number with a leading nought is most often a code, no amount.",
    ),
    "bila: {lantai: 010}",
    "bila: {lantai: 10}",
)
NOT_A_DATE = Entry(
    "KON-15",
    "not-a-date",
    Words("`{text}` tidak terbaca sebagai tanggal", "`{text}` does not read as a date"),
    Words("bukan tanggal", "not a date"),
    Words("{advice}", "{advice}"),
    Words(
        "Tanggal ditulis tahun-bulan-hari, agar 03/04 tidak dibaca dua cara.",
        "Dates are written year-month-day, so that 03/04 is not read two ways.",
    ),
    "bila: {mulai: 15/03/2026}",
    "bila: {mulai: 2026-03-15}",
)
NOT_YES_NO = Entry(
    "KON-16",
    "not-yes-or-no",
    Words("`{text}` bukan `ya` atau `tidak`", "`{text}` is neither `ya` nor `tidak`"),
    Words("bukan ya atau tidak", "neither ya nor tidak"),
    Words("{advice}", "{advice}"),
    Words(
        "YAML menganggap `no`, `off` dan `yes` kata khusus; katalog hanya memakai `ya` dan `tidak`.",
        "YAML takes `no`, `off` and `yes` for special words; the catalog uses `ya` and `tidak` alone.",
    ),
    "bila: {buka_24_jam: no}",
    "bila: {buka_24_jam: tidak}",
)
CURRENCY = Entry(
    "KON-28",
    "currency-sign",
    Words("isian `{field}` bukan uang, tetapi nilainya memakai `Rp`", "`{field}` is no money, and its value has `Rp`"),
    Words("bukan isian uang", "not a money question"),
    Words(
        "tulis `{better}`, atau ubah jenis isian itu menjadi `uang`", "write `{better}`, or make that question `uang`"
    ),
    Words("Rupiah hanya dibandingkan dengan rupiah.", "Rupiah are compared with rupiah alone."),
    'bila: {lantai: "> Rp2"}',
    'bila: {lantai: "> 2"}',
)
