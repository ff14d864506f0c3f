"""The office's own certificate authority and the certificates of those who sign, made here and kept in the data folder.

Gains signatures that any PDF reader verifies once the authority's certificate is trusted, without any service. Loses
the legal weight of a certified signature (PP 71/2019): whoever reads the data folder could sign. That is what the port
to BSrE is for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from rules.signatory import Signatory
from runtime.key_file import kept

FOLDER = "sertifikat"
AUTHORITY = "otoritas"
MOST_NAME = 64  # of a common name, by X.520
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_AUTHORITY_LASTS = timedelta(days=30 * 365)
_SIGNER_LASTS = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


class Certificates:
    """The authority of one city's office, and who it has certified."""

    def __init__(self, data: Path, city: str, office: str) -> None:
        """Open the city's folder, making the authority at the first start."""
        self._folder = data / FOLDER / city
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._office = office
        self.authority = self._kept(AUTHORITY, self._authority)

    @property
    def authority_pem(self) -> bytes:
        """Return the certificate that a reader must trust."""
        return self.authority.certificate.public_bytes(Encoding.PEM)

    def of(self, who: Signatory, at: datetime) -> Identity:
        """Return the certificate of a signatory in his post, one for each year, making it where there is none."""
        subject = "\n".join((who.name, who.post, who.nip or ""))
        name = f"{hashlib.sha256(subject.encode()).hexdigest()[:16]}-{at:%Y}"
        return self._kept(name, lambda: self._signer(who, at))

    def _kept(self, name: str, make: Callable[[], bytes]) -> Identity:
        content = kept(self._folder / f"{name}.pem", make)
        key = load_pem_private_key(content, None)
        assert isinstance(key, EllipticCurvePrivateKey), name
        return Identity(x509.load_pem_x509_certificate(content), key)

    def _authority(self) -> bytes:
        key = generate_private_key(SECP256R1())
        name = _name(f"Otoritas {self._office}", self._office)
        certificate = (
            _certificate(name, name, key, key, authority=True)
            .not_valid_before(_BEGIN)
            .not_valid_after(_BEGIN + _AUTHORITY_LASTS)
            .sign(key, hashes.SHA256())
        )
        return _pem(certificate, key)

    def _signer(self, who: Signatory, at: datetime) -> bytes:
        key = generate_private_key(SECP256R1())
        subject = _name(who.name, self._office, who.post, who.nip)
        year = datetime(at.year, 1, 1, tzinfo=UTC)
        certificate = (
            _certificate(subject, self.authority.certificate.subject, key, self.authority.key, authority=False)
            .not_valid_before(year - timedelta(days=1))
            .not_valid_after(year + _SIGNER_LASTS)
            .sign(self.authority.key, hashes.SHA256())
        )
        return _pem(certificate, key)


def _pem(certificate: x509.Certificate, key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)


def _name(common: str, office: str, post: str | None = None, nip: str | None = None) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, office),
        (NameOID.TITLE, post),
        (NameOID.SERIAL_NUMBER, nip),
        (NameOID.COMMON_NAME, common),
    ]
    return x509.Name([x509.NameAttribute(oid, value[:MOST_NAME]) for oid, value in parts if value])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    issuer_key: EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(above, critical=False)
        .add_extension(usage, critical=True)
    )
