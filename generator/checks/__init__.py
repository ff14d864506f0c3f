"""What is found in a catalog that was read: one file per code, listed here by hand in the order of the codes.

Each has a docstring that is its page, a sentence and the headings `Why this matters` and `Example`; `HALAMAN` is the
same page in Bahasa Indonesia; `CHECK` is what stands in the list.
"""

from __future__ import annotations

from generator.checks import (
    alr01_stage_unreachable,
    alr02_dead_end,
    alr04_circle_of_stages,
    alr05_unknown_stage,
    bkt01_assumed_figures,
    hkm01_unknown_law,
    hkm02_law_not_yet_in_force,
    hkm03_law_revoked,
    hkm04_fee_without_perda,
    isi02_questions_in_a_circle,
    isi06_unknown_name,
    isi07_derived_in_a_circle,
    isi08_name_of_another_kind,
    kat01_field_of_two_kinds,
    opd01_unknown_agency,
    opd02_nobody_may_review,
    prd01_unknown_template,
    ret05_unknown_tariff,
    ret06_factors_in_a_circle,
    run01_engine_limit,
    sla01_no_total,
    sla02_two_totals,
    std01_component_missing,
    std02_label_missing,
    std03_translation_missing,
    syr02_document_always_asked,
    syr03_document_never_asked,
    syr04_unknown_document,
    ver01_two_versions_on_one_day,
    ver02_gap_between_versions,
)
from generator.checks.check import Check

ALL: tuple[Check, ...] = (
    isi02_questions_in_a_circle.CHECK,
    isi06_unknown_name.CHECK,
    isi07_derived_in_a_circle.CHECK,
    isi08_name_of_another_kind.CHECK,
    syr02_document_always_asked.CHECK,
    syr03_document_never_asked.CHECK,
    syr04_unknown_document.CHECK,
    alr01_stage_unreachable.CHECK,
    alr02_dead_end.CHECK,
    alr04_circle_of_stages.CHECK,
    alr05_unknown_stage.CHECK,
    sla01_no_total.CHECK,
    sla02_two_totals.CHECK,
    ret05_unknown_tariff.CHECK,
    ret06_factors_in_a_circle.CHECK,
    run01_engine_limit.CHECK,
    ver01_two_versions_on_one_day.CHECK,
    ver02_gap_between_versions.CHECK,
    hkm01_unknown_law.CHECK,
    hkm02_law_not_yet_in_force.CHECK,
    hkm03_law_revoked.CHECK,
    hkm04_fee_without_perda.CHECK,
    opd01_unknown_agency.CHECK,
    opd02_nobody_may_review.CHECK,
    std01_component_missing.CHECK,
    std02_label_missing.CHECK,
    std03_translation_missing.CHECK,
    prd01_unknown_template.CHECK,
    kat01_field_of_two_kinds.CHECK,
    bkt01_assumed_figures.CHECK,
)
