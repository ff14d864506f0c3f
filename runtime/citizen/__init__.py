"""What an applicant sees: find, standard, form, documents, review, receipt, track, resume.

Read `form_page` (how a page of the form is filled in) and `as_written` (how an answer is understood) first.
"""
