"""Conditions: one small tree, and everything it is turned into.

`tree` is the tree; `grammar` (over `cursor` and `literal`) reads the text of a test, or says its `fault`; `as_yaml`
writes it back; `presence` says what is missing; `decide` is the reference; `negation` pushes negations to the tests;
`as_json_schema`, `as_json` (the browser) and `sentence` (id, en) are targets, and `rules.engine` is one more.
"""
