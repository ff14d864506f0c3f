#!/usr/bin/env python3
"""Periksa surat izin tanpa internet dan tanpa kantor. / Verify a permit without the internet and without the office.

    python verify_permit.py --kunci kunci.json 'https://…/kota/periksa/…?s=…'     what the QR code holds
    python verify_permit.py --kunci kunci.json bukti.txt --pdf surat.pdf          the proof of a file, and the file

Needs Python 3.10 and `cryptography`, and nothing of the program that issued the permit. `kunci.json` is what the office
publishes at /<kota>/kunci.json: fetch it once, from the office's own address, and keep it.

Ends with 0 when the statement is genuine (and the file is the one it names), 1 when it is not, 2 when that can not be
told. Whether a permit was revoked later, only the office's page can tell.

How a statement is made, so that anybody can write this program anew: the text is `P.S`, both base64url, unpadded. P is
UTF-8 JSON, a list of ten texts: "izin1", key, city, id, number, title, masked holder, date, last day or "", SHA-256 of
the file or "". S is the Ed25519 signature of the bytes "satupintu/izin1\\n" followed by those of P.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

GENUINE, FORGED, UNKNOWN = 0, 1, 2
SIGNED = b"satupintu/izin1\n"
FIELDS = ("form", "key", "city", "id", "number", "title", "holder", "date", "until", "sha256")
SHOWN = {
    "number": ("Nomor", "Number"),
    "title": ("Jenis", "Kind"),
    "holder": ("Pemegang (disamarkan)", "Holder (masked)"),
    "date": ("Tanggal surat", "Date of the letter"),
    "until": ("Berlaku sampai", "Valid until"),
    "city": ("Daerah", "City"),
    "sha256": ("Sidik berkas", "Digest of the file"),
}
WORDS = {
    "genuine": ("ASLI: pernyataan ini dibuat oleh kantor.", "GENUINE: the office made this statement."),
    "file": ("ASLI: berkas PDF ini yang diterbitkan kantor.", "GENUINE: this PDF is the one the office issued."),
    "unreadable": ("TIDAK ASLI: ini bukan pernyataan kantor.", "NOT GENUINE: this is no statement of the office."),
    "signature": ("TIDAK ASLI: isinya bukan yang dinyatakan kantor.", "NOT GENUINE: it is not what the office stated."),
    "address": (
        "TIDAK ASLI: alamat dan pernyataannya menyebut surat yang lain.",
        "NOT GENUINE: the address and the statement name different letters.",
    ),
    "other_file": (
        "TIDAK ASLI: berkas PDF ini bukan yang diterbitkan, atau sudah diubah.",
        "NOT GENUINE: this PDF is not the one that was issued, or it was changed.",
    ),
    "key": (
        "TIDAK DAPAT DIPASTIKAN: kunci {key} tidak ada dalam berkas kunci. Ambil kunci kantor yang terbaru.",
        "CAN NOT BE TOLD: key {key} is not in the file of keys. Fetch the latest keys of the office.",
    ),
    "city": (
        "TIDAK DAPAT DIPASTIKAN: berkas kunci ini milik daerah lain.",
        "CAN NOT BE TOLD: these are the keys of another city.",
    ),
    "no_digest": (
        "TIDAK DAPAT DIPASTIKAN: kode QR pada surat tidak memuat sidik berkas. Periksa berkas dengan bukti.txt.",
        "CAN NOT BE TOLD: the QR code of a letter holds no digest of the file. Check the file with bukti.txt.",
    ),
    "keys": ("TIDAK DAPAT DIPASTIKAN: berkas kunci tidak terbaca.", "CAN NOT BE TOLD: no keys could be read."),
    "no_file": ("TIDAK DAPAT DIPASTIKAN: berkas surat tidak terbaca.", "CAN NOT BE TOLD: the file could not be read."),
    "expired": ("Perhatian: masa berlakunya sudah berakhir.", "Note: its validity has ended."),
    "compare": (
        "Bandingkan isi di atas dengan surat. Pencabutan hanya tampak di halaman periksa kantor.",
        "Compare the above with the letter. A revocation shows only on the office's own page.",
    ),
}


class NotGenuineError(Exception):
    """Why not: a key of WORDS."""


class CanNotTellError(Exception):
    """Why not: a key of WORDS."""


def decoded(text):
    """Read base64url, written in the one way it is written."""
    try:
        content = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise NotGenuineError("unreadable") from None
    if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != text:
        raise NotGenuineError("unreadable")
    return content


def keys_of(path):
    """Read the published keys; return the city they belong to, and each key by its id."""
    try:
        published = json.loads(Path(path).read_text(encoding="utf-8"))
        listed = [one for one in published["kunci"] if one["alg"] == "Ed25519"]
        keys = {one["id"]: Ed25519PublicKey.from_public_bytes(decoded(one["publik"])) for one in listed}
        return published["daerah"], keys
    except (OSError, ValueError, LookupError, TypeError, NotGenuineError):
        raise CanNotTellError("keys") from None


def digest_of(path):
    """Return the digest of a file."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        raise CanNotTellError("no_file") from None


