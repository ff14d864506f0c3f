"""Settings are read once from the environment; one that makes no sense is named and refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import as_text, clock_for, fixed, from_text, starting_at, system_clock
from runtime.settings import SettingError, Settings, from_environment


def test_without_any_setting_the_defaults_hold() -> None:
    assert from_environment({}) == Settings(Path("var"), Path("build"))


def test_every_setting_is_read() -> None:
    settings = from_environment(
        {
            "SATUPINTU_DATA": "/srv/data",
            "SATUPINTU_RILIS": "/srv/rilis",
            "SATUPINTU_URL": "https://perizinan.example.go.id/",
            "SATUPINTU_JAM": "2026-07-01T09:00:00+08:00",
            "SATUPINTU_CATAT_AKSES": "ya",
            "SATUPINTU_DATABASE": "postgresql+psycopg://satupintu:rahasia@db/satupintu",
            "SATUPINTU_BERKAS": "s3://berkas/perizinan",
            "SATUPINTU_CLAMAV": "/run/clamav/clamd.ctl",
            "SATUPINTU_BANK": "https://bayar.example.co.id",
        }
    )
    assert settings.bank == "https://bayar.example.co.id"
    assert (settings.files, settings.virus_scanner) == ("s3://berkas/perizinan", "/run/clamav/clamd.ctl")
    assert (settings.data, settings.release) == (Path("/srv/data"), Path("/srv/rilis"))
    assert (settings.public_url, settings.secure) == ("https://perizinan.example.go.id", True)
    assert settings.clock_starts == datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert settings.access_log
    assert settings.database == "postgresql+psycopg://satupintu:rahasia@db/satupintu"
    assert "rahasia" not in repr(settings)


def test_a_demonstration_is_not_opened_to_the_public() -> None:
    demo = {"SATUPINTU_PERAGAAN": "ya", "SATUPINTU_URL": "https://perizinan.example.go.id"}
    with pytest.raises(SettingError, match=r"SATUPINTU_PERAGAAN.*password that the login page shows"):
        from_environment(demo)
    assert from_environment({**demo, "SATUPINTU_URL": "http://127.0.0.1:8000"}).demo
    assert not from_environment({**demo, "SATUPINTU_PERAGAAN": "tidak"}).demo


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("URL", "perizinan.go.id", "is not an address such as https://perizinan.example.go.id"),
        ("URL", "ftp://x", "is not an address such as https://perizinan.example.go.id"),
        ("URL", "https://x/?a=b", "is not an address such as https://perizinan.example.go.id"),
        ("BANK", "bank", "is not an address such as https://perizinan.example.go.id"),
        ("JAM", "besok", "is not a time such as 2026-07-01T09:00:00+08:00"),
        ("JAM", "2026-07-01T09:00:00", "does not say its zone, such as +08:00"),
        ("CATAT_AKSES", "yes", "is neither ya nor tidak"),
        ("BERKAS", "memory:///", "is neither file:///a/folder nor s3://bucket/prefix"),
        ("BERKAS", "/srv/berkas", "is neither file:///a/folder nor s3://bucket/prefix"),
        ("BERKAS", "file://srv/berkas", "is neither file:///a/folder nor s3://bucket/prefix"),
        ("BERKAS", "s3://", "is neither file:///a/folder nor s3://bucket/prefix"),
        ("CLAMAV", "run/clamd", "is neither the path of a socket nor host:port"),
        ("CLAMAV", "localhost", "is neither the path of a socket nor host:port"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingError) as refused:
        from_environment({f"SATUPINTU_{name}": value})
    assert str(refused.value) == f"SATUPINTU_{name}: {value!r} {said}"


@pytest.mark.parametrize("value", ["sqlite:///x.sqlite", "postgresql+psycopg://satupintu:rahasia@db", "rahasia"])
def test_a_database_that_makes_no_sense_is_refused_without_telling_its_password(value: str) -> None:
    with pytest.raises(SettingError) as refused:
        from_environment({"SATUPINTU_DATABASE": value})
    assert str(refused.value) == (
        "SATUPINTU_DATABASE: it is not a URL such as postgresql+psycopg://user@host/satupintu"
    )


def test_clocks_tell_utc_whatever_zone_they_were_set_in() -> None:
    moment = datetime.fromisoformat("2026-07-01T09:00:00+08:00")
    assert as_text(fixed(moment)()) == "2026-07-01T01:00:00.000000Z"
    running = starting_at(moment)
    first, second = running(), running()
    assert timedelta() <= first - moment < timedelta(minutes=1)
    assert first <= second
    assert first.tzinfo is UTC
    assert clock_for(None) is system_clock
    assert system_clock().tzinfo is UTC


def test_a_stored_moment_is_read_back_and_sorts_as_text() -> None:
    moments = [datetime(2026, 7, 1, 1, 0, 0, micro, tzinfo=UTC) for micro in (0, 5, 500_000)]
    texts = [as_text(moment) for moment in moments]
    assert [from_text(text) for text in texts] == moments
    assert sorted(texts) == texts
