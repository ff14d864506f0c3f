"""The audit finds nothing in what is as it must be, and everything that somebody has tampered with."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import Connection, create_engine, text, update

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM, ItemKind, RepairItem, RepairReason
from rules.command import AskSignature, CompleteSignature, Pay, Refuse, Resubmit, Return, Withdraw
from rules.repair_list import document
from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.audit.inspection import Report, inspect
from runtime.audit.requests import Acknowledged
from runtime.cases.case_change import Once
from runtime.cases.case_entry import Message
from runtime.cases.checkpoint import read_key
from runtime.cases.journal_tables import outbox
from runtime.cases.snapshot import open_snapshot
from runtime.cases.store import Store
from runtime.cases.tables import submission
from runtime.clock import as_text, fixed
from runtime.product.statement_key import open_statement_keys
from runtime.releases import Releases
from tests.kupang_office import CITY, HEAD, KupangOffice, kupang_catalog, officer, open_office, published
from tests.postgres import Cluster, name_of

HERE = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@dataclass
class Lived:
    """What is kept of an office in which something has happened, and how to look at it."""

    folder: Path
    releases: Path
    url: str | None
    now: datetime

    def audit(self, *book: Acknowledged) -> Report:
        opened = Releases(self.releases)
        database = open_snapshot(self.folder, self.url)
        with Store(self.folder, fixed(self.now), database=database) as store:
            key = read_key((self.folder / "checkpoints.pub").read_bytes())
            statements = open_statement_keys(self.folder)
            report = inspect(Audited(store, opened, self.now, key, statements), book)
        opened.close()
        return report

    def tamper(self, *statements: str) -> None:
        """Change what is kept, as whoever owns the database can."""
        if self.url is None:
            with closing(dbapi2.connect(self.folder / "satupintu.sqlite")) as connection, connection:
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    connection.execute(f"DROP TRIGGER {name}")
                for statement in statements:
                    connection.execute(statement)
            return
        engine = create_engine(self.url.replace("?fsync=off", ""))
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, releases: Path, catalog: Catalog
) -> Iterator[Lived]:
    """Let an office live once; each test gets a copy of what is kept of it."""
    folder = tmp_path_factory.mktemp("data")
    if request.param == "sqlite":
        yield _live(folder, releases, catalog, None)
        return
    cluster = request.getfixturevalue("cluster")
    assert isinstance(cluster, Cluster)
    with cluster.database() as url:
        yield _live(folder, releases, catalog, url)


@pytest.fixture
def lived(kept: Lived, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Lived]:
    folder = shutil.copytree(kept.folder, tmp_path / "data")
    if kept.url is None:
        yield replace(kept, folder=folder)
        return
    cluster = request.getfixturevalue("cluster")
    assert isinstance(cluster, Cluster)
    with cluster.database(template=name_of(kept.url)) as url:
        yield replace(kept, folder=folder, url=url)


def _live(folder: Path, releases: Path, catalog: Catalog, url: str | None) -> Lived:
    office = open_office(folder, releases, catalog, url=url)
    _issued_shop(office)
    _withdrawn(office)
    _refused(office)
    _repaired(office)
    sent = update(outbox).values(sent_at=as_text(office.hands()))
    office.run(office.store.database.write(lambda connection: connection.execute(sent)))
    office.run(office.store.checkpoints.take(CITY))
    office.store.close()
    office.releases.close()
    return Lived(folder, releases, url, office.hands())


def _issued_shop(office: KupangOffice) -> None:
    nomor = office.file(messages=(Message("kabar", {"apa": "diajukan"}, due_at=office.hands()),))
    for _ in range(3):
        office.approve_all(nomor)
    office.done(nomor, Pay("QR-1", 3_244_500, office.hands()), SYSTEM)
    office.done(nomor, AskSignature("penerbitan", 0), HEAD)
    office.done(nomor, CompleteSignature(HEAD.person, ()), SYSTEM)


def _withdrawn(office: KupangOffice) -> None:
    nomor = office.file()
    office.run(office.casework.act(CITY, nomor, Withdraw(), APPLICANT, only_once=Once("tarik-1", "a" * 64)))


def _refused(office: KupangOffice) -> None:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    law = office.case(nomor).permit.permit.legal_basis[0]
    office.done(nomor, Refuse(desk.stage, 0, 0, law), officer(desk))


def _repaired(office: KupangOffice) -> None:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    item = RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, desk.stage, 0)
    office.done(nomor, Return(desk.stage, 0, 0, (item,)), officer(desk))
    office.done(nomor, Resubmit((document("ktp"),), ()), APPLICANT)
    office.approve_all(nomor)


def _broken(report: Report) -> set[str]:
    return {breach.invariant for breach in report.breaches}


def test_nothing_is_the_matter_with_what_was_never_touched(lived: Lived) -> None:
    told = Acknowledged(CITY, "uji", "KPG-2026-000001")
    report = lived.audit()
    assert report.breaches == ()
    assert report.looked_at["cases"] >= 4
    assert lived.audit(told).breaches == (Breach("I1", CITY, told.nomor, "acknowledged, and kept as nothing"),)


SHOP = "nomor = 'KPG-2026-000001'"
CONTROLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "an event is dropped": ("I2", (f"DELETE FROM event WHERE {SHOP} AND seq = 4",)),
    "the tail is cut off": (
        "I2",
        (f"DELETE FROM event WHERE {SHOP} AND seq = (SELECT MAX(seq) FROM event WHERE {SHOP})",),
    ),
    "two events are swapped": (
        "I3",
        (
            f"UPDATE event SET seq = -1 WHERE {SHOP} AND seq = 4",
            f"UPDATE event SET seq = 4 WHERE {SHOP} AND seq = 5",
            f"UPDATE event SET seq = 5 WHERE {SHOP} AND seq = -1",
        ),
    ),
    "somebody else is said to have approved": (
        "I3",
        (f"UPDATE event SET actor = 'orang-lain' WHERE {SHOP} AND kind = 'DeskAnswered'",),
    ),
    "a case is put back": ("I4", (f"UPDATE case_file SET status = 'peninjauan' WHERE {SHOP}",)),
    "a desk is made to have answered": ("I4", (f"UPDATE desk SET verdict = 'tolak' WHERE {SHOP}",)),
    "a fee is edited": ("I5", (f"UPDATE bill SET due = 1000, paid = 1000 WHERE {SHOP}",)),
    "a payment is edited": ("I5", (f"UPDATE payment SET amount = amount + 5 WHERE {SHOP}",)),
    "a message is never sent": ("I7", ("UPDATE outbox SET sent_at = NULL",)),
    "a message is sent and given up": ("I7", ("UPDATE outbox SET dead_at = sent_at",)),
    "a time is shifted back": (
        "I9",
        (f"UPDATE event SET at = '2026-01-01T00:00:00.000000Z' WHERE {SHOP} AND seq = 5",),
    ),
    "a due date is shifted": (
        "I13",
        (f"UPDATE event SET payload = replace(payload, '2026-04-21', '2027-04-21') WHERE {SHOP} AND kind = 'DuesSet'",),
    ),
    "an application is copied": (
        "I2",
        (
            "INSERT INTO submission SELECT daerah, 'KPG-2026-999999', code_seed, code_hash, 'kunci-lain', "
            "request_hash, draft, permit, version, release, person, sealed, filed_at FROM submission WHERE " + SHOP,
        ),
    ),
    "an application is given another's content": (
        "I15",
        (f"UPDATE submission SET sealed = (SELECT sealed FROM submission WHERE nomor LIKE '%2') WHERE {SHOP}",),
    ),
}


@pytest.mark.parametrize("name", CONTROLS)
def test_what_was_tampered_with_is_found(lived: Lived, name: str) -> None:
    invariant, statements = CONTROLS[name]
    lived.tamper(*statements)
    assert invariant in _broken(lived.audit()), name


def test_a_person_with_two_duties_is_found(lived: Lived) -> None:
    """Only who breaks the chain too can write such a thing; it is found beside that."""
    lived.tamper(f"UPDATE event SET actor = 'dpmptsp-front_office' WHERE {SHOP} AND actor = 'dlhk-tim_teknis'")
    assert {"I3", "I11"} <= _broken(lived.audit())


def test_a_way_that_the_permit_does_not_have_is_found(lived: Lived) -> None:
    lived.tamper(
        f"UPDATE event SET payload = replace(payload, 'dlhk', 'bapenda') WHERE {SHOP} AND kind = 'StageOpened'"
    )
    assert {"I3", "I10"} <= _broken(lived.audit())


def test_an_application_rewritten_by_whoever_has_the_keys_is_found(lived: Lived) -> None:
    """Its seal is right; but the chain has committed to something else."""
    with Store(lived.folder, fixed(lived.now), url=lived.url) as store:
        case = store.journal.case(CITY, "KPG-2026-000001")
        assert case is not None

        def rewrite(connection: Connection) -> None:
            key = store.people.key(connection, CITY, case.person)
            sealed = key.seal(b"{}\x1e{}\x1e{}", "submission", CITY, case.key.nomor)
            here = submission.c.nomor == case.key.nomor
            connection.execute(update(submission).where(here).values(sealed=sealed))

        asyncio.run(store.database.write(rewrite))
    found = [breach.found for breach in lived.audit().breaches if breach.invariant == "I3"]
    assert found == ["what is kept of the application is not what was filed"]


def test_the_command_looks_while_a_server_writes_and_says_what_it_found(lived: Lived) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "SATUPINTU_DATA": str(lived.folder),
            "SATUPINTU_RILIS": str(lived.releases),
            "SATUPINTU_JAM": lived.now.isoformat(),
            **({} if lived.url is None else {"SATUPINTU_DATABASE": lived.url}),
        }
        command = [sys.executable, "-m", "runtime.audit.command", *arguments]
        return subprocess.run(command, env=environment, cwd=HERE, capture_output=True, text=True, timeout=120)

    with Store(lived.folder, fixed(lived.now), url=lived.url):  # as a server has it open
        clean = run("--format", "json")
    assert clean.returncode == 0, clean.stderr
    assert json.loads(clean.stdout)["clean"] is True
    lived.tamper(f"UPDATE case_file SET status = 'peninjauan' WHERE {SHOP}")
    broken = run()
    assert broken.returncode == 1
    assert "I4  keadaan berkas sama dengan yang mengikuti dari peristiwanya" in broken.stdout
    assert "KPG-2026-000001: the row says otherwise than the events: status" in broken.stdout


def test_an_empty_folder_is_not_called_clean(tmp_path: Path, releases: Path) -> None:
    environment = {**os.environ, "SATUPINTU_DATA": str(tmp_path), "SATUPINTU_RILIS": str(releases)}
    command = [sys.executable, "-m", "runtime.audit.command"]
    ended = subprocess.run(command, env=environment, cwd=HERE, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "satupintu.sqlite" in ended.stderr
    assert not list(tmp_path.iterdir())
