"""`satupintu people`: who may work here is told on the machine itself, also while the city is served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from runtime.people import command
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD
from tests.office_visitor import OFFICE, nip_of, office_in, said
from tests.sample_office import sample_release

NIP = "198501012010011001"
ADD = ["people", "add", NIP, "--nama", "Yosefina Ola", "--instansi", "dinkes", "--peran", "tim_teknis"]


def child(*arguments: str) -> int:
    """Do what the child process does, in this one: it takes a second to start."""
    return command.main(arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sample_release(tmp_path / "rilis")
    monkeypatch.setenv("SATUPINTU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SATUPINTU_RILIS", str(tmp_path / "rilis"))
    monkeypatch.delenv("SATUPINTU_PERAGAAN", raising=False)
    return tmp_path


def test_an_account_is_opened_with_a_password_for_one_time(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    told = capfd.readouterr().out
    assert re.search(r"^sandi sekali pakai: ([0-9A-Z]{4}-){3}[0-9A-Z]{4}$", told, re.MULTILINE)
    assert main(["people", "list"]) == 0
    assert capfd.readouterr().out == f"{NIP}  Yosefina Ola  dinkes.tim_teknis  [sandi sekali pakai]\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (ADD, f"akun {NIP} sudah ada; `role` menambah jabatan, `reset` memberi sandi baru\n"),
        ([*ADD[:2], "12", *ADD[3:]], "`12` bukan NIP: 18 angka\n"),
        (["people", "reset", NIP[:-1] + "9"], f"tidak ada akun {NIP[:-1]}9\n"),
        (["people", "revoke", NIP[:-1] + "9", "--lang", "en"], f"there is no account {NIP[:-1]}9\n"),
        ([*ADD, "--daerah", "kota-lain"], "rilis ini tidak memuat `kota-lain`; yang ada: kota-uji\n"),
        (
            ["people", "role", NIP, "--instansi", "dinkes", "--peran", "kepala", "--cabut"],
            f"{NIP} tidak memegang jabatan itu\n",
        ),
    ],
)
def test_what_can_not_be_done_is_said_and_changes_nothing(
    folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert child(*ADD[1:]) == 0
    capfd.readouterr()
    assert child(*arguments[1:]) == 1
    assert capfd.readouterr().err == told
    child("list")
    assert capfd.readouterr().out == f"{NIP}  Yosefina Ola  dinkes.tim_teknis  [sandi sekali pakai]\n"


def test_a_post_that_the_served_release_does_not_have_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert child(*ADD[1:-1], "tukang", "--lang", "en") == 1
    assert capfd.readouterr().err.startswith(
        "there is no `dinkes.tukang` in kota-uji; there are: dpmptsp.front_office, "
    )


def test_an_unknown_verb_is_offered_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", "lst"]) == 2
    assert capsys.readouterr().err.endswith("Galat: tidak ada perintah `lst`; maksud Anda `list`?\n")


def test_posts_are_given_and_taken_and_an_account_is_closed_and_opened_again(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    child(*ADD[1:])
    head = ["--instansi", "dinkes", "--peran", "kepala"]
    assert child("role", NIP, *head) == 0
    assert child("role", NIP, *head[:2], "--peran", "tim_teknis", "--cabut") == 0
    capfd.readouterr()
    child("list", "--lang", "en")
    assert capfd.readouterr().out == f"{NIP}  Yosefina Ola  dinkes.kepala  [one-time password]\n"
    assert child("revoke", NIP) == 0
    capfd.readouterr()
    child("list", "--lang", "en")
    assert capfd.readouterr().out == f"{NIP}  Yosefina Ola  -  [closed]\n"
    assert child("reset", NIP) == 0
    assert child("role", NIP, *head) == 0
    capfd.readouterr()
    child("list", "--lang", "en")
    assert capfd.readouterr().out == f"{NIP}  Yosefina Ola  dinkes.kepala  [one-time password]\n"


def test_there_is_one_person_of_the_demonstration_for_each_post_and_two_administrators(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert child("demo") == 0
    told = capfd.readouterr().out
    assert PASSWORD in told
    assert child("demo") == 0
    assert capfd.readouterr().out.startswith("0 orang")
    child("list")
    posts = re.findall(r"  (\S+\.\S+)  \[peragaan\]", capfd.readouterr().out)
    assert len(posts) == int(told.split()[0])
    assert {post for post in posts if posts.count(post) > 1} == {"dpmptsp.admin"}  # it takes two to change people
    assert {"dpmptsp.front_office", "dpmptsp.admin", "dinkes.tim_teknis", "inspektorat.auditor"} <= set(posts)


def test_people_are_changed_while_the_city_is_served(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with office_in(folder) as office:
        assert main(ADD) == 0
        told = re.search(r"pakai: (\S+)", capfd.readouterr().out)
        assert told is not None
        assert office.password(NIP, told[1]).url.path == f"{OFFICE}/masuk/sandi"
        other = office.away()
        other.enter(Post("dpmptsp", "front_office"))
        assert main(["people", "revoke", nip_of(Post("dpmptsp", "front_office"))]) == 0
        assert other.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/masuk"
        assert "Masuk untuk petugas" in said(other.client.get(f"{OFFICE}/").text)
