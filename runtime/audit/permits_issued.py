"""Permits: one of each product for an application, numbers without gaps, signed by who did not recommend (I6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from rules.case_event import DeskAnswered, Issued, Signed, Verdict
from rules.case_state import ISSUED, REFUSAL_LETTER, REFUSED, REVOKED, AtStage, CaseState
from rules.permit import Permit
from rules.product_standing import stands
from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.product import register
from runtime.product.register_audit import register_faults
from runtime.product.tables import issued


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Look at the register of a city."""
    keys = audited.statements
    for fault in audited.store.database.read(lambda connection: tuple(register_faults(connection, daerah, keys))):
        yield Breach("I6", daerah, fault.of, fault.kind.value)


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Compare what a case has issued with the register."""
    daerah, nomor = case.key.daerah, case.key.nomor
    if not case.states:
        return
    state = case.states[-1]
    issues = [one for one in case.happened if isinstance(one.event, Issued)]
    if len(issues) > 1:
        yield Breach("I6", daerah, nomor, f"issued {len(issues)} times")
    columns = (issued.c.product, issued.c.item, issued.c.number, issued.c.state, issued.c.pdf_sha256)
    query = select(*columns).where(issued.c.daerah == daerah, issued.c.nomor == nomor)
    rows = audited.store.database.read(lambda connection: connection.execute(query).all())
    live = [row for row in rows if row.state == "berlaku"]
    found = audited.permit(case)
    if found is not None and (state.sent_out or state.taken_back):
        entries = audited.store.database.read(lambda connection: register.of_case(connection, daerah, nomor))
        yield from (Breach("I6", daerah, nomor, said) for said in _otherwise(found.permit, state, entries))
        return
    if live and state.status not in (ISSUED, "ditolak"):
        yield Breach("I6", daerah, nomor, f"{len(live)} products are valid of a case that is {state.status}")
    if state.status == REVOKED and any(row.state != "dicabut" for row in rows if row.state != "batal"):
        yield Breach("I6", daerah, nomor, "revoked, and the register does not say so")
    if state.status == ISSUED and state.products:
        said = sorted((one.code, one.number) for one in state.products)
        if said != sorted((str(row.product), str(row.number)) for row in live):
            yield Breach("I6", daerah, nomor, "the register has other products than the case")
        hashes = sorted(one.sha256 for one in state.files)
        if hashes != sorted(str(row.pdf_sha256) for row in live):
            yield Breach("I6", daerah, nomor, "the register has other files than were signed")
    yield from (Breach("I6", daerah, nomor, found) for found in _persons(case))


def _otherwise(permit: Permit, state: CaseState, entries: Sequence[register.Entry]) -> Iterator[str]:
    """Say where the register has another word on a product than the case, some of which went out before its end."""
    known = {(one.numbered.code, one.numbered.item): one for one in entries}
    files = {(one.code, one.item): one.sha256 for one in state.letters}
    for out in state.sent_out:
        files[out.product.code, out.product.item] = "" if out.file is None else out.file.sha256
    for one in state.issued:
        entry = known.pop((one.code, one.item), None)
        if entry is None or entry.number != one.number:
            yield f"{one.number} is issued, and the register has another number"
            continue
        standing = stands(permit, state, one).standing.value
        if entry.state.value != standing:
            yield f"{one.number} is {standing}, and {entry.state} in the register"
        if entry.pdf_sha256 != files.get((one.code, one.item)):
            yield f"the register has another file of {one.number} than was signed"
    for entry in known.values():
        if entry.state in register.OUT and (entry.product, state.status) != (REFUSAL_LETTER, REFUSED):
            yield f"{entry.number} is {entry.state} in the register, and the case has not issued it"


def _signing(state: CaseState) -> bool:
    """Tell whether a desk that answers now is the signatory's, whose answer is the signature."""
    return isinstance(state.position, AtStage) and state.position.signature


def _persons(case: AuditedCase) -> Iterator[str]:
    """Say where a permit has no approval and signature by two persons."""
    if case.states[-1].status not in (ISSUED, REVOKED) and not case.states[-1].sent_out:
        return
    approved = {
        one.by.person
        for before, one in zip(case.states, case.happened[1:], strict=False)
        if isinstance(one.event, DeskAnswered) and one.event.verdict is Verdict.APPROVED and not _signing(before)
    }
    signed = {one.event.person for one in case.happened if isinstance(one.event, Signed)}
    if not approved:
        yield "issued without anybody's approval"
    if approved & signed:
        yield f"approved and signed by {', '.join(sorted(approved & signed))}"
