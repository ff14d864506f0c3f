"""What is said of a case: where it is, who holds it, what a desk answered, and why something must be repaired."""

from __future__ import annotations

from collections.abc import Mapping

from rules.case_event import RepairReason, Verdict
from rules.case_state import REFUSAL_STAGE, AtStage, CaseState, Holder, HolderKind
from rules.city import City
from rules.permit import Permit
from runtime.citizen.fault import mark, marks
from runtime.voice import Voice

STATUS: Mapping[str, str] = {
    "peninjauan": mark("Sedang diperiksa"),
    "perbaikan": mark("Perlu Anda perbaiki"),
    "pembayaran": mark("Menunggu pembayaran Anda"),
    "penandatanganan": mark("Menunggu tanda tangan"),
    "penolakan": mark("Surat penolakan sedang dibuat"),
    "keputusan_orang": mark("Sedang dilihat petugas"),
    "terbit": mark("Izin sudah terbit"),
    "ditolak": mark("Ditolak"),
    "dibatalkan": mark("Anda tarik kembali"),
    "kedaluwarsa": mark("Berakhir: waktu perbaikan sudah lewat"),
    "dicabut": mark("Izin dicabut"),
}
REASONS: Mapping[RepairReason, str] = {
    RepairReason.UNREADABLE: mark("tidak terbaca"),
    RepairReason.INCOMPLETE: mark("belum lengkap"),
    RepairReason.DIFFERS: mark("tidak sesuai dengan yang lain"),
    RepairReason.EXPIRED: mark("sudah tidak berlaku"),
    RepairReason.ANOTHER: mark("bukan dokumen yang diminta"),
    RepairReason.MISTAKEN: mark("keliru"),
    RepairReason.REGULATION: mark("diminta peraturan yang baru"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.APPROVED: mark("menyetujui"),
    Verdict.RETURNED: mark("meminta perbaikan"),
    Verdict.REFUSED: mark("menolak"),
}
YOU, SOMEBODY_OUTSIDE = mark("Anda"), mark("Instansi di luar kantor ini")
HOURS, MINUTES = marks("%(num)s jam", "%(num)s jam"), marks("%(num)s menit", "%(num)s menit")
DAYS = marks("%(num)s hari kerja", "%(num)s hari kerja")
OFFICE_TIME = mark("{time} saat kantor buka")
LASTING = mark("{days} ({time} saat kantor buka)")


def refusing(state: CaseState) -> bool:
    """Tell whether the letter of a refusal is being made, which somebody signs as well."""
    return isinstance(state.position, AtStage) and state.position.stage == REFUSAL_STAGE


def status_words(state: CaseState, permit: Permit, voice: Voice) -> str:
    """Say where a case is; an end of the catalog's own is called by the name of its stage."""
    status = REFUSAL_STAGE if refusing(state) else state.status
    if (known := STATUS.get(status)) is not None:
        return voice.say(known)
    stage = next((stage for stage in permit.stages if status in (stage.end, stage.code)), None)
    named = None if stage is None else stage.name
    return status.replace("_", " ").capitalize() if named is None else named.to(voice.lang)


def stage_words(state: CaseState, permit: Permit, voice: Voice) -> str:
    """Name the stage a case is at, nothing where it is at none."""
    if not isinstance(state.position, AtStage):
        return ""
    code = state.position.stage
    stage = next((stage for stage in permit.stages if stage.code == code), None)
    if stage is None or stage.name is None:
        return code.replace("_", " ").capitalize()
    return stage.name.to(voice.lang)


def post_words(city: City, agency: str, role: str | None, voice: Voice) -> str:
    """Name an agency, and the post in it where one is meant."""
    known = next((one for one in city.agencies if one.code == agency), None)
    return agency if known is None else known.desk(role).to(voice.lang)


def holder_words(city: City, holder: Holder, voice: Voice) -> str:
    """Say who holds a case."""
    if holder.kind is HolderKind.APPLICANT:
        return voice.say(YOU)
    if holder.agency is None:
        return voice.say(SOMEBODY_OUTSIDE)
    role = {
        HolderKind.FRONT_OFFICE: "front_office",
        HolderKind.SIGNATORY: "kepala",
        HolderKind.TREASURER: "bendahara",
    }.get(holder.kind)
    return post_words(city, holder.agency, role, voice)


def lasting(days: int, minutes: int, voice: Voice) -> str:
    """Say how long something took: working days after the first, and the time the office was open."""
    time = time_words(minutes, voice)
    if days == 0 or minutes == 0:
        return voice.say(OFFICE_TIME, time=time)
    return voice.say(LASTING, days=voice.count(DAYS, days), time=time)


def time_words(minutes: int, voice: Voice) -> str:
    """Say a number of minutes in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    said = [voice.count(HOURS, hours)] if hours else []
    if rest or not said:
        said.append(voice.count(MINUTES, rest))
    return " ".join(said)
