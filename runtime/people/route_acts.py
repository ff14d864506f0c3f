"""Every route of the site and the act it is. A route that is not here is open to nobody, and fails the tests."""

from __future__ import annotations

from collections.abc import Mapping

from runtime.people.act import Act

_PERMIT = "/{city}/izin/{permit}"
_CASE = "/{city}/permohonan/{nomor}"
_API = "/api/{daerah}"
_OFFICE = "/{city}/kantor"
_FILE = f"{_OFFICE}/berkas/{{nomor}}"

ROUTE_ACTS: Mapping[tuple[str, str], Act] = {
    # for everybody
    ("GET", "/"): Act.BROWSE,
    ("GET", "/static/{digest}/{name}"): Act.BROWSE,
    ("GET", "/{city}/"): Act.BROWSE,
    ("GET", "/{city}/kinerja"): Act.PUBLIC_FIGURES,
    ("GET", "/{city}/pengumuman"): Act.BROWSE,
    ("GET", "/{city}/pengumuman/{id}"): Act.BROWSE,
    ("POST", "/{city}/pengumuman/{id}"): Act.OBJECT,
    ("GET", "/{city}/keberatan"): Act.OPEN_BY_CODE,
    ("POST", "/{city}/keberatan"): Act.OPEN_BY_CODE,
    ("GET", "/{city}/keberatan/{kode}"): Act.OPEN_BY_CODE,
    ("POST", "/{city}/keberatan/{kode}/hapus"): Act.OPEN_BY_CODE,
    ("GET", "/katalog"): Act.BROWSE,
    ("GET", "/{city}/katalog"): Act.BROWSE,
    ("GET", _PERMIT): Act.BROWSE,
    ("GET", f"{_PERMIT}/standar"): Act.BROWSE,
    ("GET", f"{_PERMIT}/standar.json"): Act.BROWSE,
    ("GET", f"{_PERMIT}/standar.pdf"): Act.BROWSE,
    ("GET", "/{city}/periksa/{id}"): Act.CHECK_PERMIT,
    ("GET", "/{city}/periksa/{id}/bukti.txt"): Act.CHECK_PERMIT,
    ("GET", "/{city}/kunci.json"): Act.CHECK_PERMIT,
    # the applicant's pages
    ("GET", f"{_PERMIT}/isi/{{page}}"): Act.APPLY,
    ("POST", f"{_PERMIT}/isi/{{page}}"): Act.APPLY,
    ("GET", f"{_PERMIT}/tersimpan"): Act.APPLY,
    ("GET", f"{_PERMIT}/dokumen"): Act.APPLY,
    ("POST", f"{_PERMIT}/dokumen"): Act.APPLY,
    ("GET", f"{_PERMIT}/periksa"): Act.APPLY,
    ("POST", f"{_PERMIT}/kirim"): Act.APPLY,
    ("GET", "/{city}/tanda-terima/{nomor}"): Act.READ_RECEIPT,
    ("GET", "/{city}/permohonan/{nomor}/tagihan"): Act.PAY,
    ("GET", _CASE): Act.READ_RECEIPT,
    ("GET", f"{_CASE}/perbaikan"): Act.REPAIR,
    ("POST", f"{_CASE}/perbaikan"): Act.REPAIR,
    ("GET", f"{_CASE}/perbaikan/dokumen"): Act.REPAIR,
    ("POST", f"{_CASE}/perbaikan/dokumen"): Act.REPAIR,
    ("GET", f"{_CASE}/perbaikan/periksa"): Act.REPAIR,
    ("POST", f"{_CASE}/perbaikan/kirim"): Act.REPAIR,
    ("GET", f"{_CASE}/produk/{{code}}"): Act.FETCH_PRODUCT,
    ("POST", f"{_CASE}/produk/{{code}}"): Act.FETCH_PRODUCT,
    ("GET", f"{_CASE}/survei"): Act.FETCH_PRODUCT,
    ("POST", f"{_CASE}/survei"): Act.FETCH_PRODUCT,
    ("GET", f"{_CASE}/tarik"): Act.WITHDRAW,
    ("POST", f"{_CASE}/tarik"): Act.WITHDRAW,
    ("GET", "/{city}/lacak"): Act.OPEN_BY_CODE,
    ("POST", "/{city}/lacak"): Act.OPEN_BY_CODE,
    ("GET", "/{city}/lanjut"): Act.OPEN_BY_CODE,
    ("POST", "/{city}/lanjut"): Act.OPEN_BY_CODE,
    ("POST", "/{city}/selesai"): Act.OPEN_BY_CODE,
    # the API
    ("GET", "/api/openapi.json"): Act.BROWSE,
    ("GET", f"{_API}/izin"): Act.BROWSE,
    ("GET", f"{_API}/izin/{{izin}}/skema"): Act.BROWSE,
    ("GET", f"{_API}/izin/{{izin}}/standar"): Act.BROWSE,
    ("POST", f"{_API}/izin/{{izin}}/keputusan"): Act.BROWSE,
    ("POST", f"{_API}/berkas"): Act.APPLY,
    ("POST", f"{_API}/izin/{{izin}}/pengajuan"): Act.APPLY,
    ("POST", f"{_API}/lacak"): Act.OPEN_BY_CODE,
    ("*", "/api/{rest:path}"): Act.BROWSE,  # says that there is nothing
    # a bank
    ("POST", "/{city}/bayar/tagihan"): Act.BANK_CALLBACK,
    ("POST", "/{city}/bayar/panggilan"): Act.BANK_CALLBACK,
    # the way into the office
    ("GET", f"{_OFFICE}/masuk"): Act.SIGN_IN,
    ("POST", f"{_OFFICE}/masuk"): Act.SIGN_IN,
    ("GET", f"{_OFFICE}/masuk/sandi"): Act.SIGN_IN,
    ("POST", f"{_OFFICE}/masuk/sandi"): Act.SIGN_IN,
    ("GET", f"{_OFFICE}/masuk/pasang"): Act.SIGN_IN,
    ("POST", f"{_OFFICE}/masuk/pasang"): Act.SIGN_IN,
    ("GET", f"{_OFFICE}/masuk/kode"): Act.SIGN_IN,
    ("POST", f"{_OFFICE}/masuk/kode"): Act.SIGN_IN,
    # every officer
    ("GET", f"{_OFFICE}/"): Act.OWN_DESK,
    ("GET", f"{_OFFICE}/akun"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/akun/sandi"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/akun/kertas"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/akun/data-diri"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/akun/keluar-semua"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/jabatan"): Act.OWN_DESK,
    ("GET", f"{_OFFICE}/bukti"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/bukti"): Act.OWN_DESK,
    ("POST", f"{_OFFICE}/keluar"): Act.OWN_DESK,
    # lists and files
    ("GET", f"{_OFFICE}/daftar"): Act.LIST_CASES,
    ("GET", f"{_OFFICE}/cari"): Act.LIST_CASES,
    ("GET", _FILE): Act.READ_CASE,
    ("GET", f"{_FILE}/dokumen/{{file}}"): Act.READ_DOCUMENT,
    ("GET", f"{_FILE}/dokumen/{{file}}/simpan"): Act.READ_DOCUMENT,
    ("GET", f"{_FILE}/dokumen/{{file}}/{{page}}"): Act.READ_DOCUMENT,
    ("GET", f"{_OFFICE}/tanda-tangan"): Act.SIGN,
    ("POST", f"{_OFFICE}/tanda-tangan"): Act.SIGN,
    ("GET", f"{_FILE}/konsep"): Act.SIGN,
    ("GET", f"{_FILE}/konsep/{{page}}"): Act.SIGN,
    ("GET", f"{_FILE}/surat/{{product}}"): Act.SIGN,
    ("POST", f"{_FILE}/tanda-tangan"): Act.SIGN,
    ("POST", f"{_FILE}/tanda-tangan-batal"): Act.SIGN,
    ("POST", f"{_FILE}/tanda-tangan-basah"): Act.SIGN,
    ("GET", f"{_FILE}/pencabutan"): Act.REVOKE,
    ("POST", f"{_FILE}/pencabutan"): Act.REVOKE,
    ("POST", f"{_FILE}/catatan"): Act.NOTE,
    ("POST", f"{_FILE}/ambil"): Act.WORK,
    ("POST", f"{_FILE}/jeda"): Act.PAUSE,
    ("POST", f"{_FILE}/penyerahan"): Act.HAND_OVER,
    ("POST", f"{_FILE}/lanjutkan"): Act.PAUSE,
    ("GET", f"{_OFFICE}/jeda"): Act.PAUSE,
    ("POST", f"{_OFFICE}/jeda"): Act.PAUSE,
    ("POST", f"{_FILE}/peninjauan"): Act.WORK,
    ("POST", f"{_FILE}/laporan"): Act.WORK,
    ("POST", f"{_FILE}/serahkan"): Act.ASSIGN,
    ("POST", f"{_FILE}/putuskan-lagi"): Act.DECIDE_ANEW,
    ("POST", f"{_FILE}/keberatan"): Act.ANSWER_OBJECTION,
    ("POST", f"{_FILE}/kelengkapan"): Act.VERIFY,
    ("POST", f"{_FILE}/rekomendasi"): Act.RECOMMEND,
    ("POST", f"{_FILE}/paraf"): Act.INITIAL,
    ("POST", f"{_FILE}/persetujuan"): Act.APPROVE,
    # people
    ("GET", f"{_OFFICE}/orang"): Act.READ_PEOPLE,
    ("POST", f"{_OFFICE}/orang"): Act.PROPOSE_PEOPLE,
    ("POST", f"{_OFFICE}/orang/{{change}}"): Act.APPROVE_PEOPLE,
    # what somebody has to be called for
    ("GET", f"{_OFFICE}/peringatan"): Act.SEE_ALARMS,
    ("POST", f"{_OFFICE}/peringatan/{{alarm}}"): Act.ANSWER_ALARM,
    # money
    ("GET", f"{_OFFICE}/tagihan"): Act.LIST_BILLS,
    ("GET", f"{_OFFICE}/tagihan/{{nomor}}"): Act.READ_BILL,
    ("POST", f"{_OFFICE}/tagihan/{{nomor}}/pembebasan"): Act.WAIVE_FIRST,
    ("POST", f"{_OFFICE}/tagihan/{{nomor}}/keputusan"): Act.WAIVE_SECOND,
    ("POST", f"{_OFFICE}/tagihan/{{nomor}}/pengembalian"): Act.RETURN_MONEY,
}


def act_of(method: str, path: str) -> Act | None:
    """Return the act of a route, by its method and the path it is declared with; None where the table has none."""
    known = ROUTE_ACTS.get(("GET" if method == "HEAD" else method, path))
    return known or ROUTE_ACTS.get(("*", path))
