"""Judgement of the catalogues: who may supply on a day, what an entry and a standing must say, words for the search."""

from catalogs.rules.editions import Diff, EntryWords, FieldChange, applied, diff_of, objections_to_publication
from catalogs.rules.entries import (
    Indicator,
    MenuItemWords,
    entry_terms,
    is_central,
    objections_to_guiding_entry,
    objections_to_menu_item,
)
from catalogs.rules.negative import Hint, hints_in
from catalogs.rules.organizations import (
    CHECKS,
    GRADES,
    MAY_SUPPLY,
    CertificateFacts,
    StandingFact,
    SupplierFacts,
    certificate_of,
    ends_by_itself,
    is_barring,
    is_standing_in_force,
    objections_to_standing,
    objections_to_supplier,
    organization_terms,
    years_after,
)

__all__ = [
    "CHECKS",
    "GRADES",
    "MAY_SUPPLY",
    "CertificateFacts",
    "Diff",
    "EntryWords",
    "FieldChange",
    "Hint",
    "Indicator",
    "MenuItemWords",
    "StandingFact",
    "SupplierFacts",
    "applied",
    "certificate_of",
    "diff_of",
    "ends_by_itself",
    "entry_terms",
    "hints_in",
    "is_barring",
    "is_central",
    "is_standing_in_force",
    "objections_to_guiding_entry",
    "objections_to_menu_item",
    "objections_to_publication",
    "objections_to_standing",
    "objections_to_supplier",
    "organization_terms",
    "years_after",
]
