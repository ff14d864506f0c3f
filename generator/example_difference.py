"""What a decision gives that is not as an example says, part by part; only the parts that are written are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.model import Example
from rules.bill import Bill, Undetermined
from rules.decision import Decision, Desk, Step
from rules.duration import Duration
from rules.printed import printed_rupiah
from rules.words import Words

NONE = Words("tidak ada", "none")
NOT_SETTLED = Words("belum ditentukan", "not determined yet")
FROM_ISSUE = " sejak diterbitkan"  # an example says a length of time by itself
VISITED, NO_TIME, NOTICE = "ditinjau", "tanpa waktu", "pengumuman"


class Difference(NamedTuple):
    """What is not as written: which part, what the example says, what came out."""

    what: Words
    expected: Words
    got: Words


def differences(example: Example, decision: Decision, door: str) -> Iterator[Difference]:
    """Yield each part of `hasil` that a decision does not bear out; only the parts that are written are compared."""
    expected = example.expected
    documents = {document.code for document in decision.documents}
    if "dokumen" in expected and (wanted := set(_texts(expected["dokumen"]))) != documents:
        what = Words("dokumen (yang berbeda saja)", "the documents (only those that differ)")
        yield Difference(what, _listed(sorted(wanted - documents)), _listed(sorted(documents - wanted)))
    bring = {document.code for document in decision.bring}
    if "dibawa" in expected and (wanted := set(_texts(expected["dibawa"]))) != bring:
        what = Words("yang dibawa (yang berbeda saja)", "what is brought (only what differs)")
        yield Difference(what, _listed(sorted(wanted - bring)), _listed(sorted(bring - wanted)))
    agencies = decision.agencies(door)
    if "peninjau" in expected and (reviewers := _texts(expected["peninjau"])) != agencies:
        yield Difference(Words("peninjau", "the reviewers"), _listed(reviewers), _listed(agencies))
    yield from _fees(expected["retribusi"], decision) if "retribusi" in expected else ()
    promise = NOT_SETTLED if decision.promise is None else Words(as_written(decision.promise))
    if "waktu" in expected and (days := str(expected["waktu"])) != promise.id:
        yield Difference(Words("waktu", "the time"), Words(days), promise)
    lasting = Words("") if decision.validity is None else decision.validity
    if "masa_berlaku" in expected and (wanted_end := str(expected["masa_berlaku"])) != _lasts(lasting.id):
        yield Difference(Words("masa berlaku", "the validity"), Words(wanted_end), lasting)
    if "tahap" in expected and (way := _way(expected["tahap"])) != (walked := _way(stages_of(decision))):
        yield Difference(Words("tahap", "the stages"), Words(way), Words(walked))
    if "jeda" in expected and (waits := _pauses(expected["jeda"])) != (may := _pauses(pauses_of(decision))):
        yield Difference(Words("jeda", "the pauses"), waits, may)
    if "produk" in expected and (written := _products(expected["produk"])) != (
        issued := _products(_as_far_as(expected["produk"], products_of(decision)))
    ):
        yield Difference(Words("produk", "the products"), Words(written), Words(issued))
    if "akhir" in expected and (end := str(expected["akhir"])) != (reached := ending(example, decision)):
        yield Difference(Words("akhir", "the end"), Words(f"`{end}`"), Words(f"`{reached}`"))


def _fees(written: object, decision: Decision) -> Iterator[Difference]:
    """Yield what is not to be paid as written: of each fee that an example names, or of all together."""
    if not isinstance(written, Mapping):
        due = NOT_SETTLED if decision.due is None else _rupiah(decision.due)
        if (fee := _fee(written)) != due:
            yield Difference(Words("retribusi", "the fee"), fee, due)
        return
    for bill in decision.bills:
        if bill.code in written and (fee := _fee(written[bill.code])) != (due := _due(bill)):
            yield Difference(Words(f"retribusi `{bill.code}`", f"the fee `{bill.code}`"), fee, due)


def ending(example: Example, decision: Decision) -> str:
    """Return where the file ends with the verdicts of the example: refused at the first stage where a desk refuses it,
    else where the way leads. What was returned counts as repaired."""
    if not decision.eligible:
        return "tidak_layak"
    for step in decision.steps:
        desks = example.officers.get(step.stage, {})
        assert isinstance(desks, Mapping)
        verdicts = {str(answer.get("putusan", "setuju")) for answer in desks.values() if isinstance(answer, Mapping)}
        if "tolak" in verdicts:
            return "ditolak"
    return decision.end or f"{decision.open_at}?"


def stages_of(decision: Decision) -> dict[str, dict[str, str]]:
    """Return the way of a file as an example writes it: at each stage who is asked, the time promised for each, and
    `ditinjau` where they come and look."""
    return {step.stage: dict(_desks_of(step)) for step in decision.steps}


def pauses_of(decision: Decision) -> dict[str, str]:
    """Return for which reasons desks on the way of a file may let it wait, and how long, as an example writes it."""
    desks = (desk for step in decision.steps for desk in step.desks)
    return {pause.code: as_written(pause.at_most) for desk in desks for pause in desk.pauses}


def products_of(decision: Decision) -> dict[str, dict[str, str]]:
    """Return what is issued as an example writes it, each with its own time and how long it is valid."""
    found: dict[str, dict[str, str]] = {}
    for product in decision.products:
        own = found[product.code] = {}
        if product.duration is not None:
            own["waktu"] = as_written(product.duration)
        if product.validity is not None:
            own["masa_berlaku"] = _lasts(product.validity.id)
    return found


def _as_far_as(written: object, issued: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return of what is issued only the parts that the example writes of it."""
    assert isinstance(written, Mapping)
    return {code: {key: own[key] for key in own if key in written.get(code, {})} for code, own in issued.items()}


