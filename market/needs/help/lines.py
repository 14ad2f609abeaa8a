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
                say("The amount changes later only by a document: adjust the line."),
            ),
        ),
        Act.HAND_LINE: Help(
            does=say("Opens a budget line with money that follows a task from a department to your street."),
            need=(say("The department’s document with its number, as a file."),),
            then=say("Purchasers can choose the line; its page names the department and the document."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(say("A task without money, or money without its document, is not taken over."),),
        ),
        Act.ADJUST_LINE: Help(
            does=say("Raises or lowers the amount of a budget line."),
            need=(say("The document of the adjustment with its number."),),
            then=say("The new amount counts at once; the movement stays on the line’s page."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(say("Write the whole new amount, not the difference."),),
        ),
        Act.IMPORT_BUDGET: Help(
            does=say("Reads budget lines from a table and allots them all at once."),
            need=(say("The approved budget as XLSX or CSV, one line a row, and the number of its document."),),
            then=say("First you see every row with what stands against it; then all are allotted, or none."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(say("A line that stands already is not allotted twice: adjust it instead."),),
        ),
    }
)
