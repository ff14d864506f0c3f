"""Permits whose way no real permit takes, built from the sample permit: what `alur` can say, in its smallest form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from rules.citation import Citation
from rules.city import Agency, City
from rules.condition.tree import ALWAYS, Condition, Not, OneOf
from rules.decider import Decider
from rules.duration import Duration, Unit
from rules.field import Field
from rules.kind import Kind, Value
from rules.lifecycle import Lifecycle
from rules.permit import Fee, Free, PauseReason, PayWhen, Permit, Product, Repair, Requirement, Reviewer, Stage
from rules.table import Row, Table
from rules.words import Words
from tests.case_player import Player
from tests.cases import kalender_uji
from tests.sample_permit import LAW, options, sample_city, sample_permit

FORM: Mapping[str, Value] = {
    "permohonan": "baru",
    "nama": "Ina",
    "luas": Decimal(30),
    "alat": ("kompor",),
    "buka_24_jam": False,
}
OVEN = OneOf("alat", Kind.CHOICES, ("oven",))
BODY = "balai-pom"


def city() -> City:
    """Return the sample city with the days off of two years, and people at every desk."""
    roles = ("front_office", "back_office", "verifikator", "kepala")
    agencies = (
        Agency("dpmptsp", Words("DPMPTSP", "One-stop office"), "opd", roles=roles),
        *(Agency(code, Words(code), "opd", roles=("kepala",)) for code in ("dinkes", "dlhk", "bapenda")),
        Agency(BODY, Words("Balai POM", "Food and drug body"), "instansi_vertikal"),
    )
    calendar = kalender_uji.city()
    return replace(sample_city(), agencies=agencies, holidays=calendar.holidays, decreed_years=calendar.decreed_years)


def days(amount: int, unit: Unit = Unit.WORKING_DAY) -> Table[Duration]:
    """Return a duration that always holds."""
    return Table((Row(Duration(amount, unit)),))


def to(*ways: str | tuple[str, Condition]) -> Table[str]:
    """Return where an approval leads."""
    return Table(tuple(Row(way) if isinstance(way, str) else Row(way[0], way[1]) for way in ways))


def desk(agency: str, role: str | None = None, when: Condition = ALWAYS, amount: int = 3) -> Reviewer:
    """Return a desk."""
    return Reviewer(agency, role, when, days(amount))


def stage(code: str, leads: str | Table[str], *desks: Reviewer) -> Stage:
    """Return a stage of these desks."""
    approved = leads if isinstance(leads, Table) else to(leads)
    return Stage(code, reviewers=desks, side_by_side=len(desks) > 1, approved=approved)


# Its cards can run out, and its machine can break, for which a law lets the limit of the law wait too.
WAITS = replace(
    desk("dinkes"),
    pauses=(
        PauseReason("stok", Words("Blangko habis", "Blank cards have run out"), LAW, Duration(20, Unit.CALENDAR_DAY)),
        PauseReason("mesin", Words("Mesin rusak", "A machine broke"), LAW, Duration(3, Unit.WORKING_DAY), 2, LAW),
    ),
)

DOOR = stage("verifikasi", "teknis", desk("dpmptsp", "front_office", amount=1))
AGENCIES = stage("teknis", "penerbitan", WAITS, desk("dlhk", when=OVEN, amount=2))
SIGNED = replace(stage("penerbitan", "terbit", desk("dpmptsp", "kepala", amount=1)), signature=True)
ISSUE = Stage("terbit", end="terbit")
FREE = Free(LAW)


def permit(*stages: Stage, **changes: object) -> Permit:
    """Return the sample permit with another way."""
    return replace(sample_permit(), stages=stages, **changes)  # type: ignore[arg-type]


def fee(pay: PayWhen = PayWhen.BEFORE) -> Fee:
    """Return a fee of 1,500 rupiah for a square metre."""
    found = sample_permit().fee
    assert isinstance(found, Fee)
    return replace(found, pay=pay)


RESULT = Field("hasil", Kind.CHOICE, Words("Hasil", "Result"), options=options("sesuai", "tidak"))
FITS = OneOf("hasil", Kind.CHOICE, ("sesuai",))
HEARD = Stage(
    "pengumuman",
    reviewers=(desk("dlhk", amount=3),),
    approved=to("penerbitan"),
    notice=Duration(14, Unit.CALENDAR_DAY),
    announced=("luas",),
    objections=True,
)
ASKED = Reviewer("dinkes", duration=days(3), officer_fields=(RESULT,))


FIRST_SIGNED = replace(stage("surat_awal", "lanjut", desk("dpmptsp", "kepala", amount=1)), signature=True)
SEVERAL = (
    Product("awal", Words("Surat awal", "First letter"), stage="surat_awal", duration=days(9)),
    Product("dapur", Words("Izin dapur sementara"), stage="surat_awal", when=OVEN, needs=None),
    Product("sk", Words("Surat izin", "Licence"), needs="awal", replaces="dapur", duration=days(20)),
    Product("laik", Words("Sertifikat laik"), when=FITS),
)

BROUGHT = (Requirement("ktp"), Requirement("akta", at_collection=True))


def ways() -> Mapping[str, Permit]:
    """Return every way, by what is particular about it."""
    body = replace(stage("luar", "penerbitan", desk(BODY, amount=10)), outside=True)
    notice = Stage("pengumuman", approved=to("penerbitan"), notice=Duration(14, Unit.CALENDAR_DAY))
    found = {
        "plain": permit(DOOR, AGENCIES, SIGNED, ISSUE),
        "free": permit(DOOR, AGENCIES, SIGNED, ISSUE, fee=FREE, requirements=BROUGHT),
        "no products": permit(DOOR, AGENCIES, SIGNED, ISSUE, fee=FREE, products=()),
        "paid afterwards": permit(DOOR, AGENCIES, SIGNED, ISSUE, fee=fee(PayWhen.AFTER)),
        "paid and not signed": permit(DOOR, replace(AGENCIES, approved=to("terbit")), ISSUE),
        "outside body": permit(DOOR, replace(AGENCIES, approved=to("luar")), body, SIGNED, ISSUE),
        "two outside bodies": permit(
            DOOR, stage("teknis", "luar", desk("dinkes")), replace(body, approved=to("luar_lagi")),
            replace(body, code="luar_lagi"), SIGNED, ISSUE,
        ),
        "public notice": permit(DOOR, replace(AGENCIES, approved=to("pengumuman")), notice, SIGNED, ISSUE),
        "objections": permit(DOOR, replace(AGENCIES, approved=to("pengumuman")), HEARD, SIGNED, ISSUE),
        "answered notice": permit(
            DOOR, replace(AGENCIES, notice=Duration(5, Unit.WORKING_DAY)), SIGNED, ISSUE, fee=FREE
        ),
        "waits": permit(DOOR, stage("teknis", "penerbitan", WAITS, replace(WAITS, agency="dlhk")), SIGNED, ISSUE),
        "clock anew": permit(
            DOOR, AGENCIES, SIGNED, ISSUE, repair=Repair(Duration(30, Unit.WORKING_DAY), restarts=True, at_most=3)
        ),
        "back inside": permit(DOOR, replace(AGENCIES, returned="verifikasi"), SIGNED, ISSUE),
        "own refusal": permit(
            DOOR, replace(AGENCIES, refused="surat_tolak"), SIGNED, ISSUE,
            replace(stage("surat_tolak", "tolak", desk("dpmptsp", "kepala")), signature=True),
            Stage("tolak", end="ditolak"),
        ),
        "refused by an answer": permit(
            DOOR, stage("teknis", to(("penerbitan", FITS), ("penolakan", Not(FITS))), ASKED), SIGNED, ISSUE
        ),
        "no door": permit(AGENCIES, SIGNED, ISSUE),
        "nobody at the door": permit(
            stage("verifikasi", "teknis", desk("dpmptsp", "front_office", OVEN)), AGENCIES, SIGNED, ISSUE
        ),
        "asked of nobody": permit(
            DOOR, stage("teknis", "penerbitan", desk("dlhk", when=OVEN), desk("dinkes", when=OVEN)), SIGNED, ISSUE
        ),
        "two signatures": permit(
            DOOR, AGENCIES, replace(SIGNED, approved=to("tembusan")),
            replace(stage("tembusan", "terbit", desk("dinkes", "kepala")), signature=True), ISSUE,
        ),
        "signed side by side": permit(
            DOOR, AGENCIES,
            replace(stage("penerbitan", "terbit", desk("dpmptsp", "kepala"), desk("dinkes", "kepala")), signature=True),
            ISSUE, fee=FREE,
        ),
        "several products": permit(
            DOOR, replace(AGENCIES, approved=to("surat_awal")), FIRST_SIGNED,
            stage("lanjut", "penerbitan", ASKED, desk("dlhk", when=OVEN)), SIGNED, ISSUE, products=SEVERAL,
        ),
        "by the treasurer": permit(
            DOOR, replace(AGENCIES, approved=to("penetapan")),
            stage("penetapan", "penerbitan", desk("bapenda", "bendahara")), SIGNED, ISSUE,
        ),
    }  # fmt: skip
    return {name: replace(one, code=f"uji-{number}") for number, (name, one) in enumerate(found.items())}


def player(name: str, **form: Value) -> Player:
    """File a case that takes one of these ways."""
    return Player(Lifecycle(Decider(ways()[name], city())), {**FORM, **form})


__all__ = ["FORM", "LAW", "Citation", "city", "player", "ways"]
