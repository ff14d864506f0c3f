"""Why a file was not taken, said to the person who gave it, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rules.words import Lang, Words


class UploadFault(StrEnum):
    """Every reason; the value is the code the API gives."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    FORMAT_NOT_ASKED = "format_not_asked"
    NAME_DISAGREES = "name_disagrees"
    TYPE_DISAGREES = "type_disagrees"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too_many_pages"
    ACTIVE = "active_content"
    ATTACHMENT = "attached_files"
    TRAILING = "trailing_content"
    TOO_MANY_FILES = "too_many_files"
    INFECTED = "infected"


_SAY = {
    UploadFault.EMPTY: Words("berkas ini kosong; pilihlah berkas lain", "this file is empty; choose another one"),
    UploadFault.TOO_LARGE: Words(
        "berkas ini lebih besar dari {bound} MB; perkecil atau pindai ulang",
        "this file is larger than {bound} MB; make it smaller or scan it again",
    ),
    UploadFault.UNKNOWN_FORMAT: Words(
        "isi berkas ini bukan PDF, JPEG atau PNG", "the content of this file is not PDF, JPEG or PNG"
    ),
    UploadFault.FORMAT_NOT_ASKED: Words(
        "berkas ini {found}, padahal yang diminta {formats}", "this file is {found}, but {formats} is asked for"
    ),
    UploadFault.NAME_DISAGREES: Words(
        "isi berkas ini {found}, padahal akhiran namanya lain; simpan ulang dengan akhiran yang sesuai",
        "the content of this file is {found}, but its name ends otherwise; save it again under a fitting name",
    ),
    UploadFault.TYPE_DISAGREES: Words(
        "isi berkas ini {found}, padahal dikirim sebagai jenis lain; kirim ulang",
        "the content of this file is {found}, but it was sent as something else; send it again",
    ),
    UploadFault.UNREADABLE: Words(
        "berkas ini rusak atau terpotong; pindai atau simpan ulang",
        "this file is damaged or cut off; scan or save it again",
    ),
    UploadFault.TOO_MANY_PIXELS: Words(
        "gambar ini terlalu besar ukurannya; paling banyak 40 juta titik", "this picture has more than 40 million dots"
    ),
    UploadFault.ENCRYPTED: Words(
        "PDF ini dikunci dengan kata sandi; simpan ulang tanpa kunci",
        "this PDF is protected by a password; save it again without one",
    ),
    UploadFault.TOO_MANY_PAGES: Words("PDF ini lebih dari {bound} halaman", "this PDF has more than {bound} pages"),
    UploadFault.ACTIVE: Words(
        "PDF ini memuat program atau formulir aktif; cetak ke PDF baru lalu unggah yang baru itu",
        "this PDF holds a program or an active form; print it to a new PDF and give that one",
    ),
    UploadFault.ATTACHMENT: Words(
        "PDF ini memuat berkas lain di dalamnya; cetak ke PDF baru lalu unggah yang baru itu",
        "this PDF has other files inside; print it to a new PDF and give that one",
    ),
    UploadFault.TRAILING: Words(
        "berkas ini memuat isi lain sesudah PDF-nya berakhir; cetak ke PDF baru lalu unggah yang baru itu",
        "this file goes on after its PDF has ended; print it to a new PDF and give that one",
    ),
    UploadFault.TOO_MANY_FILES: Words(
        "sudah terlalu banyak berkas untuk permohonan ini; hapus dulu yang tidak perlu",
        "there are too many files for this application; remove those that are not needed",
    ),
    UploadFault.INFECTED: Words(
        "berkas ini dikenali pemindai virus sebagai berbahaya; periksa perangkat Anda dan pindai ulang dokumen aslinya",
        "the virus scanner knows this file as harmful; check your device and scan the original document again",
    ),
}


@dataclass(frozen=True, slots=True)
class RefusedUpload:
    """A file that was not taken, and why."""

    fault: UploadFault
    arguments: tuple[tuple[str, str], ...] = ()

    def say(self, lang: Lang) -> str:
        """Say why in one line."""
        return _SAY[self.fault].to(lang).format(**dict(self.arguments))
