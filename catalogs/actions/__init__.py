"""The deeds of the catalogues: the menu is kept, profiles are updated, standings recorded and lifted."""

from collections.abc import Mapping

from catalogs.actions.entries import add_item, load_catalogue, retire_item, revise_item
from catalogs.actions.organizations import (
    ProfileWords,
    lift_standing,
    open_profile,
    record_standing,
    record_track,
    update_profile,
)
from market.base.ledger import Follower

__all__ = [
    "FOLLOWERS",
    "ProfileWords",
    "add_item",
    "lift_standing",
    "load_catalogue",
    "open_profile",
    "record_standing",
    "record_track",
    "retire_item",
    "revise_item",
    "update_profile",
]

FOLLOWERS: Mapping[str, Follower] = {"people:register-organization": open_profile}
