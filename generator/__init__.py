"""From an officer's YAML to proven artifacts.

Read in this order: `reading` (text to `model`), `checks` (model to findings), `examination` (both), `lowering` (model
to plain data), `build`, `examples`, and `cli`, the `satupintu` command over them.
"""
