"""What the catalogue keeper, the authorities and the organizations send."""

from catalogs.forms.entries import (
    AddGuidingEntry,
    BeginEdition,
    MenuItem,
    PublishCatalogue,
    ReviseGuidingEntry,
    WithdrawEdition,
)
from catalogs.forms.imports import CheckImport
from catalogs.forms.listings import Again, ApplyForListing, GrantMandate, ReviewListing
from catalogs.forms.organizations import LiftStanding, RecordStanding, UpdateProfile

__all__ = [
    "AddGuidingEntry",
    "Again",
    "ApplyForListing",
    "BeginEdition",
    "CheckImport",
    "GrantMandate",
    "LiftStanding",
    "MenuItem",
    "PublishCatalogue",
    "RecordStanding",
    "ReviewListing",
    "ReviseGuidingEntry",
    "UpdateProfile",
    "WithdrawEdition",
]
