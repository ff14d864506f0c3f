"""The offline verifier: alone, short, right about what is genuine, and never convinced by what is not."""

from __future__ import annotations

import ast
import base64
import dataclasses
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from runtime.product.statement import FORM, SIGNED, Statement, StatementFault, read_statement, statement_text
from runtime.product.statement_key import FOLDER, StatementKeys, key_id, open_statement_keys

VERIFIER = Path(__file__).parent.parent / "docs" / "verifier" / "verify_permit.py"
PDF = b"%PDF-1.7 what was issued"
SAID = Statement(
    city="kota-uji",
    id="A" * 22,
    number="503/001/WRG/DPMPTSP/VII/2026",
    title="Surat izin warung",
    holder="M*** B***",
    dated="2026-07-01",
    until="2099-07-01",
)
PROOF = dataclasses.replace(SAID, sha256=hashlib.sha256(PDF).hexdigest())
URL = "https://perizinan.kotauji.go.id/kota-uji/periksa"
GENUINE, FORGED, UNKNOWN = 0, 1, 2


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> StatementKeys:
    return open_statement_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def published(tmp_path: Path, keys: StatementKeys) -> Path:
    path = tmp_path / "kunci.json"
    path.write_text(json.dumps({"daerah": "kota-uji", **keys.published}))
    return path


