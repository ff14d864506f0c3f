"""One applicant before two versions of a permit: what both ask is answered once, what only one asks is free.

The later version's form must accept the answers; of the earlier one it only counts which questions it shows, so that
its rules can be asked about answers it would not have taken. Gains one solver in which both speak. Loses questions that
changed their kind: those are answered twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.proof.answer import Answer, Lexicon
from generator.proof.application import Application
from generator.proof.landmark import Landmarks, landmarks
from generator.proof.solver import FALSE, Formula, Solver, all_of, any_of, implies, no
from rules.condition.tree import Between, Condition, Every, OneOf, fields_of
from rules.field import Derived, Field
from rules.formula import FormulaFault, names
from rules.formula_reader import parse
from rules.kind import ORDERED, TEXTS, Facts, Kind
from rules.permit import Permit, Refusal


class BothForms:
    """The unknowns of both applications over one solver."""

    def __init__(self, before: Permit, after: Permit) -> None:
        """Make them, and tie what is asked by both."""
        self.solver = Solver()
        lexicon = Lexicon()
        self.old = Application(before, self.solver, lexicon, "lama", also=(after,))
        self.new = Application(after, self.solver, lexicon, "baru", also=(before,))
        self._asked = {field.code for each in (before, after) for field in each.fields}
        self._questions = {field.code for field in before.fields} & {field.code for field in after.fields}
        self.answers: dict[str, Answer] = {**self.old.form.answers, **self.new.form.answers}
        self.alike = all_of(*self._tied(before, after))
        # The old form as far as it shows questions; what only it shows must fit it too.
        shown = [self.old.form.asked(field) for field in before.fields]
        own = [any_of(self._shown_by_new(field.code), self.old.form.own[field.code].fits()) for field in before.fields]
        self.read_by_old = all_of(*shown, *own, self.old.derived)

    def holds(self, condition: Condition, first: Application) -> Formula:
        """Say that a test of a region holds of the answers to both: those to the `first` where it shows the question,
        else those to the other."""
        if isinstance(condition, Every):
            return all_of(*(self.holds(part, first) for part in condition.parts))
        forms = [first.form, (self.old if first is self.new else self.new).form]
        code = next(fields_of(condition), None)
        having = [form for form in forms if code is None or code in form.answers]
        said = [form.holds(condition) for form in having]
        if code is None or len(having) == 1:
            return said[0]
        present = forms[0].answers[code].present
        return any_of(all_of(present, said[0]), all_of(no(present), said[1]))

    def landmarks(self, read: Iterable[Condition]) -> Landmarks:
        """Return the values at which something changes: those of these conditions, of bounds, and of what shows."""
        beside = [*_of_fields(self.old.permit), *_of_fields(self.new.permit)]
        return landmarks((*read, *beside), self.answers)

    def depends(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return questions with those on which it depends who is asked them, where that is not the same in both."""
        found: dict[str, None] = {}
        pending = list(codes)
        while pending:
            code = pending.pop(0)
            if code in found or code not in self.answers:
                continue
            found[code] = None
            conditions = [each.shown_when for each in self._both_of(code)]
            if len(conditions) == 2 and conditions[0] != conditions[1]:
                pending += [other for condition in conditions for other in fields_of(condition)]
        return tuple(code for code in self.answers if code in found)

    def asks_alike(self, codes: Iterable[str]) -> bool:
        """Tell whether both versions ask these questions, of the same applicants."""
        pairs = [self._both_of(code) for code in codes if code in self._asked]
        return all(len(pair) == 2 and pair[0].shown_when == pair[1].shown_when for pair in pairs)

    def _both_of(self, code: str) -> list[Field]:
        return [field for each in (self.old, self.new) for field in each.permit.fields if field.code == code]

    def _shown_by_new(self, code: str) -> Formula:
        return self._shown(self.new, code) if self._common(code) else FALSE

    def newly_refused(self) -> Formula:
        """Say that answers which the later form asks too are refused by it: out of its bounds, or by a rule that holds
        whatever else is answered."""
        out = [
            all_of(new.present, self._shown(self.new, code), no(new.fits()))
            for code in self._questions
            for new in [self.new.form.own[code]]
            if self._common(code)
        ]
        alone = frozenset(code for code in self.new.form.own if code not in self.old.form.own)
        refused = [self.new.form.holds(refusal.when, alone) for refusal in self._new_refusals()]
        return any_of(*out, *refused)

    def common_codes(self) -> tuple[str, ...]:
        """Return the questions of both forms that have other bounds or options, and those that new refusals read."""
        bounds = other_bounds(self.old.permit, self.new.permit)
        read = [code for refusal in self._new_refusals() for code in fields_of(refusal.when)]
        return tuple(dict.fromkeys(code for code in (*bounds, *read) if code in self.answers))

    def _new_refusals(self) -> Iterator[Refusal]:
        return new_refusals(self.old.permit, self.new.permit)

    def _common(self, code: str) -> bool:
        old, new = self.old.form.own.get(code), self.new.form.own.get(code)
        return old is not None and new is not None and old.field.kind is new.field.kind

    def _shown(self, application: Application, code: str) -> Formula:
        return application.form.holds(application.form.own[code].field.shown_when)

    def _tied(self, before: Permit, after: Permit) -> Iterator[Formula]:
        for code in self._questions:
            if self._common(code):
                both = all_of(self._shown(self.old, code), self._shown(self.new, code))
                yield implies(both, self._same(code))
        officers = {field.code for field in before.officer_fields} & {field.code for field in after.officer_fields}
        for code in sorted(officers):
            if self._common(code):
                yield self._same(code)
        derived = {one.code: one for one in after.derived}
        for one in before.derived:
            if derived.get(one.code) == one:
                inputs = [self._same(code) for code in _inputs(one) if self._common(code)]
                yield implies(all_of(*inputs), self._same(one.code))

    def _same(self, code: str) -> Formula:
        return self.old.form.own[code].equals(self.new.form.own[code])


