"""An officer who applied is recognised in the case, may look at it, and can do nothing to it."""

from __future__ import annotations

from pathlib import Path

from runtime.people.recusal import nik_index
from tests.kupang_office import CITY, kupang_catalog, published
from tests.office_visitor import said
from tests.officer import FRONT, PUPR, served_office


def test_an_officer_answers_no_desk_of_an_application_of_their_own(tmp_path: Path) -> None:
    catalog = kupang_catalog()
    releases = published(tmp_path / "rilis", catalog)
    with served_office(tmp_path / "data", releases, catalog) as office:
        nomor = office.kupang.file()
        nik = str(office.kupang.case(nomor).answers["nik"])
        accounts, vault = office.visitor.serving.people.accounts, office.kupang.store.vault
        before = office.at(FRONT).file(nomor)
        assert "Tugas Anda" in said(before.text)
        office.kupang.run(accounts.tell_own(CITY, office.nip(FRONT), nik_index(vault, CITY, nik), None))
        page = office.at(FRONT).file(nomor)
        assert page.status_code == 200
        assert "Permohonan ini memuat NIK atau telepon Anda sendiri." in said(page.text)
        assert "Tugas Anda" not in said(page.text)
        forced = office.at(FRONT).send(f"berkas/{nomor}/kelengkapan", before.text, {"putusan": "setuju"})
        assert forced.status_code == 403
        assert [desk.agency for desk in office.kupang.state(nomor).open_desks] == ["dpmptsp"]
        office.kupang.run(accounts.tell_own(CITY, office.nip(FRONT), None, None))
        office.through_completeness(nomor)
        assert "Tugas Anda" in said(office.at(PUPR).file(nomor).text)
