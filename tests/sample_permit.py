"""A permit with a question of every kind, built from the types of `rules`, for tests that need no catalog."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rules.citation import Citation
from rules.city import Agency, City, Document, Opening, Regulation
from rules.condition.tree import Between, OneOf
from rules.duration import Duration, Unit
from rules.field import Derived, Field, Option, Section
from rules.kind import Kind
from rules.permit import (
    AsLongAs,
    Component,
    Constant,
    Factor,
    Fee,
    Formula,
    LegalLimit,
    Permit,
    Product,
    Refusal,
    Repair,
    Requirement,
    Reviewer,
    Stage,
)
from rules.table import Row, Table
from rules.words import Words

LAW = Citation("perda-uji-1-2024", "lampiran I")
CALENDAR = (2025, 2026)


def options(*codes: str) -> tuple[Option, ...]:
    """Make options whose label is their code with a capital."""
    return tuple(Option(code, Words(code.capitalize(), code.upper())) for code in codes)


KINDS: tuple[Field, ...] = (
    Field("nama", Kind.TEXT, Words("Nama lengkap", "Full name"), length=100),
    Field("uraian", Kind.TEXT, Words("Uraian usaha", "About the business"), length=1000, optional=True),
    Field("lantai", Kind.INTEGER, Words("Jumlah lantai", "Number of storeys"), minimum=1, maximum=12),
    Field("modal", Kind.MONEY, Words("Modal usaha", "Capital"), minimum=0, maximum=5_000_000_000),
    Field(
        "luas",
        Kind.DECIMAL,
        Words("Luas ruangan", "Floor area"),
        unit="m2",
        digits=2,
        minimum=1,
        maximum=5000,
        help=Words("Jumlah luas semua ruang, tanpa teras.", "The area of all rooms, without the terrace."),
    ),
    Field("mulai", Kind.DATE, Words("Mulai usaha", "Opening day"), minimum="2026-01-01"),
    Field("bentuk", Kind.CHOICE, Words("Bentuk usaha", "Form of business"), options=options("perorangan", "badan")),
    Field(
        "kelurahan",
        Kind.CHOICE,
        Words("Kelurahan", "Village"),
        options=options("oebobo", "oebufu", "oetete", "fatululi", "liliba", "tdm", "naikoten", "kuanino"),
    ),
    Field("alat", Kind.CHOICES, Words("Alat", "Equipment"), options=options("kompor", "oven", "kulkas")),
    Field("buka_24_jam", Kind.YES_NO, Words("Buka 24 jam", "Open 24 hours")),
    Field("nik", Kind.NIK, Words("NIK", "Identity number")),
    Field("npwp", Kind.NPWP, Words("NPWP", "Tax number"), optional=True),
    Field(
        "nib",
        Kind.NIB,
        Words("NIB", "Business number"),
        shown_when=OneOf("bentuk", Kind.CHOICE, ("badan",)),
    ),
    Field("telepon", Kind.PHONE, Words("Telepon", "Phone")),
    Field("email", Kind.EMAIL, Words("Email", "Email"), optional=True),
    Field("alamat", Kind.ADDRESS, Words("Alamat", "Address")),
    Field("titik", Kind.COORDINATE, Words("Titik lokasi", "Place on the map"), optional=True),
    Field(
        "penjaga",
        Kind.LIST,
        Words("Penjaga", "Attendants"),
        minimum=1,
        maximum=3,
        items=(
            Field("nama", Kind.TEXT, Words("Nama penjaga", "Name of attendant")),
            Field("bersertifikat", Kind.YES_NO, Words("Bersertifikat", "Certified")),
            Field(
                "sertifikat",
                Kind.TEXT,
                Words("Nomor sertifikat", "Certificate number"),
                shown_when=OneOf("bersertifikat", Kind.YES_NO, (True,)),
            ),
        ),
    ),
    Field(
        "alasan",
        Kind.TEXT,
        Words("Alasan banyak penjaga", "Why so many attendants"),
        shown_when=Between("jumlah_penjaga", Kind.INTEGER, low=3),
    ),
)

PAGES: tuple[Section, ...] = (
    Section(Words("Pemohon", "Applicant"), ("nama", "nik", "npwp", "telepon", "email", "alamat")),
    Section(
        Words("Usaha", "Business"),
        ("uraian", "bentuk", "nib", "kelurahan", "lantai", "modal", "luas", "mulai", "alat", "buka_24_jam", "titik"),
    ),
    Section(Words("Penjaga", "Attendants"), ("penjaga", "alasan")),
)


def sample_permit(fields: Sequence[Field] = KINDS, sections: Sequence[Section] = PAGES) -> Permit:
    """Build the permit `warung`, with these questions."""
    return Permit(
        code="warung",
        official_code=None,
        name=Words("Izin Warung", "Food stall licence"),
        kind="izin",
        valid_from="2026-01-01",
        valid_until=None,
        delegation=LAW,
        legal_limit=LegalLimit(Duration(5, Unit.WORKING_DAY), Citation("uu-30-2014", "53")),
        legal_basis=(LAW,),
        applications=(Option("baru", Words("Baru", "New")),),
        validity=Table((Row(AsLongAs(Words("Selama usaha berjalan", "As long as the business runs"))),)),
        sections=tuple(sections),
        fields=(Field("permohonan", Kind.CHOICE, Words("Jenis permohonan", "Kind"), options("baru")), *fields),
        derived=(Derived("jumlah_penjaga", Kind.INTEGER, formula="banyak(penjaga)"),),
        requirements=(
            Requirement("ktp"),
            Requirement("akta", OneOf("bentuk", Kind.CHOICE, ("badan",)), citation=LAW),
            Requirement(
                "denah",
                Between("luas", Kind.DECIMAL, low=Decimal(100)),
                note=Words("Dengan jalur evakuasi.", "With the escape route."),
                citation=LAW,
            ),
        ),
        eligibility=(
            Refusal(
                OneOf("buka_24_jam", Kind.YES_NO, (True,)),
                Words("Warung tidak boleh buka 24 jam.", "A food stall may not be open for 24 hours."),
                LAW,
            ),
        ),
        stages=(
            Stage(
                "verifikasi",
                reviewers=(Reviewer("dpmptsp", "front_office", duration=Table((Row(Duration(1, Unit.WORKING_DAY)),))),),
                approved=Table((Row("teknis"),)),
            ),
            Stage(
                "teknis",
                reviewers=(
                    Reviewer("dinkes", duration=Table((Row(Duration(3, Unit.WORKING_DAY)),))),
                    Reviewer(
                        "dlhk",
                        when=OneOf("alat", Kind.CHOICES, ("oven",)),
                        duration=Table((Row(Duration(2, Unit.WORKING_DAY)),)),
                    ),
                ),
                side_by_side=True,
                approved=Table((Row("terbit"),)),
            ),
            Stage("terbit", end="terbit"),
        ),
        promise=Table((Row(Duration(5, Unit.WORKING_DAY)),)),
        repair=Repair(Duration(30, Unit.CALENDAR_DAY)),
        fee=Fee(
            citation=LAW,
            factors=(Factor("tarif", Table((Row(Constant(Decimal(1500))),)), citation=LAW),),
            components=(Component(Words("Retribusi warung", "Stall fee"), Table((Row(Formula("luas * tarif")),))),),
        ),
        products=(Product("sk", Words("Surat izin warung", "Food stall licence")),),
        standard=(("pengaduan", Words("Loket pengaduan atau SP4N-LAPOR!", "The complaints counter or SP4N-LAPOR!")),),
        evidence=(("biaya", "A"), ("waktu", "F")),
        sources=(),
        search_words=("kios", "makan"),
        summary=Words("Untuk membuka warung makan.", "To open a food stall."),
    )


def sample_city() -> City:
    """Build the city `kota-uji`."""
    return City(
        code="kota-uji",
        name=Words("Kota Uji", "Test City"),
        office=Words("DPMPTSP Kota Uji", "One-stop office of Test City"),
        zone="Asia/Makassar",
        openings=tuple(Opening(day, 8 * 60, 16 * 60) for day in range(5)),
        agencies=(
            Agency("dpmptsp", Words("DPMPTSP", "One-stop office"), "opd", roles=("front_office",)),
            Agency("dinkes", Words("Dinas Kesehatan", "Health agency"), "opd"),
            Agency("dlhk", Words("Dinas Lingkungan Hidup", "Environment agency"), "opd"),
        ),
        regulations=(
            Regulation(
                "perda-uji-1-2024", "perda", "1", 2024, Words("Retribusi"), "Perda Kota Uji 1/2024", "2024-01-01"
            ),
            Regulation("uu-30-2014", "uu", "30", 2014, Words("Administrasi pemerintahan"), "UU 30/2014", "2014-10-17"),
        ),
        decreed_years=CALENDAR,
        holidays=(),
        tariffs=(),
        documents=(
            Document("ktp", Words("KTP", "Identity card"), advice=Words("Foto seluruh kartu.", "The whole card.")),
            Document("akta", Words("Akta pendirian", "Deed of establishment"), formats=("pdf",)),
            Document("denah", Words("Denah bangunan", "Floor plan"), max_megabytes=10),
        ),
        contact=Words("Jl. Uji 1, telepon 0380 123456", "Jl. Uji 1, phone 0380 123456"),
    )
