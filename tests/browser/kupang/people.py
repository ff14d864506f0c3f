"""What people of these journeys write on the pages that several permits share."""

from __future__ import annotations

from tests.browser.kupang.journey import Answers

MARIA: Answers = {
    "Nama lengkap": "Maria Tari",
    "NIK": "5371 0245 0790 0001",
    "Tempat lahir": "Kupang",
    "Tanggal lahir": "5 Juli 1990",
    "Jenis kelamin": "Perempuan",
    "Nomor HP": "0812-3456-7890",
}
HER_ADDRESS: Answers = {
    "Alamat pada KTP": "Jalan Timor Raya 10",
    "Apakah alamat KTP Anda di Kota Kupang?": "Ya",
    "Apakah Anda mengurus lewat orang lain (kuasa)?": "Tidak",
    "Kecamatan": "Oebobo",
    "Kelurahan": "Oebobo",
}
