"""What stands beside the forms of budget lines."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.needs.states import Act

LINES: Mapping[Act, Help] = MappingProxyType(
    {
        Act.ALLOT_BUDGET: Help(
            does=say("Opens a budget line: money of one year for one purpose."),
            need=(say("The approved budget document."),),
            then=say("Purchasers can choose the line; the money moves from allotted to reserved, committed and paid."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(
                say("One line for everything hides what the money is for: one purpose, one line."),
                say("The amount cannot be changed later; more money is a new line."),
            ),
        ),
    }
)
