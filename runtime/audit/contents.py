"""What was filed: answers, decision and files are those that the chain has committed to since the first event (I3)."""

from __future__ import annotations

from collections.abc import Iterator

from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.cases.person_keys import ForgottenError
from runtime.cases.submissions import CONTENT, FILES
from runtime.documents.upload import APPLICANT
from runtime.vault import SealBrokenError


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Look at one case; of a person who was forgotten nobody can read anything, as it was meant."""
    daerah, nomor = case.key.daerah, case.key.nomor
    try:
        said = audited.store.journal.private(daerah, nomor, 1)
        content = audited.store.submissions.content(daerah, nomor)
    except ForgottenError:
        return
    except SealBrokenError:
        yield Breach("I3", daerah, nomor, "what is sealed beside the case is not what was sealed there")
        return
    if said.get(CONTENT) != content:
        yield Breach("I3", daerah, nomor, "what is kept of the application is not what was filed")
    given = said.get(FILES)
    known = {str(one) for one in given} if isinstance(given, list) else set()
    for file in audited.store.shelf.of_case(daerah, nomor):
        one = str([file.document, file.item, file.sha256])
        if file.round == 0 and file.giver == APPLICANT and one not in known:
            yield Breach("I3", daerah, nomor, f"file {file.id} is not one that came with the application")
        known.discard(one)
    for one in sorted(known):
        yield Breach("I3", daerah, nomor, f"a file that came with the application is gone: {one}")
