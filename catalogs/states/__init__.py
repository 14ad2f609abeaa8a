"""The words of the catalogues: registers and their entries, standings of organizations, acts on both."""

from catalogs.states.acts import Act
from catalogs.states.editions import EDITION, FIELD_WORDS, WITH_EDITIONS, EditionState
from catalogs.states.entries import CHECKED_WORDS, ENTRY, REGISTER_WORDS, Checked, EntryState, Register
from catalogs.states.imports import FATE_WORDS, IMPORT, IMPORT_WORDS, Fate, ImportKind, ImportState
from catalogs.states.listings import LISTING, MANDATE, OUTCOME_WORDS, ListingState, MandateState, Outcome
from catalogs.states.organizations import (
    BARS,
    GRADE_WORDS,
    PARTY_WORDS,
    PROFILE,
    REASON_WORDS,
    STANDING,
    STANDING_WORDS,
    TERMS,
    PartyOrganization,
    ProfileState,
    StandingKind,
    StandingState,
)
from catalogs.states.searches import SAVED_SEARCH, SearchState

__all__ = [
    "BARS",
    "CHECKED_WORDS",
    "EDITION",
    "ENTRY",
    "FATE_WORDS",
    "FIELD_WORDS",
    "GRADE_WORDS",
    "IMPORT",
    "IMPORT_WORDS",
    "LIFECYCLES",
    "LISTING",
    "MANDATE",
    "OUTCOME_WORDS",
    "PARTY_WORDS",
    "PROFILE",
    "REASON_WORDS",
    "REGISTER_WORDS",
    "SAVED_SEARCH",
    "STANDING",
    "STANDING_WORDS",
    "TERMS",
    "WITH_EDITIONS",
    "Act",
    "Checked",
    "EditionState",
    "EntryState",
    "Fate",
    "ImportKind",
    "ImportState",
    "ListingState",
    "MandateState",
    "Outcome",
    "PartyOrganization",
    "ProfileState",
    "Register",
    "SearchState",
    "StandingKind",
    "StandingState",
]

LIFECYCLES = (ENTRY, EDITION, STANDING, PROFILE, LISTING, MANDATE, SAVED_SEARCH, IMPORT)
