"""The deeds of the catalogues."""

from enum import StrEnum


class Act(StrEnum):
    """The deeds of the catalogues."""

    ADD_ITEM = "add-item"
    REVISE_ITEM = "revise-item"
    RETIRE_ITEM = "retire-item"
    ADD_GUIDING_ENTRY = "add-guiding-entry"
    REVISE_GUIDING_ENTRY = "revise-guiding-entry"
    BEGIN_EDITION = "begin-edition"
    PUBLISH_CATALOGUE = "publish-catalogue"
    PUT_IN_FORCE = "put-in-force"
    UPDATE_PROFILE = "update-profile"
    RECORD_STANDING = "record-standing"
    LIFT_STANDING = "lift-standing"
    APPLY_FOR_LISTING = "apply-for-listing"
    REPAIR_LISTING = "repair-listing"
    REVIEW_LISTING = "review-listing"
    RENEW_LISTING = "renew-listing"
    REMIND_LISTING = "remind-listing"
    LAPSE_LISTING = "lapse-listing"
    CLOSE_REPAIR = "close-repair"
    GRANT_MANDATE = "grant-mandate"
    REVOKE_MANDATE = "revoke-mandate"
    SAVE_SEARCH = "save-search"
    DROP_SEARCH = "drop-search"
    TELL_SEARCH = "tell-search"
    CHECK_IMPORT = "check-import"
    WRITE_IMPORT = "write-import"
    DROP_IMPORT = "drop-import"
