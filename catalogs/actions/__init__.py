"""The deeds of the catalogues: the menu is kept, profiles are updated, standings recorded and lifted."""

from collections.abc import Mapping

from catalogs.actions.editions import begin_edition, publish_catalogue, withdraw_edition
from catalogs.actions.entries import (
    add_guiding_entry,
    add_item,
    load_catalogue,
    retire_item,
    revise_guiding_entry,
    revise_item,
    stage_items,
)
from catalogs.actions.holidays import reckon_repairs_anew
from catalogs.actions.imports import check_import, drop_import, write_import
from catalogs.actions.listings import apply_for_listing, renew_listing, repair_listing, review_listing
from catalogs.actions.mandates import grant_mandate, revoke_mandate
from catalogs.actions.organizations import ProfileWords, open_profile, record_track, update_profile
from catalogs.actions.standings import lift_standing, record_standing
from catalogs.actions.turning import turn
from market.base.ledger import Follower

__all__ = [
    "FOLLOWERS",
    "ProfileWords",
    "add_guiding_entry",
    "add_item",
    "apply_for_listing",
    "begin_edition",
    "check_import",
    "drop_import",
    "grant_mandate",
    "lift_standing",
    "load_catalogue",
    "open_profile",
    "publish_catalogue",
    "record_standing",
    "record_track",
    "renew_listing",
    "repair_listing",
    "retire_item",
    "review_listing",
    "revise_guiding_entry",
    "revise_item",
    "revoke_mandate",
    "stage_items",
    "turn",
    "update_profile",
    "withdraw_edition",
    "write_import",
]

FOLLOWERS: Mapping[str, Follower] = {
    "people:register-organization": open_profile,
    "law:import-holidays": reckon_repairs_anew,
}
