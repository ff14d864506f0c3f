"""What the office calls things of a case: statuses, holders, answers of a desk, reasons to repair."""

from __future__ import annotations

from collections.abc import Mapping

from rules.case_event import Again, Identity, Receiver, RepairReason, Verdict
from rules.case_state import HolderKind
from rules.release import Head
from runtime.citizen.fault import mark

HOLDERS: Mapping[str, str] = {
    HolderKind.APPLICANT: mark("pemohon"),
    HolderKind.AGENCY: mark("{agency}"),
    HolderKind.FRONT_OFFICE: mark("loket depan {agency}"),
    HolderKind.SIGNATORY: mark("penandatangan {agency}"),
    HolderKind.TREASURER: mark("bendahara {agency}"),
    HolderKind.OUTSIDE: mark("instansi luar: {agency}"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.APPROVED: mark("setuju"),
    Verdict.RETURNED: mark("minta perbaikan"),
    Verdict.REFUSED: mark("menolak"),
}
REASONS: Mapping[RepairReason, str] = {
    RepairReason.UNREADABLE: mark("tidak terbaca"),
    RepairReason.INCOMPLETE: mark("tidak lengkap"),
    RepairReason.DIFFERS: mark("tidak sesuai dengan yang lain"),
    RepairReason.EXPIRED: mark("sudah kedaluwarsa"),
    RepairReason.ANOTHER: mark("bukan dokumen yang diminta"),
    RepairReason.MISTAKEN: mark("isinya keliru"),
    RepairReason.REGULATION: mark("diminta peraturan yang baru"),
}
OWN_REASONS = tuple(reason for reason in REASONS if reason is not RepairReason.REGULATION)  # an officer's own
AGAIN: Mapping[Again, str] = {
    Again.ASKED: mark("Anda melihat lagi karena Anda meminta perbaikan."),
    Again.NEWLY: mark("Meja Anda baru diminta, karena perbaikan pemohon mengubah jalurnya."),
    Again.QUESTION_CHANGED: mark("Anda melihat lagi karena perbaikan pemohon menyentuh yang Anda periksa."),
}
RECEIVERS: Mapping[Receiver, str] = {
    Receiver.APPLICANT: mark("pemohon sendiri"),
    Receiver.PROXY: mark("kuasanya"),
}
IDENTITIES: Mapping[Identity, str] = {
    Identity.KTP: mark("KTP"),
    Identity.SIM: mark("SIM"),
    Identity.PASSPORT: mark("paspor"),
    Identity.LETTER: mark("surat kuasa dan KTP penerima kuasa"),
}


def permit_names(heads: tuple[Head, ...], lang: str) -> dict[str, str]:
    """Return what each permit is called."""
    return {head.code: head.name.id if lang == "id" else head.name.to("en") for head in heads}
