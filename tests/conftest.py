"""Options of the suite, and the databases its tests run on."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from tests.postgres import Cluster, binaries
from tests.stepped import steps_taken_once


def pytest_configure(config: pytest.Config) -> None:
    """Keep proofs beside what pytest keeps, never among the user's own."""
    os.environ["XDG_CACHE_HOME"] = str(config.rootpath / ".pytest_cache" / "satupintu")


def pytest_collection_finish() -> None:
    """Let the collector leave alone what stays until the end: every module, every test, the catalogs read by then."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite-cases`."""
    parser.addoption(
        "--rewrite-cases",
        action="store_true",
        help="write what the program now says into the literate cases, and fail, so that the diff is read",
    )


@pytest.fixture(scope="session", autouse=True)
def stepped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Take the steps of the schema on SQLite once, not for each of hundreds of stores."""
    with steps_taken_once(tmp_path_factory.mktemp("skema")):
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL cluster of our own."""
    found = binaries()
    if found is None:
        missing = "no PostgreSQL server is installed: apt-get install postgresql, or name its folder in PG_BIN"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    cluster = Cluster(found)
    try:
        cluster.start()
        cluster.make_template()
        yield cluster
    finally:
        cluster.destroy()


@pytest.fixture
def own_cluster(cluster: Cluster) -> Iterator[Cluster]:
    """Start a cluster that a test may kill, or stop where it is."""
    own = Cluster(cluster.binaries)
    try:
        own.start()
        own.make_template()
        yield own
    finally:
        own.destroy()


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """Make a PostgreSQL database with the schema of today."""
    with cluster.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Name the database of a law that holds on both: None for SQLite in the data folder."""
    if request.param == "sqlite":
        return None
    url = request.getfixturevalue("postgres_url")
    assert isinstance(url, str)
    return url
