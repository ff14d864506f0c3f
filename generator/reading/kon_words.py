"""KON-01 to KON-30: a condition that does not say what it tests, or says it so that nobody can be sure.

Those about a single value stand in `kon_value`; `ALL` lists them all.
"""

from __future__ import annotations

from generator.reading.kon_value import (
    CURRENCY,
    DECIMAL_COMMA,
    LEADING_NOUGHT,
    NO_ORDER,
    NOT_A_DATE,
    NOT_A_NUMBER,
    NOT_WHOLE,
    NOT_YES_NO,
    OTHER_UNIT,
    POINT_AMBIGUOUS,
    TOO_FINE,
    TOO_LONG,
    UNKNOWN_OPTION,
)
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
