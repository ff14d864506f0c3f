"""A signature is added to the letter and nothing else; it is verified by two programs that are not ours."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from rules.signatory import Signatory
from runtime.product.certificates import FOLDER, Certificates
from runtime.product.issuing_office import IssuingOffice
from runtime.product.local_signer import FailingSigner, LocalSigner, SlowSigner
from runtime.product.permit_pdf import Press
from runtime.product.signature import SignatureFailed, SignatureFault, SignatureLate, SignedPdf, Signer, ask
from runtime.settings import Signing
from tests.sample_letter import AT, CITY, HEAD, sample_letter, template, written
from tests.sample_permit import sample_city

REASON = "Penerbitan Surat izin warung"


@pytest.fixture(scope="module")
def letter() -> bytes:
    return Press().print(template(), sample_letter(None), AT).pdf


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return Certificates(tmp_path, CITY, "DPMPTSP Kota Uji")


@pytest.fixture
def signed(certificates: Certificates, letter: bytes) -> bytes:
    answer = ask(LocalSigner(certificates, "Uji"), letter, HEAD, REASON, AT)
    assert isinstance(answer, SignedPdf)
    return answer.pdf


def trusted(content: bytes, certificates: Certificates) -> bool:
    """Tell whether pyHanko trusts everything about the one signature of a PDF."""
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    (root,) = load_certs_from_pemder_data(certificates.authority_pem)
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=AT)
    status = validate_pdf_signature(signature, context)
    return bool(status.bottom_line)


def test_the_letter_is_kept_byte_for_byte_before_its_signature(letter: bytes, signed: bytes) -> None:
    assert signed.startswith(letter)
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as about:
            assert about["pdfaid:part"] == "2"
        fields = [annotation for page in pdf.pages for annotation in page.get("/Annots", []) if "/FT" in annotation]
        assert [str(field.FT) for field in fields] == ["/Sig"]
        assert [float(edge) for edge in fields[0].Rect] == [0, 0, 0, 0]


def test_the_signature_is_trusted_by_who_trusts_the_office(certificates: Certificates, signed: bytes) -> None:
    assert trusted(signed, certificates)


def test_the_signature_says_who_when_where_and_why(signed: bytes) -> None:
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    entry = signature.sig_object
    assert (str(entry["/Reason"]), str(entry["/Location"])) == (REASON, "Uji")
    assert str(entry["/SubFilter"]) == "/ETSI.CAdES.detached"
    assert signature.self_reported_timestamp == AT
    subject = signature.signer_cert.subject.native
    assert subject["common_name"] == HEAD.name
    assert subject["title"] == HEAD.post
    assert subject["serial_number"] == HEAD.nip


def test_debians_own_program_finds_it_valid_and_over_the_whole_file(signed: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, "surat.pdf", signed)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True).stdout
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "Dra. Agustina Lado" in told


@pytest.mark.parametrize("where", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_changed_byte_is_found_out(certificates: Certificates, letter: bytes, signed: bytes, where: float) -> None:
    changed = bytearray(signed)
    changed[int(len(letter) * where)] ^= 1
    try:
        assert not trusted(bytes(changed), certificates)
    except (PdfReadError, SignatureValidationError, ValueError, KeyError, AssertionError):
        return  # not even a PDF any more


def test_a_change_added_after_the_signature_is_found_out(certificates: Certificates, signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = TextStringObject("en")
    writer.update_root()  # type: ignore[no-untyped-call]  # pyHanko's
    later = io.BytesIO()
    writer.write(later)  # type: ignore[no-untyped-call]  # pyHanko's
    assert later.getvalue().startswith(signed)
    assert not trusted(later.getvalue(), certificates)


def test_a_signature_of_another_office_is_not_trusted(
    tmp_path: Path, letter: bytes, certificates: Certificates
) -> None:
    other = Certificates(tmp_path / "other", CITY, "DPMPTSP Kota Uji")
    answer = LocalSigner(other, "Uji").sign(letter, HEAD, REASON, AT)
    assert isinstance(answer, SignedPdf)
    assert trusted(answer.pdf, other)
    assert not trusted(answer.pdf, certificates)


def test_keys_are_made_once_and_read_by_their_owner_alone(tmp_path: Path, certificates: Certificates) -> None:
    first = certificates.of(HEAD, AT).certificate
    again = Certificates(tmp_path, CITY, "DPMPTSP Kota Uji")
    assert again.authority.certificate == certificates.authority.certificate
    assert again.of(HEAD, AT).certificate == first
    kept = sorted((tmp_path / FOLDER / CITY).iterdir())
    assert len(kept) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE((tmp_path / FOLDER / CITY).stat().st_mode) == 0o700


def test_another_post_or_another_year_is_another_certificate(certificates: Certificates) -> None:
    now = certificates.of(HEAD, AT).certificate
    acting = Signatory(HEAD.name, "Sekretaris Dinas", HEAD.nip)
    assert certificates.of(acting, AT).certificate != now
    later = certificates.of(HEAD, AT + timedelta(days=3 * 365)).certificate
    assert later != now
    assert later.not_valid_before_utc > AT


def test_the_authority_may_certify_signers_and_nothing_below_them(certificates: Certificates) -> None:
    basic = certificates.authority.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (basic.ca, basic.path_length) == (True, 0)
    signer = certificates.of(HEAD, AT).certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert signer.ca is False


def test_a_late_signature_comes_when_it_is_asked_for_again(certificates: Certificates, letter: bytes) -> None:
    signer = SlowSigner(LocalSigner(certificates, "Uji"), timedelta(minutes=2))
    first = ask(signer, letter, HEAD, REASON, AT)
    assert first == SignatureLate(AT + timedelta(minutes=2))
    assert ask(signer, letter, HEAD, REASON, AT + timedelta(minutes=1)) == first
    assert isinstance(ask(signer, letter, HEAD, REASON, AT + timedelta(minutes=2)), SignedPdf)


def test_a_failing_service_is_an_answer_and_not_an_outage(letter: bytes) -> None:
    answer = ask(FailingSigner(SignatureFault.CERTIFICATE_EXPIRED), letter, HEAD, REASON, AT)
    assert answer == SignatureFailed(SignatureFault.CERTIFICATE_EXPIRED)


@pytest.mark.parametrize("change", [lambda pdf: pdf[::-1], lambda pdf: pdf, lambda pdf: pdf[:-1] + b"x and more"])
def test_a_service_that_gives_back_another_letter_is_refused(letter: bytes, change: Callable[[bytes], bytes]) -> None:
    class Cheat:
        def sign(self, pdf: bytes, who: Signatory, reason: str, at: datetime) -> SignedPdf:  # noqa: ARG002
            return SignedPdf(change(pdf))

    cheat: Signer = Cheat()
    assert ask(cheat, letter, HEAD, REASON, AT) == SignatureFailed(SignatureFault.CHANGED_THE_LETTER)


@pytest.mark.parametrize(
    ("signing", "kind"), [(Signing.LOCAL, LocalSigner), (Signing.LATE, SlowSigner), (Signing.FAILING, FailingSigner)]
)
def test_the_operator_chooses_who_signs(tmp_path: Path, signing: Signing, kind: type) -> None:
    office = IssuingOffice(tmp_path, signing)
    signer = office.signer(sample_city())
    assert isinstance(signer, kind)
    assert office.signer(sample_city()) is signer


def test_no_server_pays_for_pyhanko_before_it_signs() -> None:
    code = "import sys, runtime.site; print([m for m in sys.modules if m.startswith(('pyhanko', 'typst'))])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert told.stdout.strip() == b"[]"
