"""What happens to a case in turn, in words: who does what, and where."""

from __future__ import annotations

from collections.abc import Iterable

from generator.finding import Said
from generator.proof.case_life import Deed
from rules.command import AnswerObjection, Approve, AskSignature, EndNotice, Object, Pay, Refuse, Resubmit, Return
from rules.permit import Permit
from rules.words import Words

_FILED = Said(Words("pemohon mengajukan", "the applicant files"))
_APPROVES = Words("`{who}` menyetujui di `{stage}`", "`{who}` approves at `{stage}`")
_APPROVES_SAYING = Words(
    "`{who}` menyetujui di `{stage}` dengan `{said}`", "`{who}` approves at `{stage}` with `{said}`"
)
_REFUSES = Words("`{who}` menolak di `{stage}`", "`{who}` refuses at `{stage}`")
_RETURNS = Words("`{who}` meminta perbaikan di `{stage}`", "`{who}` asks for a repair at `{stage}`")
_SIGNS = Words("`{who}` menandatangani di `{stage}`", "`{who}` signs at `{stage}`")
_PAYS = Words("pemohon membayar", "the applicant pays")
_REPAIRS = Words("pemohon memperbaiki", "the applicant repairs")
_REPAIRS_THIS = Words("pemohon memperbaiki {changed}", "the applicant repairs {changed}")
_NOTICE = Words("pengumuman selesai", "the public notice is over")
_OBJECTS = Words("seorang warga mengajukan keberatan", "somebody objects")
_ANSWERS = Words("`{who}` menjawab keberatan itu", "`{who}` answers the objection")
_MOVES = Words("permohonan pindah ke versi {version}", "the case moves to the version of {version}")
_ENDS = Words("berkas berakhir di `{end}`", "the case ends in `{end}`")


def until_moved(permit: Permit, deeds: Iterable[Deed], version: str) -> tuple[Said, ...]:
    """Tell a life from its filing to its move to a later version."""
    told = [said for deed in deeds if (said := _told(permit, deed, None)) is not None]
    return (_FILED, *told, Said(_MOVES, {"version": version}))


def story(permit: Permit, deeds: Iterable[Deed], end: str, changed: Words | None = None) -> tuple[Said, ...]:
    """Tell a life from its filing to its end; what only waits or fails is left out."""
    told = [said for deed in deeds if (said := _told(permit, deed, changed)) is not None]
    return (_FILED, *told, Said(_ENDS, {"end": end}))


def _told(permit: Permit, deed: Deed, changed: Words | None) -> Said | None:
    match deed.command:
        case Approve(stage, place):
            who = _desk(permit, stage, place)
            if deed.said:
                said = ", ".join(f"{code}: {_written(value)}" for code, value in deed.said)
                return Said(_APPROVES_SAYING, {"who": who, "stage": stage, "said": said})
            return Said(_APPROVES, {"who": who, "stage": stage})
        case Refuse(stage, place):
            return Said(_REFUSES, {"who": _desk(permit, stage, place), "stage": stage})
        case Return(stage, place):
            return Said(_RETURNS, {"who": _desk(permit, stage, place), "stage": stage})
        case AskSignature(stage):
            return Said(_SIGNS, {"who": f"{deed.by.agency}.{deed.by.role}", "stage": stage})
        case Resubmit():
            return Said(_REPAIRS) if changed is None else Said(_REPAIRS_THIS, {"changed": changed})
        case Pay():
            return Said(_PAYS)
        case EndNotice():
            return Said(_NOTICE)
        case Object():
            return Said(_OBJECTS)
        case AnswerObjection(stage, place):
            return Said(_ANSWERS, {"who": _desk(permit, stage, place)})
        case _:
            return None


def _desk(permit: Permit, stage: str, place: int) -> str:
    """Name a desk as it is written in `oleh` or `instansi`."""
    reviewer = next(each.reviewers[place] for each in permit.stages if each.code == stage)
    return reviewer.agency if reviewer.role is None else f"{reviewer.agency}.{reviewer.role}"


def _written(value: object) -> str:
    """Write an answer as an officer would."""
    match value:
        case True:
            return "ya"
        case False:
            return "tidak"
        case _:
            return str(value)
