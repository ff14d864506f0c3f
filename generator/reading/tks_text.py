"""TKS-01 to TKS-30: a file that cannot be read as text, or text that cannot be read as YAML."""

from __future__ import annotations

from generator.reading.tks import Entry
from rules.words import Words

UNREADABLE = Entry(
    "TKS-01",
    "file-not-readable",
    Words("berkas `{file}` tidak dapat dibuka", "the file `{file}` cannot be opened"),
    Words("tidak dapat dibuka", "cannot be opened"),
    Words("periksa apakah berkas ini ada dan boleh dibaca", "check that the file is there and may be read"),
    Words(
        "Berkas yang tidak terbuka tidak diperiksa, jadi izinnya tidak ikut terbit.",
        "A file that does not open is not checked, so its permit is not published.",
    ),
    "(berkas tanpa hak baca, atau pintasan yang putus)",
    "(berkas biasa yang boleh dibaca)",
)
FOLDER_FOR_FILE = Entry(
    "TKS-02",
    "folder-instead-of-file",
    Words("`{file}` adalah folder, padahal di sini tempat sebuah berkas", "`{file}` is a folder where a file belongs"),
    Words("ini folder", "this is a folder"),
    Words("ganti folder itu dengan berkas bernama sama", "put a file of that name in the folder's place"),
    Words("Nama berkas menentukan apa isinya; folder tidak punya isi.", "A file's name says what it holds."),
    "izin/apotek/2026-01-01.yaml/",
    "izin/apotek/2026-01-01.yaml",
)
TOO_LARGE = Entry(
    "TKS-03",
    "file-too-large",
    Words("berkas ini lebih besar dari {most} KB", "this file is larger than {most} KB"),
    Words("terlalu besar", "too large"),
    Words("pecah menjadi beberapa berkas", "split it into several files"),
    Words(
        "Izin yang muat dua layar adalah tujuannya. Batas ini juga menjaga komputer dari berkas yang bukan katalog.",
        "A permit that fits two screens is the aim. The limit also guards the machine against what is no catalog.",
    ),
    "(berkas 50 MB)",
    "(berkas di bawah 256 KB)",
)
EMPTY_FILE = Entry(
    "TKS-04",
    "file-empty",
    Words("berkas ini kosong", "this file is empty"),
    Words("tidak ada isinya", "nothing is written here"),
    Words("tulis isinya, atau hapus berkas ini", "write its content, or delete the file"),
    Words("Berkas kosong biasanya simpanan yang gagal.", "An empty file is most often a save that failed."),
    "# hanya komentar",
    "izin: apotek",
)
NOT_UTF8 = Entry(
    "TKS-05",
    "not-utf-8",
    Words("berkas ini tidak tersimpan sebagai UTF-8", "this file is not saved as UTF-8"),
    Words("huruf ini tidak terbaca", "this character is unreadable"),
    Words("simpan ulang dengan pengodean UTF-8", "save it again with the encoding UTF-8"),
    Words(
        "Notepad dan Excel dapat menyimpan sebagai UTF-16 atau ANSI; di dalamnya huruf berubah menjadi tanda lain.",
        "Notepad and Excel may save UTF-16 or ANSI, in which letters turn into other signs.",
    ),
    "(disimpan sebagai «Unicode»)",
    "(disimpan sebagai «UTF-8»)",
)
INVISIBLE = Entry(
    "TKS-06",
    "invisible-character",
    Words("ada karakter yang tidak kelihatan ({name}) di baris ini", "an invisible character ({name}) is on this line"),
    Words("di sini", "here"),
    Words("hapus karakter itu lalu ketik ulang", "delete the character and type it again"),
    Words(
        "Tempelan dari Word atau PDF sering membawa spasi tak terputus dan tanda arah, yang membuat dua kata yang "
        "tampak sama menjadi berbeda.",
        "Text pasted from Word or a PDF often carries hard spaces and direction marks, and then two words that look "
        "the same are not.",
    ),
    "nama:\N{NO-BREAK SPACE}Izin Apotek",
    "nama: Izin Apotek",
)
TAB = Entry(
    "TKS-07",
    "tab-character",
    Words("baris ini memakai tab", "this line has a tab in it"),
    Words("tab ({count} di berkas ini)", "a tab ({count} in this file)"),
    Words("ganti setiap tab dengan spasi", "replace each tab with spaces"),
    Words("YAML tidak menghitung tab sebagai lekukan.", "YAML does not count a tab as indentation."),
    "nama:\n\tid: Izin Apotek",
    "nama:\n  id: Izin Apotek",
)
TOO_DEEP = Entry(
    "TKS-08",
    "nested-too-deep",
    Words("isi di sini berlapis lebih dari {most} tingkat", "this is nested more than {most} levels deep"),
    Words("lapis ke-{level}", "level {level}"),
    Words("tulis lebih datar", "write it flatter"),
    Words("Tidak ada bagian katalog yang butuh lapis sedalam ini.", "No part of a catalog needs to be so deep."),
    "[[[[[[[[…",
    "[a, b]",
)
NOT_YAML = Entry(
    "TKS-09",
    "not-yaml",
    Words("baris ini tidak terbaca sebagai YAML", "this line cannot be read as YAML"),
    Words("berhenti terbaca di sini", "reading stopped here"),
    Words("tulis `kunci: nilai`, satu per baris", "write `key: value`, one per line"),
    Words("Setelah baris ini sisa berkas tidak dapat dipahami.", "After this line the rest cannot be understood."),
    "%YAML 9 9",
    "izin: apotek",
)
SECOND_DOCUMENT = Entry(
    "TKS-10",
    "second-document",
    Words("ada dokumen YAML kedua dalam berkas ini", "a second YAML document is in this file"),
    Words("dokumen kedua mulai di sini", "it starts here"),
    Words("hapus `---`, atau pindahkan sisanya ke berkas lain", "delete `---`, or move the rest to another file"),
    Words("Satu berkas satu hal: yang kedua akan terlewat diam-diam.", "One file, one thing: the second is missed."),
    "izin: apotek\n---\nizin: sip-dokter",
    "izin: apotek",
)
ALIAS = Entry(
    "TKS-11",
    "anchor-or-alias",
    Words("`{word}` dibaca YAML sebagai rujukan", "YAML reads `{word}` as a reference"),
    Words("rujukan YAML", "a YAML reference"),
    Words(
        'beri tanda kutip: `"{word}"`, atau tulis isinya di sini',
        'quote it: `"{word}"`, or write the content out here',
    ),
    Words(
        "`&` dan `*` di awal nilai bukan teks. Rujukan juga menyembunyikan isi dari orang yang membaca baris ini.",
        "`&` and `*` at the start of a value are not text. A reference also hides the content from who reads the line.",
    ),
    "dasar_hukum: *dasar",
    "dasar_hukum: [{peraturan: perwali-kupang-68-2020}]",
)
TAG = Entry(
    "TKS-12",
    "tag",
    Words("`{word}` dibaca YAML sebagai penanda jenis", "YAML reads `{word}` as a tag"),
    Words("penanda jenis YAML", "a YAML tag"),
    Words('hapus, atau beri tanda kutip: `"{word} …"`', 'delete it, or quote the text: `"{word} …"`'),
    Words(
        "Jenis ditentukan oleh isian, tidak oleh YAML; `!` di awal nilai tidak menjadi teks.",
        "A kind is set by the field, not by YAML; `!` at the start of a value does not become text.",
    ),
    "bantuan: !penting isi dengan benar",
    'bantuan: "!penting isi dengan benar"',
)
MERGE = Entry(
    "TKS-13",
    "merge-key",
    Words("kunci gabungan `<<` dipakai di sini", "the merge key `<<` is used here"),
    Words("kunci gabungan YAML", "a YAML merge key"),
    Words("tulis isinya langsung di sini", "write the content out here"),
    Words("Yang digabung tidak tampak di tempat ia berlaku.", "What is merged is not seen where it applies."),
    "terbit: {<<: {akhir: terbit}}",
    "terbit: {akhir: terbit}",
)
DUPLICATE_KEY = Entry(
    "TKS-14",
    "key-written-twice",
    Words("kunci `{key}` ditulis dua kali", "the key `{key}` is written twice"),
    Words("ditulis lagi di sini", "written again here"),
    Words("gabungkan keduanya, atau hapus salah satu", "join the two, or delete one"),
    Words(
        "YAML memakai yang terakhir dan membuang yang pertama diam-diam.", "YAML keeps the last and drops the first."
    ),
    "nama: Izin Apotek\nnama: Izin Apotik",
    "nama: Izin Apotek",
)
NEEDS_QUOTES = Entry(
    "TKS-15",
    "value-needs-quotes",
    Words(
        "nilai yang diawali `{sign}` tidak terbaca tanpa tanda kutip", "a value that starts with `{sign}` needs quotes"
    ),
    Words("diawali `{sign}`", "starts with `{sign}`"),
    Words("tulis `{quoted}`", "write `{quoted}`"),
    Words(
        "Beberapa tanda punya arti sendiri dalam YAML bila berdiri di awal nilai: `>` memulai teks terlipat.",
        "Some signs have a meaning of their own in YAML at the start of a value: `>` begins folded text.",
    ),
    "wajib_bila: {luas: > 500}",
    'wajib_bila: {luas: "> 500"}',
)
OPEN_QUOTE = Entry(
    "TKS-16",
    "quote-not-closed",
    Words("tanda kutip yang dibuka di sini tidak ditutup", "the quote opened here is not closed"),
    Words("dibuka di sini", "opened here"),
    Words("tambahkan `{sign}` di akhir nilai", "add `{sign}` at the end of the value"),
    Words(
        "Tanpa penutup, semua baris sesudahnya menjadi isi nilai ini.", "All lines after it become part of the value."
    ),
    'wajib_bila: {luas: "> 500}',
    'wajib_bila: {luas: "> 500"}',
)
OPEN_BRACKET = Entry(
    "TKS-17",
    "bracket-not-closed",
    Words("kurung `{sign}` yang dibuka di sini tidak ditutup", "the bracket `{sign}` opened here is not closed"),
    Words("dibuka di sini", "opened here"),
    Words("{advice}", "{advice}"),
    Words("Kurung yang terbuka menelan baris-baris sesudahnya.", "An open bracket swallows the lines after it."),
    "permohonan: [baru, perpanjangan\nmasa_berlaku: 5 tahun",
    "permohonan: [baru, perpanjangan]\nmasa_berlaku: 5 tahun",
)
STRAY_BRACKET = Entry(
    "TKS-18",
    "bracket-not-opened",
    Words("kurung `{sign}` menutup sesuatu yang tidak dibuka", "the bracket `{sign}` closes what was not opened"),
    Words("tidak ada pembukanya", "nothing opens it"),
    Words("hapus `{sign}`, atau tambahkan pembukanya", "delete `{sign}`, or add the one that opens it"),
    Words("Kurung harus berpasangan.", "Brackets come in pairs."),
    "permohonan: [baru, perubahan]]",
    "permohonan: [baru, perubahan]",
)
NO_SPACE = Entry(
    "TKS-19",
    "no-space-after-colon",
    Words("tidak ada spasi sesudah titik dua pada `{word}`", "no space follows the colon in `{word}`"),
    Words("titik dua tanpa spasi", "a colon without a space"),
    Words("tulis `{better}`", "write `{better}`"),
    Words("Tanpa spasi, YAML membaca kunci dan nilai sebagai satu kata.", "Without it YAML reads one single word."),
    "izin:apotek\nnama: Izin Apotek",
    "izin: apotek\nnama: Izin Apotek",
)
INDENTATION = Entry(
    "TKS-20",
    "indentation",
    Words("lekukan baris ini tidak sejajar dengan baris mana pun di atasnya", "this line lines up with none above it"),
    Words("{count} spasi di depan", "indented by {count}"),
    Words("{advice}", "{advice}"),
    Words("Lekukan menyatakan apa bagian dari apa.", "Indentation says what is part of what."),
    "nama:\n  id: Izin Apotek\n en: Pharmacy licence",
    "nama:\n  id: Izin Apotek\n  en: Pharmacy licence",
)
COLON_IN_VALUE = Entry(
    "TKS-21",
    "colon-in-value",
    Words("nilai ini memuat titik dua diikuti spasi", "this value has a colon and a space in it"),
    Words("titik dua di dalam nilai", "a colon inside a value"),
    Words("{advice}", "{advice}"),
    Words("YAML membaca titik dua diikuti spasi sebagai kunci baru.", "YAML reads colon and space as a new key."),
    "nama: Izin: Apotek",
    'nama: "Izin: Apotek"',
)
NO_COLON = Entry(
    "TKS-22",
    "line-without-colon",
    Words("baris ini tidak memuat `kunci: nilai`", "this line has no `key: value`"),
    Words("tidak ada titik dua", "no colon here"),
    Words("tulis `{word}: …`", "write `{word}: …`"),
    Words("Di bagian ini setiap baris memberi nama pada nilainya.", "Here every line names its value."),
    "izin: apotek\nnama",
    "izin: apotek\nnama: Izin Apotek",
)
AFTER_QUOTE = Entry(
    "TKS-23",
    "text-after-quote",
    Words("ada teks sesudah tanda kutip penutup", "text follows the closing quote"),
    Words("sesudah tanda kutip", "after the quote"),
    Words(
        "beri tanda kutip pada seluruh nilai, atau pisahkan dengan koma", "quote the whole value, or part it by a comma"
    ),
    Words("Nilai selesai pada tanda kutip penutupnya.", "A value ends at its closing quote."),
    "nama: 'Izin' Apotek",
    "nama: Izin 'Apotek'",
)
SPLIT_BY_COMMA = Entry(
    "TKS-24",
    "text-split-by-comma",
    Words("koma memotong `{whole}` di dalam kurung kurawal", "the comma splits `{whole}` inside braces"),
    Words("terpotong di sini", "split here"),
    Words('beri tanda kutip: `"{whole}"`', 'quote it: `"{whole}"`'),
    Words(
        "Di dalam `{}` koma memisahkan kunci; kata sesudahnya menjadi kunci tanpa nilai.",
        "Inside `{}` a comma parts keys; the words after it become a key without a value.",
    ),
    "nama: {id: Luas, tinggi dan lebar, en: Measures}",
    'nama: {id: "Luas, tinggi dan lebar", en: Measures}',
)
COMPLEX_KEY = Entry(
    "TKS-25",
    "key-not-a-word",
    Words("kunci di sini bukan sebuah kata", "the key here is not a word"),
    Words("kunci berupa daftar atau peta", "a list or map as key"),
    Words("tulis satu kata sebelum titik dua", "write one word before the colon"),
    Words("Kunci katalog selalu sebuah kata.", "A key of the catalog is always one word."),
    "? [papan, kain]\n: 5",
    "papan: 5",
)
EMPTY_KEY = Entry(
    "TKS-26",
    "colon-without-key",
    Words("titik dua ini tidak punya kunci di depannya", "no key stands before this colon"),
    Words("tanpa kunci", "no key"),
    Words("tulis `kunci: nilai`", "write `key: value`"),
    Words("Nilai tanpa nama tidak dapat dipakai.", "A value without a name cannot be used."),
    "permohonan: [baru]\n: 5 tahun",
    "permohonan: [baru]\nmasa_berlaku: 5 tahun",
)
CURLY_QUOTE = Entry(
    "TKS-27",
    "typographic-quote",
    Words(
        "tanda kutip melengkung `{sign}` dibaca sebagai bagian dari nilai",
        "the curly quote `{sign}` is read as part of the value",
    ),
    Words("tanda kutip melengkung", "a curly quote"),
    Words('ganti dengan tanda kutip lurus `"`', 'replace it with a straight quote `"`'),
    Words("Word mengganti tanda kutip lurus dengan yang melengkung.", "Word turns straight quotes into curly ones."),
    "wajib_bila: {luas: “> 500”}",
    'wajib_bila: {luas: "> 500"}',
)
DASH_ON_KEY_LINE = Entry(
    "TKS-28",
    "list-on-key-line",
    Words("daftar bergaris dimulai di baris kuncinya", "a dashed list starts on the line of its key"),
    Words("garis di baris kunci", "a dash on this line"),
    Words("pindahkan `- …` ke baris berikutnya", "move `- …` to the next line"),
    Words("Garis `-` harus berdiri di awal barisnya.", "A dash stands at the start of its line."),
    "syarat: - dokumen: ktp",
    "syarat:\n  - dokumen: ktp",
)
ESCAPE = Entry(
    "TKS-29",
    "backslash-in-quotes",
    Words(
        "garis miring terbalik di dalam kutip ganda memulai tanda khusus",
        "a backslash in double quotes starts a special sign",
    ),
    Words("tanda yang tidak dikenal", "an unknown sign"),
    Words("pakai kutip tunggal `'…'`", "use single quotes `'…'`"),
    Words("Di dalam kutip ganda `\\` tidak berarti dirinya sendiri.", "In double quotes `\\` does not mean itself."),
    'petunjuk: "C:\\Dokumen"',
    "petunjuk: 'C:\\Dokumen'",
)
MORE = Entry(
    "TKS-30",
    "more-findings",
    Words("berkas ini memuat lebih dari {most} temuan", "this file has more than {most} findings"),
    Words("sisanya belum ditampilkan", "the rest is not shown"),
    Words("perbaiki yang di atas, lalu periksa lagi", "mend those above, then check again"),
    Words("Temuan sebanyak ini biasanya satu sebab.", "So many findings most often have one cause."),
    "(seribu kunci salah)",
    "(kunci yang dikenal)",
)
ITEM_WITHOUT_DASH = Entry(
    "TKS-71",
    "item-without-dash",
    Words(
        "baris ini bagian sebuah daftar, tetapi tidak diawali `- `",
        "this line is part of a list, without `- ` before it",
    ),
    Words("tanpa `- `", "no `- ` here"),
    Words("tulis `{better}`", "write `{better}`"),
    Words(
        "Setiap butir daftar diawali tanda hubung dan satu spasi.", "Every item of a list starts with dash and space."
    ),
    "syarat:\n  - {dokumen: ktp}\n    {dokumen: nib}",
    "syarat:\n  - {dokumen: ktp}\n  - {dokumen: nib}",
)
MERGE_MARK = Entry(
    "TKS-72",
    "two-texts-not-merged",
    Words("berkas ini memuat dua naskah yang belum disatukan", "this file holds two texts that have not been merged"),
    Words("tanda dari git", "a mark of git"),
    Words(
        "pilih salah satu naskah, lalu hapus baris `<<<<<<<`, `=======` dan `>>>>>>>`",
        "keep one of the texts, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`",
    ),
    Words("Git tidak tahu mana dari dua perubahan yang berlaku.", "Git cannot tell which of two changes counts."),
    "<<<<<<< HEAD\nmasa_berlaku: 5 tahun\n=======\nmasa_berlaku: 3 tahun\n>>>>>>> usul",
    "masa_berlaku: 3 tahun",
)
ALL = (
    UNREADABLE, FOLDER_FOR_FILE, TOO_LARGE, EMPTY_FILE, NOT_UTF8, INVISIBLE, TAB, TOO_DEEP, NOT_YAML, SECOND_DOCUMENT,
    ALIAS, TAG, MERGE, DUPLICATE_KEY, NEEDS_QUOTES, OPEN_QUOTE, OPEN_BRACKET, STRAY_BRACKET, NO_SPACE, INDENTATION,
    COLON_IN_VALUE, NO_COLON, AFTER_QUOTE, SPLIT_BY_COMMA, COMPLEX_KEY, EMPTY_KEY, CURLY_QUOTE, DASH_ON_KEY_LINE,
    ESCAPE, MORE, ITEM_WITHOUT_DASH, MERGE_MARK,
)  # fmt: skip