def other_bounds(before: Permit, after: Permit) -> tuple[str, ...]:
    """Return the questions of both versions that have other bounds or options."""
    old = {field.code: _limits(field) for field in before.fields}
    return tuple(field.code for field in after.fields if field.code in old and old[field.code] != _limits(field))


def new_refusals(before: Permit, after: Permit) -> Iterator[Refusal]:
    """Yield the rules of eligibility that were not there before."""
    known = [refusal.when for refusal in before.eligibility]
    return (refusal for refusal in after.eligibility if refusal.when not in known)


def _of_fields(permit: Permit) -> Iterator[Condition]:
    """Yield when each question is shown, and the bounds of its answer."""
    for field in permit.fields:
        yield field.shown_when
        if field.kind in ORDERED:
            yield Between(field.code, field.kind, low=field.minimum, high=field.maximum)


def _inputs(one: Derived) -> Iterator[str]:
    """Yield the names that a derived fact is computed from."""
    if one.count_of is not None:
        yield one.count_of
        return
    tree = parse(one.formula or "")
    if not isinstance(tree, FormulaFault):
        yield from names(tree)


def _limits(field: Field) -> tuple[object, ...]:
    options = tuple(option.code for option in field.options)
    return field.minimum, field.maximum, field.digits, field.length, frozenset(options)


def pinned(application: Application, facts: Facts) -> Formula:
    """Say that questions are answered as in these facts; a text that no rule names is left free."""
    return all_of(*(_pinned(application.form.own[field.code], facts) for field in application.permit.fields))


def _pinned(one: Answer, facts: Facts) -> Formula:
    code, kind, value = one.field.code, one.field.kind, facts.get(one.field.code)
    if value is None:
        return no(one.present)
    if kind in TEXTS and value not in one.words:
        return one.present
    if isinstance(value, tuple):
        if kind is Kind.LIST:
            return all_of(one.present, one.number.equals(len(value)))
        picked = [one.among(OneOf(code, kind, (str(option),))) for option in value]
        others = [option.code for option in one.field.options if option.code not in value]
        return all_of(one.present, *picked, *(no(one.among(OneOf(code, kind, (option,)))) for option in others))
    return all_of(one.present, one.among(OneOf(code, kind, (value,))))
