"""PAdES by pyHanko: a certifying signature after which nothing in the PDF may change.

Importing pyHanko takes most of a second, so that this module is imported where something is signed, and nowhere else.
"""

from __future__ import annotations

import io
from datetime import datetime

from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from runtime.product.certificates import Identity

FIELD = "TandaTangan"


class _AtMoment(signers.PdfSigner):
    """A signer whose clock is given to it: nothing below the entry of the program reads the machine's."""

    moment: datetime | None = None

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """Begin a session at the moment that was given."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        assert self.moment is not None
        session.system_time = self.moment
        return session


def signed(pdf: bytes, identity: Identity, authority: Identity, reason: str, place: str, at: datetime) -> bytes:
    """Add a signature to a PDF; its bytes stay as they are."""
    chain = serialize_key_and_certificates(
        None, identity.key, identity.certificate, [authority.certificate], NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(chain, other_certs=[])
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        location=place,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    unseen = fields.InvisSigSettings(set_hidden_flag=True)
    signing = _AtMoment(about, signer, new_field_spec=fields.SigFieldSpec(FIELD, invis_sig_settings=unseen))
    signing.moment = at
    output = io.BytesIO()
    signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output)
    return output.getvalue()