def verified(text, city, keys):
    """Return what a statement, alone or in an address, says; an error where it may not be believed."""
    named = None
    if "?" in text:
        link = urlsplit(text)
        found = re.fullmatch(r"/([a-z0-9-]+)/periksa/([A-Za-z0-9_-]{22})", link.path)
        given = parse_qs(link.query).get("s", [])
        if found is None or len(given) != 1:
            raise NotGenuineError("unreadable")
        named, text = found.groups(), given[0]
    parts = text.split(".")
    if len(parts) != 2:
        raise NotGenuineError("unreadable")
    payload, signature = decoded(parts[0]), decoded(parts[1])
    try:
        values = json.loads(payload)
    except (ValueError, RecursionError):
        raise NotGenuineError("unreadable") from None
    if not isinstance(values, list) or len(values) != len(FIELDS) or not all(isinstance(one, str) for one in values):
        raise NotGenuineError("unreadable")
    said = dict(zip(FIELDS, values, strict=True))
    if said["form"] != "izin1":
        raise NotGenuineError("unreadable")
    if said["key"] not in keys:
        raise CanNotTellError("key", said["key"])
    try:
        keys[said["key"]].verify(signature, SIGNED + payload)
    except InvalidSignature:
        raise NotGenuineError("signature") from None
    if city != said["city"]:
        raise CanNotTellError("city")
    if named is not None and named != (said["city"], said["id"]):
        raise NotGenuineError("address")
    return said


def told(said, lang, today):
    """Return the lines that a genuine statement is told in."""
    lines = [f"  {SHOWN[name][lang]}: {said[name]}" for name in SHOWN if said[name]]
    expired = [WORDS["expired"][lang]] if said["until"] and said["until"] < today else []
    return [WORDS["genuine"][lang], *lines, *expired, WORDS["compare"][lang]]


def main():
    """Verify what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kunci", required=True, help="kunci.json")
    parser.add_argument("--pdf", help="berkas surat / the file of the letter")
    parser.add_argument("--en", action="store_true", help="English")
    parser.add_argument("text", metavar="TEKS", help="isi kode QR, atau berkas yang memuatnya / a QR text, or its file")
    given = parser.parse_args()
    lang = int(given.en)
    text = given.text
    if len(text) < 200 and Path(text).is_file():
        text = Path(text).read_text(encoding="utf-8", errors="replace")
    try:
        said = verified(text.strip(), *keys_of(given.kunci))
        lines = told(said, lang, time.strftime("%Y-%m-%d"))
        if given.pdf is not None:
            if not said["sha256"]:
                raise CanNotTellError("no_digest")
            if digest_of(given.pdf) != said["sha256"]:
                raise NotGenuineError("other_file")
            lines.insert(0, WORDS["file"][lang])
    except NotGenuineError as reason:
        print(WORDS[reason.args[0]][lang])
        return FORGED
    except CanNotTellError as reason:
        print(WORDS[reason.args[0]][lang].format(key=reason.args[-1]))
        return UNKNOWN
    print("\n".join(lines))
    return GENUINE


if __name__ == "__main__":
    sys.exit(main())
