"""A case that is billed the moment it is filed has its bill in the book like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from generator.build import build, publish
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from runtime.cases.open_case import BILL
from runtime.money.bill_record import BillStatus, standing
from runtime.money.sums import faults
from tests.office_visitor import visiting
from tests.sample_office import CITY, settings_for
from tests.sample_permit import sample_city, sample_permit
from tests.test_api import give, submit


def only_a_signature(folder: Path) -> Path:
    """Publish the sample permit with nothing on its way but the signature, which money comes before."""
    city, permit = sample_city(), sample_permit()
    signing = replace(permit.stages[-1], signature=True)
    version = PermitVersion(replace(permit, stages=(signing,)), Places("izin/warung/2026-01-01.yaml", {}))
    catalog = Catalog({city.code: CityCatalog(city, {}, {permit.code: (version,)}, (), {})})
    publish(folder, build(catalog, folder))
    return folder


def test_a_bill_that_is_issued_with_the_filing_is_in_the_book(tmp_path: Path) -> None:
    only_a_signature(tmp_path / "rilis")
    with visiting(settings_for(tmp_path)) as visitor:
        assert isinstance(visitor.client, TestClient)
        status, filed = submit(visitor.client, files=[give(visitor.client)])
        assert status == 201, filed
        nomor = str(filed["nomor"])
        store, casework = visitor.serving.store, visitor.serving.casework
        record = store.database.read(lambda connection: standing(connection, CITY, nomor))
        case = casework.open(CITY, nomor)
        assert record is not None
        assert case is not None
        assert (record.due, record.status, case.state.status) == (60_750, BillStatus.OPEN, "pembayaran")
        lines = case.private[record.seq][BILL]
        assert isinstance(lines, dict)
        assert lines["due"] == 60_750
        assert store.database.read(lambda connection: list(faults(connection, CITY))) == []
