"""The words that stand on every form whatever the permit."""

from __future__ import annotations

from rules.kind import Kind
from rules.words import Words

OPTIONAL = Words("boleh dikosongkan", "optional")
YES = Words("Ya", "Yes")
NO = Words("Tidak", "No")
CHOOSE = Words("Pilih satu", "Choose one")
ADD = Words("Tambah {label}", "Add {label}")
REMOVE = Words("Hapus", "Remove")
FROM = Words("Paling sedikit {least}.", "At least {least}.")
UNTIL = Words("Paling banyak {most}.", "At most {most}.")
BETWEEN = Words("Antara {least} dan {most}.", "Between {least} and {most}.")
DATE_FROM = Words("Paling awal {least}.", "Not before {least}.")
DATE_UNTIL = Words("Paling akhir {most}.", "Not after {most}.")
DATE_BETWEEN = Words("Antara {least} dan {most}.", "Between {least} and {most}.")
ITEMS = Words("Paling banyak {most}.", "At most {most}.")

HINTS = {
    Kind.CHOICES: Words("Pilih semua yang sesuai.", "Choose all that apply."),
    Kind.DATE: Words("Tanggal/bulan/tahun, misalnya 17/08/2026.", "Day/month/year, for example 17/08/2026."),
    Kind.NIK: Words("16 angka, seperti pada KTP.", "16 digits, as on the identity card (KTP)."),
    Kind.NPWP: Words("15 atau 16 angka. Titik dan strip boleh ditulis.", "15 or 16 digits. Dots and dashes are fine."),
    Kind.NIB: Words("13 angka, seperti pada NIB dari OSS.", "13 digits, as on the NIB from OSS."),
    Kind.PHONE: Words("Misalnya 0812 3456 7890.", "For example 0812 3456 7890."),
    Kind.EMAIL: Words("Misalnya nama@contoh.id.", "For example name@example.id."),
    Kind.ADDRESS: Words("Tulis lengkap, tidak disingkat.", "Write it in full, not abbreviated."),
    Kind.COORDINATE: Words(
        "Lintang lalu bujur, misalnya -10,1772; 123,6070.", "Latitude, then longitude, for example -10.1772, 123.6070."
    ),
}

# Browsers fill these in for the applicant (WCAG 1.3.5); identity numbers stay off, the machine may be a kiosk.
AUTOCOMPLETE = {Kind.PHONE: "tel", Kind.EMAIL: "email", Kind.ADDRESS: "street-address"}
