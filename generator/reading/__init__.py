"""From text to model: YAML through libyaml to a tree with places, each scalar read by its field's type.

Read in this order: `source_text` (bytes to text), `yaml_tree` (text to nodes; `yaml_fault` says why not), `opened`
(maps and lists) and `expect` (single values), the `*_entry` modules (parts of a file), the `*_file` modules (one kind
of file each), `catalog_folder` (all of them). What can be found has its words in `tks_*` and `kon_*`, listed in
`codes`.
"""
