"""The laws of the store, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, func, select, text

from runtime import json_text
from runtime.cases.case_entry import CaseKey, ChangedError, Entry, Message, Written
from runtime.cases.idempotency import once, remember
from runtime.cases.journal_tables import event, outbox
from runtime.cases.person_keys import ForgottenError
from runtime.cases.store import Store
from runtime.cases.submission import Filed, KeyReusedError, NewSubmission
from tests.postgres import Cluster
from tests.sample_case import AT, CITY, NAME, NIK, OFFICER, PHONE, Hands, come_to, desk, to_file

T = TypeVar("T")


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands, database_url: str | None) -> Iterator[Store]:
    with Store(tmp_path / "data", hands, url=database_url) as opened:
        yield opened


def file(store: Store, submission: NewSubmission) -> Filed:
    return asyncio.run(store.submissions.file(submission))


def write(store: Store, work: Callable[[Connection], T]) -> T:
    return store.database.submit(work).result(60)


def change(store: Store, nomor: str, expected: int, status: str = "ditinjau", *entries: Entry) -> int:
    given = entries or (Entry("ditinjau", {}),)
    return write(
        store,
        lambda connection: store.journal.append(
            connection, CaseKey(CITY, nomor), expected, OFFICER, AT, given, come_to(status)
        ),
    )


def test_a_filed_application_is_a_case_with_its_first_events(store: Store) -> None:
    filed = file(store, to_file())
    case = store.journal.case(CITY, filed.nomor)
    assert case is not None
    assert (case.seq, case.projection) == (2, come_to())
    first, second = store.journal.events(CITY, filed.nomor)
    assert (first.seq, first.kind, first.payload, first.actor.person) == (1, "diajukan", {"permit": "pbg"}, "pemohon")
    assert (second.seq, second.at, second.hash) == (2, AT, case.hash)
    assert store.journal.events(CITY, filed.nomor, after=1) == (second,)
    private = store.journal.private(CITY, filed.nomor, 1)
    assert (private["nama"], private["telepon"]) == (NAME, PHONE)
    assert (private["isi"], private["berkas"]) == (store.submissions.content(CITY, filed.nomor), [])
    assert store.journal.private(CITY, filed.nomor, 2) == {}
    assert store.journal.desks(CITY, filed.nomor) == (desk(),)
    assert store.journal.case("kota-uji", filed.nomor) is None


def test_a_payload_that_is_text_already_is_kept_as_it_is(store: Store) -> None:
    texts = ('{"a":1,"z":"«x»"}', "{}")
    entries = tuple(Entry("dicatat", Written(text), private) for text in texts for private in (None, {"nama": NAME}))
    nomor = file(store, to_file(entries=entries)).nomor
    found = store.journal.events(CITY, nomor)
    assert [one.payload for one in found] == [{"a": 1, "z": "«x»"}] * 2 + [{}] * 2
    assert [store.journal.private(CITY, nomor, seq) for seq in (2, 4)] == [{"nama": NAME}] * 2


def test_whoever_saw_an_older_case_is_told_what_was_found_and_keeps_nothing(store: Store) -> None:
    nomor = file(store, to_file()).nomor
    assert change(store, nomor, 2) == 3
    with pytest.raises(ChangedError) as slow:
        change(store, nomor, 2, "ditolak")
    assert (slow.value.key, slow.value.found) == (CaseKey(CITY, nomor), 3)
    with pytest.raises(ChangedError) as unknown:
        change(store, "KPG-2026-000099", 4)
    assert unknown.value.found == 0
    case = store.journal.case(CITY, nomor)
    assert case is not None
    assert (case.seq, case.projection.status) == (3, "ditinjau")
    assert len(store.journal.events(CITY, nomor)) == 3


def test_a_case_begins_once(store: Store) -> None:
    nomor = file(store, to_file()).nomor

    def begin(connection: Connection) -> int:
        person = store.people.person(connection, CITY, None, AT)
        given = (Entry("diajukan", {}),)
        return store.journal.append(connection, CaseKey(CITY, nomor), 0, OFFICER, AT, given, come_to(), person=person)

    with pytest.raises(ChangedError) as again:
        write(store, begin)
    assert again.value.found == 2
    assert [one.seq for one in store.journal.events(CITY, nomor)] == [1, 2]


def test_time_does_not_go_back_inside_a_case(store: Store) -> None:
    nomor = file(store, to_file()).nomor

    def earlier(connection: Connection) -> int:
        at = AT - timedelta(days=400)
        return store.journal.append(
            connection, CaseKey(CITY, nomor), 2, OFFICER, at, (Entry("ditinjau", {}),), come_to()
        )

    write(store, earlier)
    assert [one.at for one in store.journal.events(CITY, nomor)] == [AT] * 3


def test_the_same_key_gives_the_first_answer_for_ever_and_another_request_is_refused(store: Store) -> None:
    def asked(request_hash: str) -> str:
        def work(connection: Connection) -> str:
            known = once(connection, CITY, "akun-7", "k", request_hash)
            if known is None:
                known = f'{{"hash":"{request_hash}"}}'
                remember(connection, CITY, "akun-7", "k", request_hash, known, AT)
            return known

        return write(store, work)

    assert [asked("a"), asked("a")] == ['{"hash":"a"}'] * 2
    with pytest.raises(KeyReusedError):
        asked("b")
    assert write(store, lambda connection: once(connection, CITY, "akun-8", "k", "b")) is None
    assert write(store, lambda connection: once(connection, "kota-uji", "akun-7", "k", "b")) is None


def test_a_message_is_said_once_for_its_dedupe_key(store: Store) -> None:
    nomor = file(store, to_file(messages=())).nomor

    def say(expected: int, *messages: Message) -> None:
        write(
            store,
            lambda connection: store.journal.append(
                connection,
                CaseKey(CITY, nomor),
                expected,
                OFFICER,
                AT,
                (Entry("ditinjau", {}),),
                come_to(),
                messages=messages,
            ),
        )

    say(2, Message("email", "a", dedupe="late"), Message("email", "b"), Message("email", "b"))
    say(3, Message("email", "a", dedupe="late"), Message("sms", "a", dedupe="late"))
    count = store.database.read(lambda c: c.execute(select(func.count()).select_from(outbox)).scalar_one())
    assert count == 4


def test_two_applications_with_one_nik_are_one_persons_and_without_a_nik_each_its_own(store: Store) -> None:
    def person(submission: NewSubmission) -> str:
        case = store.journal.case(submission.daerah, file(store, submission).nomor)
        assert case is not None
        return case.person

    first, second = person(to_file("api:a")), person(to_file("api:b"))
    others = [
        person(to_file("api:c", nik=None)),
        person(to_file("api:d", nik=None)),
        person(to_file(daerah="kota-uji")),
    ]
    assert first == second
    assert len({first, *others}) == 4
    assert store.database.read(lambda connection: store.people.known(connection, CITY, NIK)) == first


def test_who_is_forgotten_can_not_be_read_any_more_and_the_events_stay(store: Store) -> None:
    filed, other = file(store, to_file()), file(store, to_file("api:two", nik=None))
    case = store.journal.case(CITY, filed.nomor)
    assert case is not None
    before = store.journal.events(CITY, filed.nomor)
    write(store, lambda connection: store.people.forget(connection, CITY, case.person, AT))
    with pytest.raises(ForgottenError):
        store.journal.private(CITY, filed.nomor, 1)
    assert store.submissions.find(CITY, filed.nomor) is None
    assert store.submissions.find(CITY, other.nomor) is not None
    assert store.journal.events(CITY, filed.nomor) == before
    assert change(store, filed.nomor, 2, "ditinjau") == 3  # nothing personal in it
    with pytest.raises(ForgottenError):
        change(store, filed.nomor, 3, "ditinjau", Entry("dicatat", {}, {"catatan": "x"}))
    again = store.journal.case(CITY, file(store, to_file("api:three")).nomor)
    assert again is not None
    assert again.person != case.person


@pytest.mark.parametrize("table", ["event", "event_private", "checkpoint", "request"])
@pytest.mark.parametrize("change", ["UPDATE {} SET daerah = 'x'", "DELETE FROM {}"])
def test_what_only_grows_can_not_be_changed_by_whoever_may_write(store: Store, table: str, change: str) -> None:
    file(store, to_file())

    def harm(connection: Connection) -> None:
        remember(connection, CITY, "a", "k", "h", "{}", AT)
        connection.execute(text("INSERT INTO checkpoint VALUES ('kota-kupang', 1, '', 1, '', '', '[]', '')"))
        connection.exec_driver_sql(change.format(table))

    with pytest.raises(Exception, match=f"{table} only grows"):
        write(store, harm)
    assert store.database.read(lambda c: c.execute(select(func.count()).select_from(event)).scalar_one()) == 2


def test_nothing_personal_is_anywhere_on_disk(
    tmp_path: Path, hands: Hands, database_url: str | None, request: pytest.FixtureRequest
) -> None:
    nik, name, phone = "5371010101990077", "Yosefina Canary", "+6281200007777"
    answers = {"nik": nik, "nama": name, "telepon": phone}
    private = (Entry("diajukan", {}, answers),)
    with Store(tmp_path, hands, url=database_url) as store:
        whole = to_file(
            answers=answers, facts=json_text.write(answers), decision=json_text.write([name]), nik=nik, entries=private
        )
        nomor = file(store, dataclasses.replace(whole, messages=(Message("sms", {"kepada": phone}),))).nomor
        change(store, nomor, 1, "ditinjau", Entry("dicatat", {}, {"catatan": f"telepon {phone}"}))
        draft, _ = asyncio.run(store.drafts.start(CITY, "pbg", "2026-01-01", {"nama": name}, {"nik": nik}))
        asyncio.run(store.drafts.save(CITY, draft.nomor, "2026-01-01", {"telepon": phone}, {}))
        assert answers.items() <= store.journal.private(CITY, nomor, 1).items()
        content = on_disk(tmp_path)
        if database_url is not None:
            cluster = request.getfixturevalue("cluster")
            assert isinstance(cluster, Cluster)
            content += cluster.dump(database_url) + on_disk(cluster.data)
    content += on_disk(tmp_path)
    assert nomor.encode() in content
    assert [word for word in (nik, name, phone) if word.encode() in content] == []


def on_disk(folder: Path) -> bytes:
    """Return every byte that is kept under a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def test_filing_again_gives_the_answer_of_the_first_time(store: Store) -> None:
    first = file(store, to_file())
    assert file(store, to_file()) == dataclasses.replace(first, again=True)
    assert len(store.journal.events(CITY, first.nomor)) == 2
