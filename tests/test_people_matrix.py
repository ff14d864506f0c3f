"""Who may do what: the product of acts, roles and relations beside a table written apart, and every route in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from runtime.people.act import FRESH, Act
from runtime.people.actor import Actor, Anybody, Applicant, Officer, Post, Relation, Role, role_of
from runtime.people.matrix import MATRIX, Sight, act_at_desk, may, may_ever, sight
from runtime.people.posts import posts_of
from runtime.people.route_acts import ROUTE_ACTS, act_of
from tests.office_visitor import Visitor, nip_of, office_in
from tests.sample_office import CITY
from tests.sample_permit import sample_city
from tests.site_routes import ANY, every_route

# One row for each act, one column for each role: o own, d a desk of the own post, a of the own agency, c all of the
# city, * whatever there is, - nothing. What reaches further includes what is nearer: a is d too, c is a and d.
COLUMNS = "publik pemohon fo bo tim kepala-inst verif kepala bend peng admin kat aud"
TABLE = """
browse               *  *  *  *  *  *  *  *  *  *  *  *  *
check_permit         *  *  *  *  *  *  *  *  *  *  *  *  *
public_figures       *  *  *  *  *  *  *  *  *  *  *  *  *
open_by_code         *  *  *  *  *  *  *  *  *  *  *  *  *
object               *  *  *  *  *  *  *  *  *  *  *  *  *
bank_callback        *  *  *  *  *  *  *  *  *  *  *  *  *
sign_in              *  *  *  *  *  *  *  *  *  *  *  *  *
apply                c  co -  -  -  -  -  -  -  -  -  -  -
read_receipt         -  o  -  -  -  -  -  -  -  -  -  -  -
repair               -  o  -  -  -  -  -  -  -  -  -  -  -
withdraw             -  o  -  -  -  -  -  -  -  -  -  -  -
pay                  -  o  -  -  -  -  -  -  -  -  -  -  -
fetch_product        -  o  c  -  -  -  -  c  -  -  -  -  c
complain             c  co -  -  -  -  -  -  -  -  -  -  -
own_desk             -  -  c  c  c  c  c  c  c  c  c  c  c
list_cases           -  -  c  c  c  c  c  c  c  -  -  -  c
read_case            -  o  c  d  d  a  c  c  a  -  -  -  c
read_document        -  o  c  d  d  a  c  c  -  -  -  -  c
note                 -  -  c  d  d  a  c  c  -  -  -  -  -
work                 -  -  d  d  d  d  d  d  d  -  -  -  -
hand_over            -  -  c  d  -  -  -  -  -  -  -  -  -
pause                -  -  d  d  d  a  d  d  d  -  -  -  -
decide_anew          -  -  c  -  -  -  c  c  -  -  -  -  -
assist               -  -  c  -  -  -  -  -  -  -  -  -  -
answer_objection     -  -  d  d  d  d  d  d  -  -  -  -  -
verify               -  -  d  -  -  -  d  -  -  -  -  -  -
recommend            -  -  -  -  d  d  -  -  -  -  -  -  -
countersign          -  -  -  -  -  a  -  -  -  -  -  -  -
initial              -  -  -  d  -  -  c  -  -  -  -  -  -
approve              -  -  -  -  -  -  -  d  -  -  -  -  -
sign                 -  -  -  -  -  -  -  d  -  -  -  -  -
assign               -  -  -  -  -  a  c  c  -  -  -  -  -
propose_revoke       -  -  -  -  d  a  -  -  -  -  -  -  -
revoke               -  -  -  -  -  -  -  c  -  -  -  -  -
list_bills           -  -  -  -  -  -  -  c  c  -  -  -  c
read_bill            -  o  c  -  d  a  c  c  a  -  -  -  c
receive_cash         -  -  -  -  -  -  -  -  a  -  -  -  -
propose_waiver       -  -  -  -  d  -  c  -  -  -  -  -  -
waive_first          -  -  -  -  -  -  -  -  a  -  -  -  -
waive_second         -  -  -  -  -  -  -  c  -  -  -  -  -
return_money         -  -  -  -  -  -  -  -  a  -  -  -  -
handle_complaint     -  -  -  -  -  -  -  -  -  c  -  -  -
answer_complaint     -  -  -  -  d  a  -  -  -  -  -  -  -
oversee_complaint    -  -  -  -  -  -  -  c  -  -  -  -  c
read_people          -  -  -  -  -  -  -  -  -  -  c  -  c
propose_people       -  -  -  -  -  -  -  -  -  -  c  -  -
approve_people       -  -  -  -  -  -  -  -  -  -  c  -  -
propose_catalog      -  -  -  -  -  -  -  -  -  -  -  c  -
approve_catalog      -  -  -  -  -  -  -  c  -  -  -  -  -
read_catalog_change  -  -  -  -  -  -  -  c  -  -  -  c  c
read_audit           -  -  -  -  -  -  -  -  -  -  -  -  c
export               -  -  -  -  -  -  -  -  -  -  -  -  c
see_alarms           -  -  -  -  -  -  c  c  -  -  c  -  c
answer_alarm         -  -  -  -  -  -  c  c  -  -  c  -  -
figures              -  -  -  -  -  c  c  c  -  -  -  -  c
"""
REACHES = {
    "-": set(),
    "o": {Relation.OWN},
    "d": {Relation.ASSIGNED},
    "a": {Relation.ASSIGNED, Relation.AGENCY},
    "c": {Relation.ASSIGNED, Relation.AGENCY, Relation.CITY},
    "*": set(Relation),
}
ROWS = {name: cells for name, *cells in (line.split() for line in TABLE.strip().splitlines())}

ACTORS: dict[Role, Actor] = {
    Role.PUBLIC: Anybody(CITY),
    Role.APPLICANT: Applicant(CITY, "x"),
    Role.FRONT_OFFICE: Officer(CITY, "1", Post("dpmptsp", "front_office"), door=True),
    Role.BACK_OFFICE: Officer(CITY, "2", Post("dpmptsp", "back_office"), door=True),
    Role.REVIEWER: Officer(CITY, "3", Post("dinkes", "tim_teknis"), door=False),
    Role.AGENCY_HEAD: Officer(CITY, "4", Post("dinkes", "kepala"), door=False),
    Role.VERIFIER: Officer(CITY, "5", Post("dpmptsp", "verifikator"), door=True),
    Role.DOOR_HEAD: Officer(CITY, "6", Post("dpmptsp", "kepala"), door=True),
    Role.TREASURER: Officer(CITY, "7", Post("bapenda", "bendahara"), door=False),
    Role.COMPLAINTS: Officer(CITY, "8", Post("dpmptsp", "pengaduan"), door=True),
    Role.ADMIN: Officer(CITY, "9", Post("dpmptsp", "admin"), door=True),
    Role.CATALOG_KEEPER: Officer(CITY, "10", Post("dpmptsp", "pengelola_katalog"), door=True),
    Role.AUDITOR: Officer(CITY, "11", Post("inspektorat", "auditor"), door=False),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with office_in(tmp_path_factory.mktemp("kantor")) as visitor:
        yield visitor


def test_every_act_has_its_row_and_every_role_its_column() -> None:
    assert set(ROWS) == {act.value for act in Act} == {act.value for act in MATRIX}
    assert len(COLUMNS.split()) == len(Role)
    assert {len(cells) for cells in ROWS.values()} == {len(Role)}
    assert [role_of(ACTORS[role]) for role in Role] == list(Role)


@pytest.mark.parametrize("act", list(Act))
def test_each_role_may_do_an_act_where_the_table_says_so_and_nowhere_else(act: Act) -> None:
    for role, cell in zip(Role, ROWS[act.value], strict=True):
        allowed: set[Relation] = set().union(*(REACHES[letter] for letter in cell))
        for relation in Relation:
            assert may(ACTORS[role], act, relation) == (relation in allowed), (role, relation)
        assert may_ever(ACTORS[role], act) == bool(allowed)


def test_nobody_of_another_city_or_agency_works_on_a_case() -> None:
    for (role, actor), act in product(ACTORS.items(), Act):
        if act.value not in {name for name, cells in ROWS.items() if set(cells) == {"*"}}:
            assert not may(actor, act, Relation.FOREIGN), (role, act)


def test_a_role_that_nobody_knows_reviews_at_its_own_agency_and_does_nothing_at_the_door() -> None:
    teller = Officer(CITY, "12", Post("bank-ntt", "teller"), door=False)
    assert role_of(teller) is Role.REVIEWER
    assert may(teller, Act.RECOMMEND, Relation.ASSIGNED)
    assert not may(teller, Act.READ_CASE, Relation.CITY)
    assert not may(teller, Act.SIGN, Relation.ASSIGNED)


def test_a_head_of_another_agency_is_not_the_head_of_the_door() -> None:
    assert not may(ACTORS[Role.AGENCY_HEAD], Act.SIGN, Relation.ASSIGNED)
    assert act_at_desk(ACTORS[Role.AGENCY_HEAD], signing=True) is Act.RECOMMEND
    assert act_at_desk(ACTORS[Role.DOOR_HEAD], signing=True) is Act.SIGN
    assert act_at_desk(ACTORS[Role.DOOR_HEAD], signing=False) is Act.APPROVE
    assert act_at_desk(ACTORS[Role.ADMIN], signing=True) is None


def test_a_reviewer_sees_no_telephone_a_treasurer_the_bill_and_an_administrator_nothing() -> None:
    seen = {role: sight(actor) for role, actor in ACTORS.items()}
    assert seen[Role.REVIEWER] is seen[Role.AGENCY_HEAD] is Sight.NO_CONTACT
    assert seen[Role.TREASURER] is Sight.BILL
    blind = {role for role, how in seen.items() if how is Sight.NOTHING}
    assert blind == {Role.PUBLIC, Role.COMPLAINTS, Role.ADMIN, Role.CATALOG_KEEPER}


def test_what_matters_most_wants_a_fresh_proof() -> None:
    assert {Act.SIGN, Act.REVOKE, Act.WAIVE_FIRST, Act.WAIVE_SECOND, Act.APPROVE_PEOPLE, Act.EXPORT} <= FRESH
    assert not FRESH & {Act.READ_CASE, Act.RECOMMEND, Act.VERIFY, Act.OWN_DESK}


def test_every_route_names_its_act_and_no_act_names_a_route_that_is_gone() -> None:
    routes = every_route()
    assert len(routes) == len(set(routes))
    assert {route for route in routes if act_of(*route) is None} == set()
    assert set(ROUTE_ACTS) - set(routes) == set()
    assert act_of("GET", "/{city}/kantor/rahasia") is None
    assert act_of("DELETE", "/{city}/kantor/akun") is None


OFFICE_ROUTES = [
    (method, path) for method, path in every_route() if path.startswith("/{city}/kantor") and method != ANY
]


def asked(visitor: Visitor, method: str, path: str, city: str, token: str) -> int:
    """Ask a route of the office, with made-up numbers in its address, and return the status."""
    address = re.sub(r"\{[^}]*\}", "1", path.replace("{city}", city))
    form = {"token": token} if method == "POST" else None
    return visitor.client.request(method, address, data=form, follow_redirects=False).status_code


@pytest.mark.parametrize("held", posts_of(sample_city()), ids=lambda held: f"{held.agency}.{held.role}")
def test_a_post_reaches_the_routes_of_its_acts_and_no_other(office: Visitor, held: Post) -> None:
    office = office.away()
    office.enter(held)
    actor = Officer(CITY, nip_of(held), held, held.agency == "dpmptsp")
    for method, path in OFFICE_ROUTES:
        act = act_of(method, path)
        assert act is not None
        if path.endswith(("/keluar", "/keluar-semua")) or act is Act.SIGN_IN:
            continue
        status = asked(office, method, path, CITY, "x" if method == "POST" else "")
        allowed = may_ever(actor, act)
        assert status in ({200, 303, 403, 404, 409, 422} if allowed else {404}), (method, path, status)
        if method == "POST" and allowed:
            assert status in {403, 404, 415}, (method, path, status)  # the token was none


@pytest.mark.parametrize("who", ["nobody", "half way in", "of another city"])
def test_whoever_is_not_in_is_led_to_the_login_by_every_route(office: Visitor, who: str) -> None:
    office = office.away()
    city = CITY
    if who == "half way in":
        office.password(nip_of(Post("dpmptsp", "front_office")))
    if who == "of another city":
        office.enter(Post("dpmptsp", "admin"))
        city = "kota-lain"
    for method, path in OFFICE_ROUTES:
        if act_of(method, path) is Act.SIGN_IN:
            continue
        status = asked(office, method, path, city, "x")
        assert status == (404 if city != CITY else 303), (method, path)
