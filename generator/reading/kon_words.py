"""KON-01 to KON-30: a condition that does not say what it tests, or says it so that nobody can be sure."""

from __future__ import annotations

from generator.reading.tks import Entry
from rules.words import Words

UNKNOWN_FIELD = Entry(
    "KON-01",
    "unknown-question",
    Words(
        "{subject} bergantung pada `{field}`, yang tidak pernah ditanyakan",
        "{subject} depends on `{field}`, which is never asked",
    ),
    Words("tidak ada isian bernama ini", "no question has this name"),
    Words("{advice}", "{advice}"),
    Words(
        "Kondisi membaca jawaban pemohon, petugas, atau fakta turunan. Nama yang tidak ada tidak pernah terjawab, "
        "sehingga kondisinya tidak pernah berlaku.",
        "A condition reads answers or derived facts. A name that does not exist is never answered, so the condition "
        "never holds.",
    ),
    'wajib_bila: {luas_tana: ">= 5000"}',
    'wajib_bila: {luas_tanah: ">= 5000"}',
)
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
UNQUOTED_OPERATOR = Entry(
    "KON-03",
    "operator-not-quoted",
    Words(
        "perbandingan yang diawali `{sign}` tidak terbaca tanpa tanda kutip",
        "a comparison that starts with `{sign}` needs quotes",
    ),
    Words("tanpa tanda kutip", "not quoted"),
    Words("tulis `{quoted}`", "write `{quoted}`"),
    Words(
        "`>` di awal nilai memulai teks terlipat dalam YAML: di satu baris menjadi galat, di dua baris tandanya hilang "
        "diam-diam dan `> 500` dibaca `500`.",
        "`>` at the start of a value begins folded text in YAML: on one line it is an error, on two lines the sign is "
        "lost silently and `> 500` reads as `500`.",
    ),
    "wajib_bila: {luas: > 500}",
    'wajib_bila: {luas: "> 500"}',
)
UNQUOTED_RANGE = Entry(
    "KON-04",
    "range-not-quoted",
    Words(
        "rentang `{word}` tanpa tanda kutip terbaca sebagai daftar",
        "the range `{word}` is read as a list without quotes",
    ),
    Words("terbaca sebagai daftar", "read as a list"),
    Words('tulis `"{word}"`', 'write `"{word}"`'),
    Words(
        "Kurung siku tanpa kutip memulai daftar YAML, dan batasnya hilang diam-diam.",
        "A bare square bracket begins a YAML list, and the bounds are lost silently.",
    ),
    "bila: {luas: [100..500]}",
    'bila: {luas: "[100..500]"}',
)
SPLIT_BY_COMMA = Entry(
    "KON-05",
    "test-split-by-comma",
    Words(
        "koma memotong `{whole}` di dalam kurung kurawal",
        "inside braces the comma splits `{whole}`",
    ),
    Words("terpotong di sini", "split here"),
    Words('beri tanda kutip: `"{whole}"`', 'quote it: `"{whole}"`'),
    Words("Di dalam `{}` koma memisahkan kunci.", "Inside `{}` a comma parts keys."),
    "bila: {jenis: bukan(papan, kain)}",
    'bila: {jenis: "bukan(papan, kain)"}',
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
EMPTY_RANGE = Entry(
    "KON-17",
    "range-empty",
    Words("tidak ada nilai di dalam `{text}`", "there is no value in `{text}`"),
    Words("{why}", "{why}"),
    Words("{advice}", "{advice}"),
    Words("Kondisi dengan rentang kosong tidak pernah berlaku.", "A condition with an empty range never holds."),
    'bila: {luas: "[500..100]"}',
    'bila: {luas: "[100..500]"}',
)
OPEN_RANGE = Entry(
    "KON-18",
    "range-open",
    Words("rentang `{text}` hanya punya satu batas", "the range `{text}` has only one bound"),
    Words("satu batas belum ditulis", "one bound is missing"),
    Words('tulis `"{better}"`', 'write `"{better}"`'),
    Words("Rentang menyebut kedua batasnya; satu batas ditulis dengan `>=` atau `<=`.", "A range names both bounds."),
    'bila: {luas: "[100..]"}',
    'bila: {luas: ">= 100"}',
)
NOT_TWO_SIDES = Entry(
    "KON-19",
    "not-two-sides",
    Words(
        "`dan` di sini tidak menghubungkan batas bawah dengan batas atas",
        "`dan` joins no low bound with a high bound here",
    ),
    Words("bukan batas di sisi lain", "not the other bound"),
    Words(
        'tulis seperti `"> 8 dan <= 24"`; untuk beberapa nilai pakai koma',
        'write it like `"> 8 dan <= 24"`; part several values by commas',
    ),
    Words(
        "Satu jawaban tidak bisa sama dengan dua nilai sekaligus, dan dua batas bawah hanya berarti yang terbesar.",
        "One answer cannot be two values at once, and two low bounds mean only the greater.",
    ),
    'bila: {luas: "> 100 dan > 500"}',
    'bila: {luas: "> 100 dan <= 500"}',
)
OPERATOR = Entry(
    "KON-20",
    "unknown-operator",
    Words("`{sign}` bukan tanda perbandingan katalog", "`{sign}` is no comparison of the catalog"),
    Words("tanda ini tidak dikenal", "this sign is unknown"),
    Words('tulis `"{better}"`', 'write `"{better}"`'),
    Words(
        "Tanda yang ada: `<`, `<=`, `>`, `>=`, `=`, kata `dan`, serta `bukan(…)`.",
        "There are: `<`, `<=`, `>`, `>=`, `=`, the word `dan`, and `bukan(…)`.",
    ),
    'bila: {luas: "=> 100"}',
    'bila: {luas: ">= 100"}',
)
NOTHING = Entry(
    "KON-21",
    "nothing-to-compare",
    Words("tidak ada nilai untuk dibandingkan dengan {what}", "there is no value to compare {what} with"),
    Words("nilainya belum ditulis", "no value is written"),
    Words(
        'tulis nilainya, atau `terisi`, `kosong`, atau `"-"` untuk apa saja',
        'write a value, or `terisi`, `kosong`, or `"-"` for anything',
    ),
    Words("Tempat kosong tidak menyatakan apa pun.", "An empty place says nothing."),
    "bila: {luas: }",
    "bila: {luas: terisi}",
)
BRACKET = Entry(
    "KON-22",
    "bracket-not-closed",
    Words("kurung pada `{text}` tidak ditutup", "the bracket in `{text}` is not closed"),
    Words("dibuka di sini", "opened here"),
    Words("tambahkan `{better}` di akhirnya", "add `{better}` at its end"),
    Words(
        "Rentang ditutup dengan `]` atau `)`, `bukan(` dengan `)`.",
        "A range is closed by `]` or `)`, `bukan(` by `)`.",
    ),
    'bila: {jenis: "bukan(papan, kain"}',
    'bila: {jenis: "bukan(papan, kain)"}',
)
QUOTE = Entry(
    "KON-23",
    "quote-not-closed",
    Words("tanda kutip pada `{text}` tidak ditutup", "the quote in `{text}` is not closed"),
    Words("dibuka di sini", "opened here"),
    Words('tambahkan `"` di akhir teksnya', 'add `"` at the end of the text'),
    Words(
        'Di dalam uji, `"…"` membungkus teks yang memuat koma; tanda kutip di dalamnya ditulis dua kali.',
        'Within a test `"…"` wraps a text with commas; a quote inside it is written twice.',
    ),
    "bila: {nama: '\"Toko, Besar'}",
    "bila: {nama: '\"Toko, Besar\"'}",
)
LEFT_OVER = Entry(
    "KON-24",
    "left-over",
    Words("`{text}` tidak terhubung dengan yang di depannya", "`{text}` is not joined to what stands before it"),
    Words("kelebihan di sini", "left over here"),
    Words(
        "hubungkan dua batas dengan `dan`, beberapa nilai dengan koma, rentang dengan `..`",
        "join two bounds by `dan`, several values by a comma, a range by `..`",
    ),
    Words("Yang tidak terbaca tidak dilewati diam-diam.", "What cannot be read is not skipped silently."),
    'bila: {luas: "> 100 < 500"}',
    'bila: {luas: "> 100 dan < 500"}',
)
NOT_WITHOUT_BRACKETS = Entry(
    "KON-25",
    "not-without-brackets",
    Words("`bukan` ditulis tanpa kurung", "`bukan` is written without brackets"),
    Words("tanpa kurung", "no brackets"),
    Words('tulis `"{better}"`', 'write `"{better}"`'),
    Words("Kurung menunjukkan sampai mana `bukan` berlaku.", "Brackets show how far `bukan` reaches."),
    "bila: {kepemilikan: bukan badan}",
    'bila: {kepemilikan: "bukan(badan)"}',
)
KEYWORD_IN_LIST = Entry(
    "KON-26",
    "keyword-among-values",
    Words("`{text}` tidak dapat berdiri di antara nilai lain", "`{text}` cannot stand among other values"),
    Words("bukan nilai", "not a value"),
    Words(
        "tulis `{text}` sendirian, atau gabungkan dengan `salah_satu:`",
        "write `{text}` alone, or join it with `salah_satu:`",
    ),
    Words(
        "`terisi`, `kosong`, `-` dan `bukan(…)` menguji seluruh jawaban.",
        "`terisi`, `kosong`, `-` and `bukan(…)` test the whole answer.",
    ),
    "bila: {luas: [kosong, 0]}",
    "bila: {salah_satu: [{luas: kosong}, {luas: 0}]}",
)
LIST_TESTED = Entry(
    "KON-27",
    "list-tested",
    Words("isian `{field}` adalah daftar, yang tidak punya satu nilai", "`{field}` is a list, which has no one value"),
    Words("daftar tidak dibandingkan", "a list is not compared"),
    Words(
        "uji jumlahnya lewat `turunan`, misalnya `jumlah_{field}: {{rumus: banyak({field}), jenis: bilangan}}`",
        "test its count through `turunan`, such as `jumlah_{field}: {{rumus: banyak({field}), jenis: bilangan}}`",
    ),
    Words(
        "Sebuah daftar punya banyak jawaban; yang diuji banyaknya atau jumlahnya.",
        "A list has many answers; its count or its sum is tested.",
    ),
    'bila: {apoteker: "< 2"}',
    'bila: {jumlah_apoteker: "< 2"}',
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
NOT_A_CONDITION = Entry(
    "KON-29",
    "not-a-condition",
    Words("di sini {found}, bukan kondisi `isian: uji`", "here is {found}, not a condition `question: test`"),
    Words("bukan kondisi", "not a condition"),
    Words("{advice}", "{advice}"),
    Words(
        "Kondisi adalah peta `{isian: uji}`; daftar kondisi perlu kata `semua` atau `salah_satu` di depannya.",
        "A condition is a map `{question: test}`; a list of them needs `semua` or `salah_satu` before it.",
    ),
    "wajib_bila: [{luas: 5}, {lantai: 2}]",
    "wajib_bila: {salah_satu: [{luas: 5}, {lantai: 2}]}",
)
NOT_A_TEST = Entry(
    "KON-30",
    "not-a-test",
    Words("di sini {found}, bukan uji untuk `{field}`", "here is {found}, not a test of `{field}`"),
    Words("bukan uji", "not a test"),
    Words(
        'tulis satu nilai, daftar nilai, atau perbandingan seperti `"> 500"`',
        'write a value, a list of values, or a comparison such as `"> 500"`',
    ),
    Words("Satu isian diuji dengan nilai, daftar nilai, atau perbandingan.", "A question is tested by values."),
    "bila: {luas: {lebih: 500}}",
    'bila: {luas: "> 500"}',
)

ALL = (
    UNKNOWN_FIELD, UNKNOWN_OPTION, UNQUOTED_OPERATOR, UNQUOTED_RANGE, SPLIT_BY_COMMA, DECIMAL_COMMA, OTHER_UNIT,
    NO_ORDER, NOT_A_NUMBER, POINT_AMBIGUOUS, NOT_WHOLE, TOO_FINE, TOO_LONG, LEADING_NOUGHT, NOT_A_DATE, NOT_YES_NO,
    EMPTY_RANGE, OPEN_RANGE, NOT_TWO_SIDES, OPERATOR, NOTHING, BRACKET, QUOTE, LEFT_OVER, NOT_WITHOUT_BRACKETS,
    KEYWORD_IN_LIST, LIST_TESTED, CURRENCY, NOT_A_CONDITION, NOT_A_TEST,
)  # fmt: skip
