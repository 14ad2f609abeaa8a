"""What stands beside the forms that change a contract."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.states import Act
from market.base.help import Help
from market.base.refusal import say

_SIDES = say("Both sides and the auditors while it waits; everybody once it is in effect.")
_SECOND_HAND = say("In a street office who proposes cannot sign: the approver signs.")

CHANGES: Mapping[Act, Help] = MappingProxyType(
    {
        Act.AMEND_CONTRACT: Help(
            does=say("Proposes another amount, another end or other milestones of a contract in force."),
            need=(say("The ground, and the terms exactly as they shall read."),),
            then=say("Both sides sign; with the second signature it is in effect, published, and the money moves."),
            seen=_SIDES,
            mistakes=(
                say("Supplements buy more of the same service and together stay within 10 % of the signed amount."),
                say("Another supplier is no amendment: a contract is never assigned."),
                _SECOND_HAND,
            ),
        ),
        Act.SUSPEND_CONTRACT: Help(
            does=say("Proposes that performance pauses."),
            need=(say("The ground; with evidence where one side acts alone."),),
            then=say("Once signed, no session and no delivery is recorded until it is resumed; what is due stays due."),
            seen=_SIDES,
            mistakes=(say("Nobody suspends at will: without a ground of the law both sides sign."), _SECOND_HAND),
        ),
        Act.RESUME_CONTRACT: Help(
            does=say("Proposes that performance goes on, with the days that were lost added where you say so."),
            need=(say("The new end and days; the form offers them moved by the days of the suspension."),),
            then=say("Once signed, the contract is in force again and evaluations follow its new end."),
            seen=_SIDES,
            mistakes=(say("Days that nobody names do not move."), _SECOND_HAND),
        ),
        Act.TERMINATE_CONTRACT: Help(
            does=say("Proposes that the contract ends before its term."),
            need=(say("The ground; with evidence where one side acts alone."), say("Every report judged.")),
            then=say("Once signed, what is accepted can be invoiced and paid; the rest goes back to the budget line."),
            seen=_SIDES,
            mistakes=(
                say("Work done and not yet reported: report it first, or divide the milestone by an amendment."),
                _SECOND_HAND,
            ),
        ),
        Act.SIGN_AMENDMENT: Help(
            does=say("Signs a change for your side; with the last signature it is in effect."),
            need=(say("The text you have read: its fingerprint stands on the page and is compared."),),
            then=say("The change is published at once and stands on the contract’s page."),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("If the contract has moved on since, decline it and have it proposed anew."),),
        ),
        Act.DECLINE_AMENDMENT: Help(
            does=say("Declines the other side’s proposal, or withdraws your own."),
            need=(say("A reason that the other side can work with."),),
            then=say("The contract goes on as it reads, and another change can be proposed."),
            seen=say("Both sides and the auditors."),
            mistakes=(say("Declining a suspension does not excuse from performance, and the other way round."),),
        ),
    }
)
