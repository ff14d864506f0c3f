"""What a rule means: pure functions over plain data, no files, no clock, no network.

Read in this order: `kind`, `condition`, `field`, `permit`, `table`, `derived`, `fee`, `workdays`, `decision`,
`engine`, `release`.
"""
