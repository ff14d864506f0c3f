"""Applications and what leads to them.

Read `tables`, then `database` and `writer`, then `store`, then `examination` and `filing`.
"""
