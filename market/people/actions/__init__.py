"""The deeds of people; each locks, asks, writes and records."""

from market.people.actions.members import (
    accept_invitation,
    create_account,
    grant_role,
    invite_member,
    register_organization,
    revoke_role,
    take_in,
)
from market.people.actions.passwords import hash_password
from market.people.actions.registrations import confirm_registration, request_registration
from market.people.actions.sessions import act_for, change_password, sign_in, sign_out
from market.people.actions.telling import furnish, mark_read, public_address, send_digest, set_preferences, turn
from market.people.actions.tokens import FreshToken, create_token, keep_token, revoke_token

__all__ = [
    "FreshToken",
    "accept_invitation",
    "act_for",
    "change_password",
    "confirm_registration",
    "create_account",
    "create_token",
    "furnish",
    "grant_role",
    "hash_password",
    "invite_member",
    "keep_token",
    "mark_read",
    "public_address",
    "register_organization",
    "request_registration",
    "revoke_role",
    "revoke_token",
    "send_digest",
    "set_preferences",
    "sign_in",
    "sign_out",
    "take_in",
    "turn",
]
