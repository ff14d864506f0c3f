"""A PostgreSQL that is killed, that stands still, or whose answer to a COMMIT is lost, under clients that file: nobody
is told anything but «filed» or «not now», what was filed is there once, and the server goes on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from runtime.cases.patient_connection import LONGEST
from tests.faults.cutting_line import cutting_line
from tests.faults.filing_office import UNAVAILABLE, Office
from tests.faults.sample_server import prepare
from tests.postgres import Cluster

RECOVERED = 10.0
FILED = 201


@pytest.fixture
def office(tmp_path: Path, own_cluster: Cluster) -> Iterator[Office]:
    prepare(tmp_path)
    with own_cluster.database() as url:
        office = Office(tmp_path, 1, url=url)
        office.start()
        yield office
        office.kill()


def sound(office: Office) -> None:
    """Check that all who were told were told the truth, and nothing else was said than filed or not now."""
    assert office.server is not None
    assert office.server.is_alive(), "the server has gone on"
    assert set(office.statuses) <= {FILED, UNAVAILABLE}
    assert office.unanswered == 0
    assert office.ledger.wrong == []
    report = office.audit()
    assert report.breaches == ()
    assert report.looked_at["acknowledged"] == len(office.ledger.told) > 0


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.long)])
def test_a_database_that_is_killed_under_load_loses_nothing_and_is_used_again_by_itself(
    office: Office, own_cluster: Cluster, kills: int
) -> None:
    with office.clients():
        for _ in range(kills):
            office.until_told(len(office.ledger.told) + 10)
            own_cluster.kill()
            time.sleep(0.3)
            own_cluster.start()
            back = time.monotonic()
            office.until_told(len(office.ledger.told) + 1)
            assert time.monotonic() - back < RECOVERED
        office.enough.set()
    assert office.statuses[UNAVAILABLE] > 0
    sound(office)


@pytest.mark.parametrize("stops", [1, pytest.param(5, marks=pytest.mark.long)])
def test_who_asks_a_database_that_stands_still_is_told_so_and_asks_again(
    office: Office, own_cluster: Cluster, stops: int
) -> None:
    with office.clients():
        for _ in range(stops):
            office.until_told(len(office.ledger.told) + 10)
            own_cluster.pause(on=True)
            refused, began = office.statuses[UNAVAILABLE], time.monotonic()
            while office.statuses[UNAVAILABLE] == refused:
                time.sleep(0.05)
                assert time.monotonic() - began < 2 * LONGEST
            time.sleep(3)
            own_cluster.pause(on=False)
            back = time.monotonic()
            office.until_told(len(office.ledger.told) + 1)
            assert time.monotonic() - back < RECOVERED
        office.enough.set()
    sound(office)


@pytest.mark.parametrize("cuts", [10, pytest.param(300, marks=pytest.mark.long)])
def test_a_commit_whose_answer_is_lost_is_answered_at_the_next_try_and_done_once(
    tmp_path: Path, own_cluster: Cluster, cuts: int
) -> None:
    prepare(tmp_path)
    with own_cluster.database() as url, cutting_line(own_cluster.port) as line:
        straight = make_url(url)
        office = Office(tmp_path, 1, url=straight.set(port=line.port).render_as_string(hide_password=False))
        office.start()
        with office.clients():
            for number in range(cuts):
                office.until_told(len(office.ledger.told) + 2)
                line.armed = 1
                while line.cut <= number:
                    time.sleep(0.005)
            office.enough.set()
        assert line.cut == cuts
        assert office.statuses[UNAVAILABLE] > 0
        office.url = url
        sound(office)
        office.kill()
