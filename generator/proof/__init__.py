"""Proofs: SMT over exactly what the generated JSON Schema accepts.

Only `solver` imports z3, and only what proves imports this package: neither the runtime nor a static check loads it.
Read in this order:

`solver`         formulas, whole numbers, and what may hold together: `all_of any_of no implies same`, `Solver.possible`
`answer` `form`  questions as unknowns; `Form.accepted` is what the JSON Schema accepts, `Form.holds(condition)`
`span` `linear` `exact` `computed` `derived` `items`
                 derived facts: exact where they only add, take away and count, else free within kind and bounds;
                 `Application.exactly` has products too, for a solver of its own
`application`    one application at each point of its way: `View.given`, `View.holds(condition)`
`landmark` `filled` `region` `replay`
                 what is shown: the plainest filled form, and the largest region around it, decided in earnest
`trial`          all of it for one permit version

    proof = trial(permit)          # the same Trial each time; Trial(permit, asked=…) for conditions it does not have
    view = proof.application.filing                         # or offered, entering(stage), leaving(stage), issuing(end)
    proof.possible(view, view.holds(condition), …)          # may this be so?
    proof.certain(view, view.holds(condition))              # must it?
    proof.shown(view, Claim(holds=(a,), fails=(b, c)))      # → Shown: filled form, region, what tells it; replayed

Two applications in one solver (to compare versions, or one with another of the same permit): share `Solver` and
`Lexicon`, name them apart, and let each know the other's permit:

    solver, lexicon = Solver(), Lexicon()
    old = Application(before, solver, lexicon, "lama", also=(after,))
    new = Application(after, solver, lexicon, "baru", also=(before,))
    alike = old.form.answers["luas"].equals(new.form.answers["luas"])
    more = new.form.answers["luas"].number.above(old.form.answers["luas"].number)   # at the scale of `digits`
    solver.possible(old.filing.given, alike, no(new.accepted))
    Filler(old, landmarks(conditions, old.form.answers)).fill(old.filing, alike, no(new.accepted))   # → Filled

`Application.accepted` is the schema alone, `derived` what holds of derived facts, `sound` both, `filed` with no rule of
eligibility against it; a `View`'s `given` has all that is so at its point. What the solver can not settle in its time
raises `UnsettledError`: nothing is concluded from it.
"""
