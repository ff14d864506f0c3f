"""A catalog as an office keeps it: a workbook with one sheet for each kind of row, written and read back.

`sheets` is what stands in which column; `rows` are a city's files as rows; `written` makes the workbook of them, and
`read` takes one apart into YAML.
"""
