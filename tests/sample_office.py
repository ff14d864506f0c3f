"""A release of the sample permit on disk, and a server of the API on it, for tests that need no catalog."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from generator.build import build, publish
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.city import City
from runtime.api.routes import api_routes
from runtime.serving import serving
from runtime.settings import Limits, Settings
from tests.sample_permit import sample_city, sample_permit

NOW = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)  # 09.30 in the city
CITY = "kota-uji"

ANSWERS: dict[str, object] = {
    "nama": "Maria Bere",
    "lantai": 1,
    "modal": 25_000_000,
    "luas": 40.5,
    "mulai": "2026-08-01",
    "bentuk": "perorangan",
    "kelurahan": "oebobo",
    "alat": ["kompor", "kulkas"],
    "buka_24_jam": False,
    "nik": "5371014506850003",
    "telepon": "081234567890",
    "alamat": "Jl. Uji 2",
    "penjaga": [{"nama": "Yosef", "bersertifikat": True, "sertifikat": "S-1"}, {"nama": "Ana", "bersertifikat": False}],
}


def sample_release(folder: Path, templates: Mapping[str, str] | None = None, city: City | None = None) -> Path:
    """Build and publish a release of the sample permit under a folder, with these letter templates, in this city."""
    city, permit = city or sample_city(), sample_permit()
    catalog = Catalog(
        {
            city.code: CityCatalog(
                city,
                {},
                {permit.code: (PermitVersion(permit, Places("izin/warung/2026-01-01.yaml", {})),)},
                (),
                {},
                templates=templates or {},
            )
        }
    )
    publish(folder, build(catalog, folder))
    return folder


def settings_for(folder: Path, limits: Limits | None = None, clock_starts: datetime | None = NOW) -> Settings:
    """Return settings that serve the sample release with its data under a folder."""
    release = folder / "rilis"
    if not release.exists():
        sample_release(release)
    return Settings(folder / "data", release, "http://testserver", clock_starts, limits or Limits())


def api_app(settings: Settings) -> Starlette:
    """Return an application that serves the API alone."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with serving(settings) as opened:
            app.state.serving = opened
            yield

    return Starlette(routes=api_routes(), lifespan=lifespan)
