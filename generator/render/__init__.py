"""Findings to text: for a person (`text`), a program (`as_json`), GitHub, SARIF 2.1.0 and JUnit.

`chosen` picks one by its name; every format speaks Bahasa Indonesia or English.
"""
