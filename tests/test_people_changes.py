"""Changes of people: proposed by one administrator, decided by another, seen by the auditor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from tests.office_visitor import OFFICE, Visitor, nip_of, office_in, said
from tests.sample_permit import sample_city

ADMIN, AUDITOR = Post("dpmptsp", "admin"), Post("inspektorat", "auditor")
FIRST, SECOND = [one.nip for one in demo_people(sample_city()) if one.post == ADMIN]
NEW = "199501012020121003"
PAGE = f"{OFFICE}/orang"
OPEN = {"ubah": "buka", "nip": NEW, "nama": "Yohanes Tuan", "jabatan": "dpmptsp.front_office", "dasar": "SK 12/2026"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Visitor]:
    with office_in(tmp_path) as visitor:
        yield visitor


def entered(office: Visitor, nip: str) -> Visitor:
    """Sign in as somebody, in a browser of its own, and prove it freshly."""
    visitor = office.away()
    answer = visitor.password(nip, PASSWORD)
    shown = re.search(r'class="besar">(\d{6})<', answer.text)
    assert shown is not None, said(answer.text)
    visitor.send(f"{OFFICE}/masuk/kode", kode=shown[1])
    return visitor


def proposal(visitor: Visitor) -> str:
    found = re.search(r'action="([^"]*/orang/[0-9a-f]{32})"', visitor.client.get(PAGE).text)
    assert found is not None
    return found[1]


def test_two_administrators_open_an_account_and_its_password_is_shown_once(office: Visitor) -> None:
    first, second = entered(office, FIRST), entered(office, SECOND)
    after = first.send(PAGE, **OPEN)
    assert "Hanya admin lain yang dapat menyetujuinya." in said(after.text)
    assert "Setujui dan lakukan" not in said(after.text)
    alone = first.send(proposal(first), PAGE, putusan="setuju")
    assert alone.status_code == 409
    assert "Mintalah admin lain" in said(alone.text)
    assert "Orang dan jabatan (1)" in said(second.client.get(f"{OFFICE}/").text)
    handed = second.send(proposal(second), PAGE, putusan="setuju")
    shown = re.search(r'class="besar">([^<]+)<', handed.text)
    assert shown is not None
    page = said(second.client.get(PAGE).text)
    assert "Yohanes Tuan" in page
    assert shown[1] not in page
    newcomer = office.away().password(NEW, shown[1])
    assert newcomer.url.path != f"{OFFICE}/masuk"  # it opens the door, to a password of one's own


def test_nobody_changes_what_one_has_alone_not_even_with_another_who_proposes(office: Visitor) -> None:
    first, second = entered(office, FIRST), entered(office, SECOND)
    first.send(PAGE, ubah="jabatan", nip=SECOND, jabatan="dpmptsp.front_office", dasar="SK 13/2026")
    own = second.send(proposal(second), PAGE, putusan="setuju")
    assert own.status_code == 409
    gone = second.send(proposal(second), PAGE, putusan="tolak")
    assert "tidak dilakukan" in said(gone.text)
    assert "Tambah jabatan" in said(gone.text)


@pytest.mark.parametrize("kind", ["tutup", "atur_ulang", "cabut_jabatan"])
def test_nobody_declines_what_would_be_taken_from_oneself(office: Visitor, kind: str) -> None:
    first, second = entered(office, FIRST), entered(office, SECOND)
    first.send(PAGE, ubah=kind, nip=SECOND, jabatan="dpmptsp.admin", dasar="SK 14/2026")
    assert "Jangan lakukan" not in said(second.client.get(PAGE).text)
    kept = second.send(proposal(first), PAGE, putusan="tolak")
    assert kept.status_code == 409
    assert "orang yang bersangkutan" in said(kept.text)
    back = first.send(proposal(first), PAGE, putusan="tolak")
    assert "tidak dilakukan" in said(back.text)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(office: Visitor) -> None:
    first = entered(office, FIRST)
    answer = first.send(PAGE, ubah="buka", nip="123", nama="Yohanes Tuan", dasar="")
    assert answer.status_code == 422
    words = said(answer.text)
    assert "NIP terdiri dari 18 angka." in words
    assert "Pilih jabatannya." in words
    assert 'value="Yohanes Tuan"' in answer.text
    held = first.send(PAGE, ubah="cabut_jabatan", nip=SECOND, jabatan="dpmptsp.front_office", dasar="SK 1")
    assert "tidak memegang jabatan itu" in said(held.text)


def test_a_proposal_is_decided_once_and_done_as_the_account_is_then(office: Visitor) -> None:
    first, second = entered(office, FIRST), entered(office, SECOND)
    first.send(PAGE, **OPEN)
    path = proposal(second)
    token = second.token(PAGE)
    second.send(path, PAGE, putusan="setuju")
    twice = second.client.post(path, data={"token": token, "putusan": "setuju"})
    assert twice.status_code == 409
    assert "sudah diputuskan" in said(twice.text)
    again = first.send(PAGE, **OPEN)
    assert "sudah punya akun" in said(again.text)


def test_the_auditor_sees_what_was_decided_and_can_change_nothing(office: Visitor) -> None:
    first, second, auditor = entered(office, FIRST), entered(office, SECOND), entered(office, nip_of(AUDITOR))
    first.send(PAGE, ubah="tutup", nip=nip_of(Post("dpmptsp", "front_office")), dasar="Pensiun, SK 14/2026")
    second.send(proposal(second), PAGE, putusan="setuju")
    assert "Orang dan jabatan (1)" in said(auditor.client.get(f"{OFFICE}/").text)
    page = auditor.client.get(PAGE)
    assert "Pensiun, SK 14/2026" in said(page.text)
    assert "Usulkan perubahan" not in said(page.text)
    assert "Orang dan jabatan (" not in said(auditor.client.get(f"{OFFICE}/").text)
    token = auditor.token(f"{OFFICE}/akun")
    assert auditor.client.post(PAGE, data={"token": token, **OPEN}).status_code == 404
    closed = office.away().password(nip_of(Post("dpmptsp", "front_office")))
    assert closed.url.path == f"{OFFICE}/masuk"
