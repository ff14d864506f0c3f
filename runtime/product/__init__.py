"""What is issued: its number, its letter as a PDF, its signature, and how anybody may check it.

Read `register` first: a product is prepared there (number, id, statement), then printed by `permit_pdf` with the words
of `permit_letter`, signed through `signature`, and recorded as issued. `statement` is what its QR code holds.
"""