def _products(products: object) -> str:
    """Write products in one line."""
    assert isinstance(products, Mapping)
    return "; ".join(f"{code}: {', '.join(said.values())}" if said else f"{code}" for code, said in products.items())


def as_written(duration: Duration) -> str:
    """Return a length of time as the catalog writes it."""
    return f"{duration.amount} {duration.unit.value}"


def lasts(decision: Decision) -> str | None:
    """Return until when the permit is valid, as an example writes it."""
    return None if decision.validity is None else _lasts(decision.validity.id)


def _lasts(said: str) -> str:
    return said.removesuffix(FROM_ISSUE)


def _desks_of(step: Step) -> Iterator[tuple[str, str]]:
    if step.notice is not None:
        yield NOTICE, as_written(step.notice)
    for desk in step.desks:
        yield desk.agency if desk.role is None else f"{desk.agency}.{desk.role}", _said_of(desk)


def _said_of(desk: Desk) -> str:
    time = NO_TIME if desk.duration is None else as_written(desk.duration)
    return f"{time}, {VISITED}" if desk.inspection else time


def _way(stages: object) -> str:
    """Write the stages in one line, so that two ways can be compared by eye."""
    assert isinstance(stages, Mapping)
    return "; ".join(
        f"{stage}: {', '.join(f'{desk} ({said})' for desk, said in desks.items())}" for stage, desks in stages.items()
    )


def _pauses(said: object) -> Words:
    assert isinstance(said, Mapping)
    found = ", ".join(f"`{code}` {length}" for code, length in sorted(said.items()))
    return Words(found) if found else NONE


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


def _listed(codes: Iterable[str]) -> Words:
    said = ", ".join(f"`{code}`" for code in codes)
    return Words(said) if said else NONE


def _due(bill: Bill) -> Words:
    return NOT_SETTLED if isinstance(bill.due, Undetermined) else _rupiah(bill.due)


def _fee(written: object) -> Words:
    if written in ("gratis", "bebas"):
        return _rupiah(0)
    digits = str(written).replace("_", "").replace(".", "")
    return _rupiah(int(digits)) if digits.isdecimal() else NOT_SETTLED


def _rupiah(amount: int) -> Words:
    return Words(printed_rupiah(amount, "id"), printed_rupiah(amount, "en"))
