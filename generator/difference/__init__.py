"""What differs between two catalogs: whole beneath, and in an officer's sentences above.

Read in this order: `tree` (what a release is made of, as JSON), `change` (every difference of two trees, and a tree
with differences applied), `told` (a sentence and what it is about), the modules that end in `_told`, each for one part
of a permit or of a city, `meaning` (where two rules answer differently, by proof), `compared` (all of it), `replayed`
(the same applications under both), and what writes it.
"""
