"""A submission is kept once, numbered without gaps, and opened by its code alone; drafts and sessions lead to it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from runtime.cases.attempts import TooManyTriesError
from runtime.cases.case_entry import Entry, Projection
from runtime.cases.codes import LONG, SHORT, Secret, city_sign, code_opens, grouped, hash_code, read_code, read_nomor
from runtime.cases.drafts import DraftGoneError, DraftTooLargeError
from runtime.cases.filing import draft_key
from runtime.cases.store import Store
from runtime.cases.submission import DraftChangedError, Filed, KeyReusedError, NewSubmission, UploadGoneError
from runtime.settings import Limits

CITY = "kota-kupang"


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 7, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands, database_url: str | None) -> Iterator[Store]:
    with Store(tmp_path, hands, url=database_url) as opened:
        yield opened


def projection() -> Projection:
    at = datetime(2026, 7, 1, 1, tzinfo=UTC)
    return Projection("pbg", "2026-01-01", "r" * 64, "{}", "diajukan", None, "kantor", None, None, None, at, None)


def new(key: str = "api:one", **other: object) -> NewSubmission:
    whole = NewSubmission(
        daerah=CITY,
        key=key,
        request_hash="hash of " + key,
        permit="pbg",
        version="2026-01-01",
        release="r" * 64,
        answers={"luas": 120},
        facts='{"luas":120}',
        decision='{"bill":1}',
        filed_at=datetime(2026, 7, 1, 1, tzinfo=UTC),
        year=2026,
        entries=(Entry("diajukan", {"permit": "pbg"}),),
        projection=projection(),
    )
    return dataclasses.replace(whole, **other)  # type: ignore[arg-type]  # names and types are the test's own


def file(store: Store, submission: NewSubmission) -> Filed:
    return asyncio.run(store.submissions.file(submission))


def test_the_first_answer_is_given_again_for_the_same_key_and_request(store: Store) -> None:
    first = file(store, new())
    again = file(store, new(decision='{"bill":2}'))
    assert first == dataclasses.replace(again, again=False)
    assert (first.nomor, first.again, again.again) == ("KPG-2026-000001", False, True)
    assert store.submissions.earlier(CITY, "api:one", "hash of api:one") == again


def test_the_same_key_with_another_request_is_refused(store: Store) -> None:
    file(store, new())
    with pytest.raises(KeyReusedError):
        file(store, new(request_hash="another"))
    with pytest.raises(KeyReusedError):
        store.submissions.earlier(CITY, "api:one", "another")
    assert store.submissions.earlier(CITY, "api:two", "another") is None


def test_a_key_of_one_city_is_free_in_another(store: Store) -> None:
    assert file(store, new()).nomor == "KPG-2026-000001"
    assert file(store, new(daerah="kota-uji")).nomor == "UJI-2026-000001"


def test_numbers_run_without_gaps_even_where_a_filing_failed_and_anew_each_year(store: Store) -> None:
    numbers = [file(store, new("api:a")).nomor]
    with pytest.raises(UploadGoneError):
        file(store, new("api:b", files=("0" * 32,)))
    numbers.append(file(store, new("api:c")).nomor)
    numbers.append(file(store, new("api:d", year=2027)).nomor)
    assert numbers == ["KPG-2026-000001", "KPG-2026-000002", "KPG-2027-000001"]
    assert store.submissions.earlier(CITY, "api:b", None) is None


def test_fifty_clients_that_each_send_thrice_file_fifty_applications(store: Store) -> None:
    async def client(number: int) -> set[str]:
        sent = [store.submissions.file(new(f"api:{number}")) for _ in range(3)]
        return {filed.nomor + filed.code for filed in await asyncio.gather(*sent)}

    async def all_clients() -> list[set[str]]:
        return await asyncio.gather(*(client(number) for number in range(50)))

    answers = asyncio.run(all_clients())
    assert all(len(one) == 1 for one in answers)
    assert len(set().union(*answers)) == 50
    assert store.database.read(lambda c: c.execute(text("SELECT count(*) FROM submission")).scalar_one()) == 50


def test_what_was_filed_is_read_back_exactly(store: Store) -> None:
    answers = {"luas": 120, "nama": "Kopi «Ina» \U0001f334", "butir": [{"harga": 1}]}
    nomor = file(store, new(answers=answers)).nomor
    found = store.submissions.find(CITY, nomor)
    assert found is not None
    assert (found.answers, found.facts, found.decision) == (answers, {"luas": 120}, {"bill": 1})
    assert found.filed_at == datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert store.submissions.find("kota-uji", nomor) is None


def test_a_submission_is_opened_by_its_own_code_and_by_no_other(store: Store) -> None:
    one, other = file(store, new("api:one")), file(store, new("api:two"))
    assert len(one.code) == LONG

    def opened(nomor: str, code: str) -> bool:
        return asyncio.run(store.open_submission(CITY, read_nomor(nomor), read_code(code), "203.0.113.9")) is not None

    assert opened(one.nomor, one.code)
    assert opened(f" {one.nomor.lower()} ", grouped(one.code).lower())
    assert not opened(one.nomor, other.code)
    assert not opened(one.nomor, "")
    assert not opened("KPG-2026-000999", one.code)


def test_after_five_wrong_codes_a_number_is_closed_for_a_quarter_of_an_hour_even_to_the_right_one(
    store: Store, hands: Hands
) -> None:
    filed = file(store, new())

    def opened(code: str, address: str) -> bool:
        return asyncio.run(store.open_submission(CITY, filed.nomor, code, address)) is not None

    assert [opened("A" * LONG, f"203.0.113.{n}") for n in range(5)] == [False] * 5
    with pytest.raises(TooManyTriesError) as tired:
        opened(filed.code, "203.0.113.77")
    assert tired.value.wait == timedelta(minutes=15)
    hands.at += timedelta(minutes=15)
    assert all(opened(filed.code, "203.0.113.77") for _ in range(20)), "right codes use nothing up"


def test_after_thirty_wrong_codes_an_address_is_closed_for_an_hour_whatever_it_names(
    store: Store, hands: Hands
) -> None:
    def tried(number: int) -> None:
        asyncio.run(store.open_submission(CITY, f"KPG-2026-{number:06d}", "A" * LONG, "203.0.113.9"))

    for number in range(30):
        tried(number)
    with pytest.raises(TooManyTriesError):
        tried(31)
    asyncio.run(store.open_submission(CITY, "KPG-2026-000031", "A" * LONG, "203.0.113.10"))
    hands.at += timedelta(hours=1)
    tried(32)


def test_tries_are_remembered_over_a_restart(tmp_path: Path, hands: Hands) -> None:
    with Store(tmp_path, hands) as store:
        for _ in range(5):
            asyncio.run(store.open_submission(CITY, "KPG-2026-000001", "A" * LONG, "203.0.113.9"))
    with Store(tmp_path, hands) as store, pytest.raises(TooManyTriesError):
        asyncio.run(store.open_submission(CITY, "KPG-2026-000001", "A" * LONG, "203.0.113.9"))


def test_neither_codes_nor_session_ids_nor_addresses_are_anywhere_on_disk(tmp_path: Path, hands: Hands) -> None:
    async def live(store: Store) -> list[str]:
        draft, code = await store.drafts.start(CITY, "pbg", "2026-01-01", {}, {})
        session = await store.sessions.grant(await store.sessions.start(CITY), draft.nomor)
        filed = await store.submissions.file(new())
        await store.open_draft(CITY, draft.nomor, "A" * SHORT, "203.0.113.9")
        return [code, grouped(code), filed.code, session.token, store.sessions.form_token(session), "203.0.113.9"]

    store = Store(tmp_path, hands)
    secrets = asyncio.run(live(store))
    bytes_on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    store.close()
    bytes_on_disk += b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"KPG-2026-000001" in bytes_on_disk
    assert [secret for secret in secrets if secret.encode() in bytes_on_disk] == []


def test_a_draft_keeps_what_was_typed_and_two_open_pages_do_not_undo_each_other(store: Store, hands: Hands) -> None:
    async def live() -> None:
        draft, code = await store.drafts.start(CITY, "pbg", "2026-01-01", {"luas": "1.200,5 m2"}, {"luas": 1200})
        await store.drafts.save(CITY, draft.nomor, "2026-01-01", {"nama": "  ani "}, {"nama": "ani"})
        await store.drafts.save(CITY, draft.nomor, "2026-02-01", {"luas": "abc"}, {"luas": None})
        found = await store.open_draft(CITY, draft.nomor, code, "203.0.113.9")
        assert found is not None
        assert (found.typed, found.answers) == ({"luas": "abc", "nama": "  ani "}, {"nama": "ani"})
        assert (found.version, found.revision) == ("2026-02-01", 3)
        assert store.drafts.code(CITY, draft.nomor) == code
        assert await store.open_draft(CITY, draft.nomor, "A" * SHORT, "203.0.113.9") is None

    asyncio.run(live())


def test_a_draft_is_filed_once_under_the_code_it_had_whatever_is_changed_afterwards(store: Store) -> None:
    async def live() -> None:
        draft, code = await store.drafts.start(CITY, "pbg", "2026-01-01", {}, {})
        whole = new(draft_key(draft.nomor), draft=draft.nomor, revision=draft.revision)
        filed = await store.submissions.file(whole)
        again = await store.submissions.file(dataclasses.replace(whole, request_hash="another", revision=7))
        assert (filed.code, again.nomor, again.again) == (code, filed.nomor, True)
        assert store.submissions.code(CITY, filed.nomor) == code
        assert await store.open_submission(CITY, filed.nomor, code, "203.0.113.9") is not None
        found = store.drafts.find(CITY, draft.nomor)
        assert found is not None
        assert found.filed_as == filed.nomor
        with pytest.raises(DraftGoneError):
            await store.drafts.save(CITY, draft.nomor, "2026-01-01", {"a": "b"}, {})

    asyncio.run(live())


def test_a_draft_that_was_changed_since_it_was_looked_over_is_not_filed(store: Store) -> None:
    async def live() -> None:
        draft, _ = await store.drafts.start(CITY, "pbg", "2026-01-01", {}, {})
        await store.drafts.save(CITY, draft.nomor, "2026-01-01", {"a": "b"}, {"a": "b"})
        with pytest.raises(DraftChangedError):
            await store.submissions.file(new(draft_key(draft.nomor), draft=draft.nomor, revision=draft.revision))

    asyncio.run(live())


def test_a_draft_is_forgotten_thirty_days_after_its_last_change(store: Store, hands: Hands) -> None:
    async def live() -> None:
        draft, _ = await store.drafts.start(CITY, "pbg", "2026-01-01", {"a": "b"}, {})
        hands.at += timedelta(days=29)
        await store.drafts.save(CITY, draft.nomor, "2026-01-01", {"c": "d"}, {})
        hands.at += timedelta(days=29)
        await store.forget_old(CITY)
        assert store.drafts.find(CITY, draft.nomor) is not None
        hands.at += timedelta(days=1)
        assert store.drafts.find(CITY, draft.nomor) is None
        await store.forget_old(CITY)
        left = store.database.read(lambda c: c.execute(text("SELECT count(*) FROM draft")).scalar_one())
        assert left == 0

    asyncio.run(live())


def test_a_draft_of_absurd_size_is_refused(tmp_path: Path, hands: Hands) -> None:
    with Store(tmp_path, hands, Limits(typed_text=100)) as store, pytest.raises(DraftTooLargeError):
        asyncio.run(store.drafts.start(CITY, "pbg", "2026-01-01", {"a": "b" * 200}, {}))


def test_a_session_changes_its_id_when_it_may_open_more_and_ends_when_idle(store: Store, hands: Hands) -> None:
    async def live() -> None:
        empty = await store.sessions.start(CITY)
        holding = await store.sessions.grant(empty, "KPG-D-2026-000001")
        assert await store.sessions.use(CITY, empty.token) == empty  # the answer with the new id may be lost
        assert await store.sessions.use(CITY, holding.token) == holding
        hands.at += timedelta(minutes=5)
        assert await store.sessions.use(CITY, empty.token) is None
        assert await store.sessions.use(CITY, holding.token) == holding
        assert await store.sessions.use("kota-uji", holding.token) is None
        assert holding.grants == {"KPG-D-2026-000001"}
        assert store.sessions.form_token(holding) != store.sessions.form_token(empty)
        for _ in range(3):
            hands.at += timedelta(minutes=29)
            assert await store.sessions.use(CITY, holding.token) == holding
        hands.at += timedelta(minutes=30)
        assert await store.sessions.use(CITY, holding.token) is None

    asyncio.run(live())


def test_a_session_ends_after_twelve_hours_even_in_use_and_at_once_when_asked(store: Store, hands: Hands) -> None:
    async def live() -> None:
        session, other = await store.sessions.start(CITY), await store.sessions.start(CITY)
        await store.sessions.end(other)
        assert await store.sessions.use(CITY, other.token) is None
        for _ in range(35):
            hands.at += timedelta(minutes=20)
            assert await store.sessions.use(CITY, session.token) == session
        hands.at += timedelta(minutes=20)
        assert await store.sessions.use(CITY, session.token) is None
        await store.forget_old(CITY)
        left = store.database.read(lambda c: c.execute(text("SELECT count(*) FROM session")).scalar_one())
        assert left == 0

    asyncio.run(live())


def test_a_number_is_read_however_it_was_typed_or_pasted() -> None:
    for typed in ("KPG-2026-000123", " kpg-2026-000123\n", "KPG-\u200b2026-\u00a0000123", "KPG-2026-000123\0"):
        assert read_nomor(typed) == "KPG-2026-000123"


def test_short_codes_are_kept_under_argon2id_and_long_ones_under_a_plain_hash() -> None:
    secret = Secret(bytes(32))
    short, long = secret.code(SHORT, "a"), secret.code(LONG, "a")
    assert hash_code(short).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_code(long).startswith("sha256$")
    for code in (short, long):
        assert code_opens(code, hash_code(code))
        assert not code_opens(code, None)
        assert not code_opens(code, hash_code(secret.code(len(code), "b")))
    assert not code_opens(short, hash_code(long))
    assert not code_opens(long, hash_code(short))
    assert not code_opens(short, "$argon2id$ruined")


def test_a_number_begins_with_three_letters_of_its_city() -> None:
    names = ["kota-kupang", "kota-uji", "kabupaten-belu", "kota-bau-bau", "aa"]
    assert [city_sign(name) for name in names] == ["KPG", "UJI", "BEL", "BAU", "AAX"]
