"""The HTTP API: every operation, every refusal in the one shape, and nothing that a client may not send."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest
from PIL import Image
from schemathesis import openapi
from starlette.testclient import TestClient

from runtime.access_log import AccessLog
from runtime.settings import Limits
from tests.sample_office import ANSWERS, CITY, api_app, settings_for

LIST = f"/api/{CITY}/izin"
PERMIT = f"/api/{CITY}/izin/warung"
SUBMIT, DECIDE, FILES, TRACK = f"{PERMIT}/pengajuan", f"{PERMIT}/keputusan", f"/api/{CITY}/berkas", f"/api/{CITY}/lacak"
KEY = {"Idempotency-Key": "0b5d7ad8-7f3c-4a0a-9a64-c2cc15cd5f7e"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(AccessLog(api_app(settings_for(tmp_path))), raise_server_exceptions=True) as opened:
        yield opened


def picture(form: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, form)
    return file.getvalue()


def give(client: TestClient, document: str = "ktp", item: str | None = None) -> str:
    data = {"document": document} if item is None else {"document": document, "item": item}
    answer = client.post(FILES, data=data, files={"file": ("ktp.jpg", picture(), "image/jpeg")})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def submit(client: TestClient, headers: dict[str, str] | None = None, **body: object) -> tuple[int, dict[str, object]]:
    body = {"answers": ANSWERS, **body}
    answer = client.post(SUBMIT, json=body, headers=KEY if headers is None else headers)
    return answer.status_code, answer.json()


def faults(problem: dict[str, object]) -> list[tuple[str, str]]:
    errors = problem.get("errors", [])
    assert isinstance(errors, list)
    return [(error["pointer"], error["code"]) for error in errors]


def test_the_list_names_the_permits_in_force_and_the_release(client: TestClient) -> None:
    answer = client.get(LIST).json()
    assert [permit["code"] for permit in answer["permits"]] == ["warung"]
    assert answer["permits"][0]["name"] == {"id": "Izin Warung", "en": "Food stall licence"}
    assert len(answer["release"]) == 64


def test_the_schema_is_a_json_schema_that_accepts_a_right_form(client: TestClient) -> None:
    schema = client.get(f"{PERMIT}/skema").json()
    validator = jsonschema_rs.Draft202012Validator(schema)
    assert validator.is_valid({"permohonan": "baru", "jumlah_penjaga": 2, **ANSWERS})
    assert not validator.is_valid({"permohonan": "baru", **ANSWERS, "nik": "1"})


def test_the_standard_has_its_components(client: TestClient) -> None:
    keys = [component["key"] for component in client.get(f"{PERMIT}/standar").json()["components"]]
    assert "persyaratan" in keys
    assert "biaya" in keys


def test_a_decision_says_documents_way_bill_and_deadline_with_their_reasons(client: TestClient) -> None:
    answer = client.post(DECIDE, json={"answers": ANSWERS}).json()
    decision = answer["decision"]
    assert (answer["eligible"], answer["unanswered"]) == (True, [])
    assert [document["code"] for document in decision["documents"]] == ["ktp"]
    assert [desk["agency"] for step in decision["steps"] for desk in step["desks"]] == ["dpmptsp", "dinkes"]
    assert decision["bill"]["due"] == 60750
    assert decision["deadline"]["at"] == "2026-07-08T16:00:00+08:00"


def test_a_decision_on_a_few_answers_names_what_is_not_yet_answered(client: TestClient) -> None:
    answer = client.post(DECIDE, json={"answers": {"luas": 120, "alat": ["oven"]}}).json()
    assert [document["code"] for document in answer["decision"]["documents"]] == ["ktp", "denah"]
    open_questions = [error["pointer"] for error in answer["unanswered"]]
    assert "/answers/nama" in open_questions
    assert "/answers/luas" not in open_questions
    assert "/answers/nib" not in open_questions, "it is not asked yet"


def test_a_refusal_is_told_with_the_words_of_its_rule_and_nothing_is_filed(client: TestClient) -> None:
    assert client.post(DECIDE, json={"answers": {**ANSWERS, "buka_24_jam": True}}).json()["eligible"] is False
    status, problem = submit(client, answers={**ANSWERS, "buka_24_jam": True}, files=[give(client)])
    assert (status, problem["type"]) == (422, "urn:satupintu:problem:not_filed")
    words = {"id": "Warung tidak boleh buka 24 jam.", "en": "A food stall may not be open for 24 hours."}
    assert problem["refusals"] == [{"message": words, "rule": "kelayakan/0"}]


def test_an_application_is_filed_and_tracked_by_nomor_and_code(client: TestClient) -> None:
    file = give(client)
    status, filed = submit(client, files=[file])
    assert (status, filed["nomor"], filed["filed_at"][:16]) == (201, "UJI-2026-000001", "2026-07-01T01:30")  # type: ignore[index]
    tracked = client.post(TRACK, json={"nomor": filed["nomor"], "code": filed["code"]}).json()
    assert (tracked["status"], tracked["stage"], tracked["next"]) == ("peninjauan", "verifikasi", "tunggu")
    assert tracked["holder"] == {"kind": "loket", "agency": "dpmptsp"}
    assert tracked["dues"]["promise"] == "2026-07-08T08:00:00.000000Z"
    assert [(held["until"], held["minutes"]) for held in tracked["timeline"]] == [(None, 0)]
    assert [desk["agency"] for desk in tracked["timeline"][0]["desks"]] == ["dpmptsp"]
    assert (tracked["repair"], tracked["bill"]) == ([], None)
    assert tracked["decision"] == filed["decision"]
    assert [(document["id"], document["document"]) for document in tracked["documents"]] == [(file, "ktp")]
    assert "answers" not in tracked


def test_sending_again_gets_the_very_same_answer_and_files_nothing(client: TestClient) -> None:
    file = give(client)
    body = {"answers": ANSWERS, "files": [file]}
    first = client.post(SUBMIT, json=body, headers=KEY)
    again = client.post(SUBMIT, json=body, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")


def test_the_same_key_with_another_body_is_refused(client: TestClient) -> None:
    assert submit(client, files=[give(client)])[0] == 201
    status, problem = submit(client, answers={**ANSWERS, "luas": 41})
    assert (status, problem["type"]) == (422, "urn:satupintu:problem:key_reused")


@pytest.mark.parametrize(
    "key", [None, "", "short", "x" * 129, "with blank in the middle", "kunci\u00e9kunci\u00e9kunci"]
)
def test_a_submission_needs_a_key_of_its_own(client: TestClient, key: str | None) -> None:
    headers = {} if key is None else {b"Idempotency-Key": key.encode("latin-1")}
    answer = client.post(SUBMIT, json={"answers": ANSWERS}, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:satupintu:problem:key_missing")


def test_missing_documents_are_named(client: TestClient) -> None:
    status, problem = submit(client, answers={**ANSWERS, "luas": 100})
    assert status == 422
    missing = problem["missing_documents"]
    assert isinstance(missing, list)
    assert [(one["document"], one["item"]) for one in missing] == [("ktp", None), ("denah", None)]


def test_a_file_is_used_once_and_one_that_is_not_there_is_named(client: TestClient) -> None:
    file = give(client)
    assert submit(client, files=[file])[0] == 201
    status, problem = submit(client, {"Idempotency-Key": "another-key-0123456789"}, files=["0" * 32, file])
    assert (status, problem["type"]) == (422, "urn:satupintu:problem:file_gone")
    assert faults(problem) == [("/files/0", "gone")]


def test_files_that_nobody_asked_for_are_not_kept(client: TestClient) -> None:
    filed = submit(client, files=[give(client), give(client, "denah")])[1]
    tracked = client.post(TRACK, json={"nomor": filed["nomor"], "code": filed["code"]}).json()
    assert [document["document"] for document in tracked["documents"]] == ["ktp"]


def test_everything_that_is_wrong_is_said_at_once_with_pointers_in_both_languages(client: TestClient) -> None:
    wrong = {
        **ANSWERS,
        "lantai": 13,
        "modal": -1,
        "luas": Decimal("40.505"),
        "mulai": "2026-02-30",
        "bentuk": "koperasi",
        "alat": [],
        "nik": "5371014506850000",
        "telepon": "abc",
        "buka_24_jam": "ya",
        "penjaga": [{"nama": 5, "bersertifikat": True}],
    }
    wrong.pop("nama")
    answer = client.post(DECIDE, content=json.dumps({"answers": wrong}, default=float), headers=JSON)
    assert answer.status_code == 422
    said = {error["pointer"].removeprefix("/answers"): error["message"] for error in answer.json()["errors"]}
    assert said == {
        "/lantai": "Jumlah lantai: paling banyak 12",
        "/modal": "Modal usaha: paling sedikit Rp0",
        "/luas": "Luas ruangan: paling banyak 2 angka di belakang koma",
        "/mulai": "Mulai usaha: isilah dengan tanggal yang ada, misalnya 17 Agustus 2026",
        "/bentuk": "Bentuk usaha: pilihlah satu dari yang tersedia",
        "/buka_24_jam": "Buka 24 jam: pilihlah ya atau tidak",
        "/nik": "NIK: NIK terdiri atas 16 angka, seperti tertulis di KTP",
        "/telepon": "Telepon: nomor telepon diawali 0 atau +62, misalnya 081234567890",
        "/penjaga/0/nama": "Penjaga 1, Nama penjaga: isilah dengan tulisan",
    }
    status, problem = submit(client, answers={**ANSWERS, "lantai": 13, "nama": " "})
    assert status == 422
    assert faults(problem) == [("/answers/lantai", "too_large"), ("/answers/nama", "required")]
    errors = problem["errors"]
    assert isinstance(errors, list)
    assert errors[1]["message_en"] == "Full name: not answered yet"


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({"status": "terbit"}, "/answers/status", "unknown"),
        ({"biaya": 0}, "/answers/biaya", "unknown"),
        ({"__proto__": 1}, "/answers/__proto__", "unknown"),
        ({"a/b~c": 1}, "/answers/a~1b~0c", "unknown"),
        ({"jumlah_penjaga": 9}, "/answers/jumlah_penjaga", "computed"),
        ({"penjaga": [{"nama": "A", "bersertifikat": False, "peran": "x"}]}, "/answers/penjaga/0/peran", "unknown"),
        ({"nama": "Maria\u202eereB"}, "/answers/nama", "strange_sign"),
        ({"nama": "Ma\u0000ria"}, "/answers/nama", "strange_sign"),
        ({"nik": "\u0665" * 16}, "/answers/nik", "wrong_form"),
        ({"nik": "5371014506850003\n"}, "/answers/nik", "wrong_form"),
        ({"penjaga": [{"nama": "A\u200bB", "bersertifikat": False}]}, "/answers/penjaga/0/nama", "strange_sign"),
    ],
)
def test_what_a_client_may_not_send_is_refused_by_its_place(
    client: TestClient, sent: dict[str, object], pointer: str, code: str
) -> None:
    body = json.dumps({"answers": {**ANSWERS, **sent}})
    answer = client.post(SUBMIT, content=body, headers={**KEY, **JSON})
    assert answer.status_code == 422
    assert faults(answer.json()) == [(pointer, code)]


def test_answers_to_questions_that_are_not_asked_are_dropped(client: TestClient) -> None:
    filed = submit(client, answers={**ANSWERS, "nib": "1234567890123"}, files=[give(client)])
    assert filed[0] == 201
    plain = client.post(DECIDE, json={"answers": ANSWERS}).json()["decision"]["facts_digest"]
    decision = filed[1]["decision"]
    assert isinstance(decision, dict)
    assert decision["facts_digest"] == plain


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"answers": {}, "answers": {"nama": "x"}}', "json_duplicate"),
        (b'{"answers": {"luas": 1, "luas": 2}}', "json_duplicate"),
        (b'{"answers": {"luas": NaN}}', "json_number"),
        (b'{"answers": {"luas": -Infinity}}', "json_number"),
        (b'{"answers": {"luas": 1e999999}}', "json_number"),
        (b'{"answers": {"luas": ' + b"9" * 5000 + b"}}", "json_number"),
        (b'{"answers": {"luas": 1' + b"0" * 200 + b".5}}", "json_number"),
        (b"[" * 100_000, "json_depth"),
        (b'{"answers": ' * 50_000, "json_depth"),
        ('{"answers": {}}'.encode("utf-16"), "json_encoding"),
        (b'{"answers": {"nama": "\xff"}}', "json_encoding"),
        (b'{"answers": {"nama": "Ma\\ud800ria"}}', "json_encoding"),
        (b'{"answers": {"\\uDC00": 1}}', "json_encoding"),
        (b'{"answers": {}} x', "json_syntax"),
        (b"", "json_syntax"),
        (b"{'answers': {}}", "json_syntax"),
    ],
)
def test_a_body_that_is_not_plain_json_is_refused(client: TestClient, body: bytes, code: str) -> None:
    answer = client.post(DECIDE, content=body, headers=JSON)
    assert answer.status_code == 400
    assert faults(answer.json()) == [("", code)]
    assert answer.json()["detail"] != answer.json()["detail_en"]


@pytest.mark.parametrize("body", ["[]", "1", '"x"', "null", "{}", '{"answers": []}', '{"answers": {}, "harga": 1}'])
def test_a_body_of_another_shape_is_refused(client: TestClient, body: str) -> None:
    answer = client.post(DECIDE, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:satupintu:problem:body")
    assert all(error["message"] != error["message_en"] for error in answer.json()["errors"])


def test_numbers_stay_exact(client: TestClient) -> None:
    body = '{"answers": {"luas": 1234.10, "penjaga": [{"nama": "A"}]}}'
    bill = client.post(DECIDE, content=body, headers=JSON).json()["decision"]["bill"]
    assert bill["exact"] == {"pecahan": "1851150"}
    answer = client.post(DECIDE, content='{"answers": {"luas": 40.10000000000000001}}', headers=JSON)
    assert faults(answer.json()) == [("/answers/luas", "too_many_digits")]


def test_bodies_have_a_limit_told_or_untold(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, Limits(api_body=1000, upload_body=5000))
    with TestClient(api_app(settings)) as client:
        long = json.dumps({"answers": {"nama": "x" * 2000}}).encode()

        def parts() -> Iterator[bytes]:
            for at in range(0, len(long), 100):
                yield long[at : at + 100]

        told = client.post(DECIDE, content=long, headers=JSON)
        untold = client.post(DECIDE, content=parts(), headers=JSON)
        file = client.post(FILES, data={"document": "ktp"}, files={"file": ("a.jpg", b"x" * 6000, "image/jpeg")})
    assert [answer.status_code for answer in (told, untold, file)] == [413, 413, 413]
    assert {answer.json()["type"] for answer in (told, untold, file)} == {"urn:satupintu:problem:too_large"}


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api", 404, None),
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/api/kota-lain/izin", 404, "not_found"),
        ("GET", f"{LIST}/tidak-ada/skema", 404, "not_found"),
        ("GET", f"/api/{CITY}/pengajuan/UJI-2026-000001", 404, "not_found"),
        ("GET", f"/api/{CITY}/..%2f..%2fetc/passwd", 404, "not_found"),
        ("DELETE", LIST, 405, "method"),
        ("GET", SUBMIT, 405, "method"),
        ("POST", TRACK, 415, "media_type"),
        ("POST", FILES, 415, "media_type"),
    ],
)
def test_every_refusal_has_the_one_shape(
    client: TestClient, method: str, path: str, status: int, kind: str | None
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    if kind is not None:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == f"urn:satupintu:problem:{kind}"
        assert answer.json()["title"]
        assert answer.json()["title_en"]


def test_a_foreign_number_and_an_absent_one_get_the_same_answer(client: TestClient) -> None:
    filed = submit(client, files=[give(client)])[1]
    foreign = client.post(TRACK, json={"nomor": filed["nomor"], "code": "A" * 24})
    absent = client.post(TRACK, json={"nomor": "UJI-2026-999999", "code": "A" * 24})
    malformed = client.post(TRACK, json={"nomor": "x", "code": "y"})
    assert foreign.status_code == absent.status_code == malformed.status_code == 404
    assert foreign.content == absent.content == malformed.content


def test_too_many_tries_are_told_to_wait(client: TestClient) -> None:
    answers = [client.post(TRACK, json={"nomor": "UJI-2026-000001", "code": "A" * 24}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [404] * 5 + [429]
    assert answers[-1].json()["type"] == "urn:satupintu:problem:too_many"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 900


def test_cookies_are_ignored_and_none_is_set(client: TestClient) -> None:
    answer = client.post(TRACK, json={"nomor": "x", "code": "y"}, headers={"Cookie": "__Host-sp=abc"})
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_another_version_than_the_one_in_force_is_refused_and_the_right_one_named(client: TestClient) -> None:
    status, problem = submit(client, version="2025-01-01", files=[give(client)])
    assert (status, problem["type"], problem["version"]) == (409, "urn:satupintu:problem:version", "2026-01-01")
    assert submit(client, version="2026-01-01", files=[give(client)])[0] == 201


@pytest.mark.parametrize(
    ("data", "pointer"),
    [({"document": "surat-lain"}, "/document"), ({"document": "ktp", "item": "-1"}, "/item"), ({}, None)],
)
def test_a_file_for_no_document_is_refused(client: TestClient, data: dict[str, str], pointer: str | None) -> None:
    answer = client.post(FILES, data=data, files={"file": ("ktp.jpg", picture(), "image/jpeg")})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:satupintu:problem:body")
    assert [place for place, _ in faults(answer.json())] == ([] if pointer is None else [pointer])


def test_a_file_that_is_not_what_it_says_is_refused_in_words(client: TestClient) -> None:
    answer = client.post(FILES, data={"document": "ktp"}, files={"file": ("ktp.pdf", picture(), "application/pdf")})
    assert answer.status_code == 422
    assert answer.json()["detail"] == (
        "isi berkas ini JPEG, padahal akhiran namanya lain; simpan ulang dengan akhiran yang sesuai"
    )


def test_the_openapi_document_names_every_operation_and_its_problems(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    named = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert named == {
        "GET /api/{daerah}/izin",
        "GET /api/{daerah}/izin/{izin}/skema",
        "GET /api/{daerah}/izin/{izin}/standar",
        "POST /api/{daerah}/izin/{izin}/keputusan",
        "POST /api/{daerah}/izin/{izin}/pengajuan",
        "POST /api/{daerah}/berkas",
        "POST /api/{daerah}/lacak",
    }
    assert document["openapi"] == "3.1.0"
    references = {part.split('"')[0] for part in json.dumps(document).split('"#/components/schemas/')[1:]}
    assert references <= set(document["components"]["schemas"])
    openapi.from_dict(document).validate()  # against the schema of OpenAPI 3.1 itself


@pytest.mark.parametrize(
    ("path", "allowed"), [(LIST, "GET, HEAD"), (SUBMIT, "POST"), ("/api/openapi.json", "GET, HEAD")]
)
def test_a_method_that_is_not_served_is_told_which_are(client: TestClient, path: str, allowed: str) -> None:
    assert client.options(path).headers["allow"] == allowed
    assert client.head(path).status_code == (200 if "HEAD" in allowed else 405)


def test_the_access_log_has_no_code_no_query_and_nothing_anybody_typed(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = give(client)
    answers = {**ANSWERS, "nama": "Canary Nama", "nik": "5371014506850123", "telepon": "081299988877"}
    filed = submit(client, answers=answers, files=[file])[1]
    client.post(TRACK, json={"nomor": filed["nomor"], "code": filed["code"]})
    client.post(f"{TRACK}?code={filed['code']}", json={"nomor": filed["nomor"], "code": "Canary Kode"})
    submit(client, {"Idempotency-Key": "canary-key-0123456789"}, answers={**answers, "nama": "Canary\u202eSalah"})
    client.get(f"{LIST}/x%0AINFO%20palsu")
    # the test's own client says what it asks for
    said = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert f"POST {TRACK} 200" in said
    assert "x%0AINFO%20palsu 404" in said
    secrets = ["Canary", "5371014506850123", "081299988877", str(filed["code"]), "canary-key", "ktp.jpg", file]
    assert [secret for secret in secrets if secret in said] == []


def test_what_was_filed_is_answered_the_same_after_its_permit_has_ended(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with TestClient(api_app(settings)) as client:
        body = {"answers": ANSWERS, "files": [give(client)]}
        first = client.post(SUBMIT, json=body, headers=KEY)
        assert first.status_code == 201
    before_it_began = replace(settings, clock_starts=datetime(2025, 12, 1, tzinfo=UTC))
    with TestClient(api_app(before_it_began)) as client:
        again = client.post(SUBMIT, json=body, headers=KEY)
        other = client.post(SUBMIT, json=body, headers={"Idempotency-Key": "another-key-0123456789"})
    assert (again.status_code, again.content) == (201, first.content)
    assert other.status_code == 404
