"""Transitions that the engine can not hold are named when a catalog is checked, and refused before they are served."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.build import build
from generator.checks.run01_engine_limit import check, path_of
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.condition.tree import Every, Not, OneOf
from rules.decider import Decider
from rules.kind import Kind
from rules.lifecycle import Lifecycle
from rules.limit import Limit, RefusedError, limits
from rules.permit import Permit
from rules.ruleset import conditions_of, fact_fields
from rules.table import Row, Table
from rules.transition import transition_fields, transition_rules
from runtime.release import BrokenReleaseError
from runtime.releases import canary
from tests.kupang_office import kupang_catalog
from tests.sample_permit import sample_city, sample_permit

CATALOG = Path(__file__).parent.parent / "catalog"


def most(code: str) -> Every:
    """Return as many tests as the engine takes in one rule: state and event of a transition are two too many."""
    return Every(tuple(Not(OneOf(code, Kind.INTEGER, (n,))) for n in range(20, 499)))


def crowded(permit: Permit, question: str) -> Permit:
    """Return a permit in which the agencies' approval leads on under that many tests of a question."""
    stages = tuple(
        replace(stage, approved=Table((Row(stage.approved.rows[0].value, most(question)),)))
        if stage.code == "teknis" and stage.approved is not None
        else stage
        for stage in permit.stages
    )
    return replace(permit, stages=stages)


@pytest.fixture(scope="module")
def kupang() -> Catalog:
    return kupang_catalog()


def test_a_way_on_that_only_the_transitions_can_not_hold_is_a_finding_at_its_stage(kupang: Catalog) -> None:
    town = kupang.cities["kota-kupang"]
    version = town.permits["pbg"][-1]
    changed = replace(version, permit=crowded(version.permit, "jumlah_lantai"))
    cities = {"kota-kupang": replace(town, permits={"pbg": (changed,)})}
    (found,) = check(replace(kupang, cities=cities))
    assert found.code == "RUN-01"
    assert found.at.place == version.places.find("alur", "teknis", "setuju", 0)
    assert found.says.arguments["found"] == "482"


def test_the_conditions_of_the_permit_itself_hold_what_its_transitions_can_not() -> None:
    permit = crowded(sample_permit(), "lantai")
    assert limits(conditions_of(permit), fact_fields(permit)) == ()
    (over,) = limits(transition_rules(permit), transition_fields(permit))
    assert (over.limit, over.rule, over.found) == (Limit.CONDITIONS, "transisi/teknis/setuju/0", 482)
    decider = Decider(permit, sample_city())
    with pytest.raises(RefusedError, match="transisi/teknis/setuju/0: 482 conditions"):
        Lifecycle(decider)
    decider.close()


def test_a_release_whose_transitions_the_engine_can_not_hold_is_never_served(tmp_path: Path) -> None:
    town, permit = sample_city(), sample_permit()
    for each, refused in ((permit, False), (crowded(permit, "lantai"), True)):
        version = PermitVersion(each, Places("izin/warung/2026-01-01.yaml", {}))
        digest = build(Catalog({town.code: CityCatalog(town, {}, {each.code: (version,)}, (), {})}), tmp_path)
        if refused:
            with pytest.raises(BrokenReleaseError, match="transisi/teknis/setuju/0: 482 conditions"):
                canary(tmp_path / digest)
        else:
            canary(tmp_path / digest)


def test_a_rule_of_the_transitions_is_placed_at_its_stage() -> None:
    assert path_of(sample_permit(), "transisi/teknis/setuju/1") == ("alur", "teknis", "setuju", 1)
    assert path_of(sample_permit(), "transisi/teknis/kembali") == ("alur", "teknis", "kembali")
