"""What stands beside the forms of the directory."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogs.states import Act
from market.base.help import Help
from market.base.refusal import say

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.UPDATE_PROFILE: Help(
            does=say("Renews what your organization tells of itself in the directory."),
            need=(say("Charter, numbers of staff and volunteers, service areas, bank account for invoices."),),
            then=say("The new words stand in the directory at once and make open notices that fit you easier to find."),
            seen=say("Everybody; the bank account appears on invoices only."),
            mistakes=(
                say("What is left empty is emptied: check every field before you send."),
                say("Staff and size are information; no street may make them a condition."),
            ),
        ),
        Act.RECORD_STANDING: Help(
            does=say("Records what an authority has decided about an organization."),
            need=(say("The published document with its number and its days."),),
            then=say("It stands on the organization’s page; five kinds bar it from bidding while they hold."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("What was not decided and published by an authority may not be recorded."),
                say("Residents’ dissatisfaction is no standing; it belongs into the evaluation."),
            ),
        ),
        Act.LIFT_STANDING: Help(
            does=say("Ends a standing, because the authority took its decision back or repaired the credit."),
            need=(say("The document that lifts it, with its number."),),
            then=say("The organization may bid again from this moment; the history stays readable."),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("A term that has run out ends by itself and needs no lifting."),),
        ),
    }
)
