"""The whole product: every route that names a case, asked by every post of Kupang, by applicants, and by nobody.

The expectation is made of the matrix and of who is asked about the case, written here apart from `reach`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from generator.model import Catalog
from runtime.people.act import Act
from runtime.people.actor import Officer as Actor
from runtime.people.actor import Post, Relation
from runtime.people.matrix import may
from runtime.people.posts import posts_of
from runtime.people.route_acts import act_of
from tests.kupang_office import CITY, kupang_catalog, published
from tests.office_visitor import another
from tests.officer import Officer, ServedOffice, hidden, served_office
from tests.site_routes import every_route

ABSENT = "KPG-2026-999999"
NAMING = [(method, path) for method, path in every_route() if "{nomor}" in path]
OFFICE_ROUTES = [route for route in NAMING if route[1].startswith("/{city}/kantor/")]
APPLICANT_ROUTES = [route for route in NAMING if route not in OFFICE_ROUTES]
SEEN_BY_THE_WHOLE_CITY = {"front_office", "verifikator", "kepala", "auditor"}


@dataclass(frozen=True, slots=True)
class Kupang:
    office: ServedOffice
    nomor: str
    posts: tuple[Post, ...]

    def standing(self, held: Post) -> Relation:
        """Say how a post stands to the case, by the desks that were asked: the front's, pupr, dlhk and dishub."""
        asked = {(desk.agency, desk.role) for desk in self.office.kupang.state(self.nomor).desks}
        if (held.agency, held.role) in asked or (held.agency, None) in asked:
            return Relation.ASSIGNED
        return Relation.AGENCY if held.agency in {agency for agency, _ in asked} else Relation.CITY


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def kupang(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kupang]:
    releases = published(tmp_path_factory.mktemp("rilis"), catalog)
    with served_office(tmp_path_factory.mktemp("data"), releases, catalog) as office:
        nomor = office.kupang.file()
        office.through_completeness(nomor)
        yield Kupang(office, nomor, posts_of(office.visitor.serving.releases.current.cities[CITY].city))


def address(path: str, nomor: str, city: str = CITY) -> str:
    return re.sub(r"\{[^}]*\}", "1", path.replace("{city}", city).replace("{nomor}", nomor))


def status(client: TestClient, method: str, path: str, token: str = "") -> int:
    form = {"token": token} if method == "POST" else None
    return client.request(method, path, data=form, follow_redirects=False).status_code


def test_each_post_reaches_of_a_case_what_the_matrix_says_and_nothing_else(kupang: Kupang) -> None:
    assert {kupang.standing(held) for held in kupang.posts} == {Relation.ASSIGNED, Relation.AGENCY, Relation.CITY}
    for held in kupang.posts:
        officer = kupang.office.at(held)
        actor, standing = Actor(CITY, officer.nip, held, held.agency == "dpmptsp"), kupang.standing(held)
        sees = may(actor, Act.READ_CASE, standing)
        token = hidden(officer.open("akun").text)["token"]
        for method, path in OFFICE_ROUTES:
            act = act_of(method, path)
            assert act is not None
            found = status(officer.client, method, address(path, kupang.nomor), token)
            if not sees or not may(actor, act, standing):
                assert found in ({403, 404} if sees else {404}), (held, method, path, found)
            elif path == "/{city}/kantor/berkas/{nomor}":
                assert found == 200, (held, method, path, found)
            else:
                assert found < 500, (held, method, path, found)
            assert status(officer.client, method, address(path, ABSENT), token) == 404, (held, method, path)


def test_a_foreign_case_and_an_absent_one_are_answered_by_the_same_page(kupang: Kupang) -> None:
    strangers = [held for held in kupang.posts if kupang.standing(held) is Relation.CITY]
    strangers = [held for held in strangers if held.role not in SEEN_BY_THE_WHOLE_CITY or held.agency != "dpmptsp"]
    compared = 0
    for officer in (kupang.office.at(held) for held in strangers if held.role != "auditor"):
        for method, path in OFFICE_ROUTES:
            if method == "GET":
                foreign, absent = (officer.client.get(address(path, one)) for one in (kupang.nomor, ABSENT))
                assert foreign.status_code == absent.status_code == 404
                assert foreign.text.replace(kupang.nomor, ABSENT) == absent.text
                assert dict(foreign.headers) == dict(absent.headers)
                compared += 1
    assert compared > 50


@pytest.mark.parametrize("who", ["nobody", "an officer of another city", "an applicant"])
def test_nobody_else_reaches_a_case_by_a_route_of_the_office(kupang: Kupang, who: str) -> None:
    client = another(kupang.office.visitor.client)
    city, expected = CITY, 303
    if who == "an officer of another city":
        client, city, expected = kupang.office.at(Post("dpmptsp", "kepala")).client, "kota-lain", 404
    if who == "an applicant":
        client = applicant(kupang, kupang.nomor)
    for method, path in OFFICE_ROUTES:
        answer = client.request(method, address(path, kupang.nomor, city), follow_redirects=False)
        assert answer.status_code == expected, (method, path)
        assert expected != 303 or answer.headers["location"].startswith(f"/{CITY}/kantor/masuk"), path


def test_an_applicant_reaches_the_own_case_and_of_others_as_much_as_of_none(kupang: Kupang) -> None:
    assert APPLICANT_ROUTES
    own = kupang.office.kupang.file()
    client = applicant(kupang, own)
    personal = [str(kupang.office.kupang.case(kupang.nomor).answers[name]) for name in ("nama", "nik")]
    for method, path in APPLICANT_ROUTES:
        if method != "GET":
            token = "x"
            foreign, absent = (status(client, method, address(path, one), token) for one in (kupang.nomor, ABSENT))
            assert foreign == absent, (method, path)
            continue
        foreign_page, absent_page = (
            client.get(address(path, one), follow_redirects=False) for one in (kupang.nomor, ABSENT)
        )
        assert foreign_page.status_code == absent_page.status_code != 200, path
        assert foreign_page.text.replace(kupang.nomor, ABSENT) == absent_page.text, path
        assert not [value for value in personal if value in foreign_page.text], path
        opened = client.get(address(path, own), follow_redirects=False)
        assert "/lacak" not in opened.headers.get("location", ""), path  # not asked for nomor and code again
        assert opened.status_code in {200, 303, 404}, path


def test_an_officer_is_no_applicant(kupang: Kupang) -> None:
    officer: Officer = kupang.office.at(Post("dpmptsp", "kepala"))
    for method, path in APPLICANT_ROUTES:
        if method == "GET":
            answer = officer.client.get(address(path, kupang.nomor), follow_redirects=False)
            assert answer.status_code != 200, path


def applicant(kupang: Kupang, nomor: str) -> TestClient:
    """Return a browser in which nomor and code were given."""
    client = another(kupang.office.visitor.client)
    page = client.get(f"/{CITY}/lacak").text
    code = kupang.office.kupang.store.submissions.code(CITY, nomor)
    answer = client.post(f"/{CITY}/lacak", data={**hidden(page), "nomor": nomor, "kode": code})
    assert nomor in answer.text
    return client
