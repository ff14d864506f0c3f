"""Is all that is kept as it must be? Read-only: it walks through everything and says what is not.

Each module checks one or two of the invariants of docs/invariants.md; `inspection` calls them all, `command` is
`satupintu audit`.
"""