def verified(published: Path, text: str, *more: str | Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", VERIFIER, "--kunci", published, *more, "--", text],
        capture_output=True,
        text=True,
        cwd=published.parent,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def unpacked(text: str) -> tuple[list[str], str]:
    payload, _, signature = text.partition(".")
    values: list[str] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return values, signature


def packed(values: object, signature: str) -> str:
    payload = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{base64.urlsafe_b64encode(payload).rstrip(b'=').decode()}.{signature}"


def test_it_stands_alone_and_is_short() -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_a_genuine_code_is_told_in_both_languages(published: Path, keys: StatementKeys) -> None:
    text = statement_text(SAID, keys)
    assert verified(published, f"{URL}/{SAID.id}?s={text}") == (
        GENUINE,
        "ASLI: pernyataan ini dibuat oleh kantor.\n"
        "  Nomor: 503/001/WRG/DPMPTSP/VII/2026\n"
        "  Jenis: Surat izin warung\n"
        "  Pemegang (disamarkan): M*** B***\n"
        "  Tanggal surat: 2026-07-01\n"
        "  Berlaku sampai: 2099-07-01\n"
        "  Daerah: kota-uji\n"
        "Bandingkan isi di atas dengan surat. Pencabutan hanya tampak di halaman periksa kantor.\n",
    )
    status, said = verified(published, text, "--en")
    assert (status, said.splitlines()[0]) == (GENUINE, "GENUINE: the office made this statement.")


def test_what_is_over_is_genuine_and_says_so(published: Path, keys: StatementKeys) -> None:
    status, said = verified(published, statement_text(dataclasses.replace(SAID, until="2026-07-02"), keys))
    assert status == GENUINE
    assert "Perhatian: masa berlakunya sudah berakhir." in said


def test_a_file_is_genuine_by_its_proof(published: Path, keys: StatementKeys, tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_bytes(PDF)
    (tmp_path / "bukti.txt").write_text(statement_text(PROOF, keys) + "\n")
    status, said = verified(published, "bukti.txt", "--pdf", "surat.pdf")
    assert (status, said.splitlines()[0]) == (GENUINE, "ASLI: berkas PDF ini yang diterbitkan kantor.")


@pytest.mark.parametrize("content", [PDF + b" ", PDF[:-1], b"", PDF.replace(b"1.7", b"1.6")])
def test_another_file_is_not_genuine(published: Path, keys: StatementKeys, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "surat.pdf").write_bytes(content)
    status, said = verified(published, statement_text(PROOF, keys), "--pdf", "surat.pdf")
    assert status == FORGED
    assert said == "TIDAK ASLI: berkas PDF ini bukan yang diterbitkan, atau sudah diubah.\n"


def test_a_printed_code_can_not_vouch_for_a_file(published: Path, keys: StatementKeys, tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_bytes(PDF)
    status, said = verified(published, statement_text(SAID, keys), "--pdf", "surat.pdf")
    assert status == UNKNOWN
    assert "bukti.txt" in said


@pytest.mark.parametrize("field", range(2, 10))
def test_a_changed_field_is_not_genuine(published: Path, keys: StatementKeys, field: int) -> None:
    values, signature = unpacked(statement_text(PROOF, keys))
    for other in (values[field][:-1] + "x", "2099-01-01", ""):
        changed = [*values[:field], other, *values[field + 1 :]]
        status, said = verified(published, packed(changed, signature))
        assert (status, said) == (FORGED, "TIDAK ASLI: isinya bukan yang dinyatakan kantor.\n")
        assert not isinstance(read_statement(packed(changed, signature), keys), Statement)


def test_another_key_and_another_form_are_not_genuine(published: Path, keys: StatementKeys, tmp_path: Path) -> None:
    others = open_statement_keys(_new(tmp_path / "lain"))
    status, said = verified(published, statement_text(SAID, others))
    assert status == UNKNOWN
    assert f"kunci {others.id} tidak ada" in said
    assert read_statement(statement_text(SAID, others), keys) is StatementFault.UNKNOWN_KEY
    # What claims to be made by our key and is made by another.
    values, _ = unpacked(statement_text(SAID, keys))
    payload = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    forged = base64.urlsafe_b64encode(others.sign(SIGNED + payload)).rstrip(b"=").decode()
    assert verified(published, packed(values, forged))[0] == FORGED
    assert read_statement(packed(values, forged), keys) is StatementFault.NOT_SIGNED
    # Our key, but a signature under other words than those before a statement.
    bare = base64.urlsafe_b64encode(keys.sign(payload)).rstrip(b"=").decode()
    assert verified(published, packed(values, bare))[0] == FORGED
    values[0] = "izin2"
    payload = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    newer = base64.urlsafe_b64encode(keys.sign(SIGNED + payload)).rstrip(b"=").decode()
    assert verified(published, packed(values, newer))[0] == FORGED


def test_whatever_is_cut_off_or_added_is_not_genuine(published: Path, keys: StatementKeys) -> None:
    text = statement_text(SAID, keys)
    cut = [text[:length] for length in range(0, len(text), 7)]
    longer = [text + "A", text + ".", "." + text, text + "=", text.replace(".", ".."), text + " x", text.upper()]
    for each in (*cut, *longer):
        assert read_statement(each, keys) is not None
        assert not isinstance(read_statement(each, keys), Statement), each
    for each in (cut[3], cut[-1], *longer, "", "https://", f"{URL}/{SAID.id}"):
        assert verified(published, each)[0] == FORGED, each


@pytest.mark.parametrize(
    "payload",
    [b"", b"null", b"[]", b"{}", b'["izin1"]', b"[" * 100_000, b"\xff", b'["izin1",1,2,3,4,5,6,7,8,9]', b"1e999999"],
)
def test_what_is_no_list_of_texts_is_no_statement(published: Path, keys: StatementKeys, payload: bytes) -> None:
    signature = base64.urlsafe_b64encode(keys.sign(SIGNED + payload)).rstrip(b"=").decode()
    text = f"{base64.urlsafe_b64encode(payload).rstrip(b'=').decode()}.{signature}"
    if len(text) < 5000:
        assert verified(published, text)[0] == FORGED
    assert read_statement(text, keys) is StatementFault.UNREADABLE


def test_an_address_must_name_what_its_statement_names(published: Path, keys: StatementKeys) -> None:
    text = statement_text(SAID, keys)
    for address in (
        f"{URL}/{'B' * 22}?s={text}",
        f"{URL.replace('kota-uji', 'kota-lain')}/{SAID.id}?s={text}",
        f"{URL}/{SAID.id}?s={text}&s={text}",
        f"{URL}/{SAID.id}?t={text}",
        f"{URL}/lain/{SAID.id}?s={text}",
    ):
        assert verified(published, address)[0] == FORGED, address


def test_keys_of_another_city_or_no_keys_tell_nothing(published: Path, keys: StatementKeys) -> None:
    text = statement_text(SAID, keys)
    published.write_text(json.dumps({"daerah": "kota-lain", **keys.published}))
    assert verified(published, text)[0] == UNKNOWN
    for broken in ("", "{}", "[]", '{"daerah": "kota-uji", "kunci": [{"id": "x", "alg": "Ed25519", "publik": "AA"}]}'):
        published.write_text(broken)
        assert verified(published, text) == (UNKNOWN, "TIDAK DAPAT DIPASTIKAN: berkas kunci tidak terbaca.\n")


def test_what_an_older_key_signed_stays_genuine_after_the_key_is_changed(tmp_path: Path, published: Path) -> None:
    data = _new(tmp_path / "data")
    first = open_statement_keys(data)
    old = statement_text(SAID, first)
    fresh = Ed25519PrivateKey.generate()
    pem = fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (data / FOLDER / "0002-baru.pem").write_bytes(pem)
    (path,) = (data / FOLDER).glob("0001.pem")
    public = first.public[first.id].public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.unlink()
    path.with_suffix(".pub").write_bytes(public)
    both = open_statement_keys(data)
    assert both.id == key_id(fresh.public_key()) != first.id
    assert read_statement(old, both) == SAID
    published.write_text(json.dumps({"daerah": "kota-uji", **both.published}))
    assert verified(published, old)[0] == GENUINE
    assert verified(published, statement_text(SAID, both))[0] == GENUINE


def test_the_first_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first, again = open_statement_keys(tmp_path), open_statement_keys(tmp_path)
    assert first.id == again.id
    (path,) = (tmp_path / FOLDER).iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert FORM == "izin1"


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder
