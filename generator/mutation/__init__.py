"""Mutants of a catalog: what if an officer had typed this instead, and who would have noticed?

Read in this order: `mutant` (one changed place of one file), `source` (a file to be changed), `of_conditions`,
`of_rows`, `of_route`, `of_form`, `of_fees`, `of_law`, `of_names` (where each kind of slip can happen), `every_mutant`
(all of them), `ordeal` (one mutant before the findings, the examples and the proofs), `score` (many, on all cores),
`advice` (what would have noticed) and `told` (the report).
"""
