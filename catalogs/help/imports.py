"""What stands beside the forms of files taken into the registers."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogs.states import Act
from market.base.help import Help
from market.base.refusal import say

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.CHECK_IMPORT: Help(
            does=say("Reads a file of a list and shows what would become of each row."),
            need=(
                say("An XLSX or CSV file with one row of headings; an export of the same list shows them."),
                say("For lists of authorities: the code, the day and the document of every row."),
            ),
            then=say("Nothing is written yet: you see every row first, and write or leave the file out afterwards."),
            seen=say("Whoever keeps the lists, and the auditor."),
            mistakes=(
                say("Codes stored as numbers lose digits: format their column as text."),
                say("An empty cell leaves what is on record as it is; it empties nothing."),
            ),
        ),
        Act.WRITE_IMPORT: Help(
            does=say("Writes the new and the changed rows exactly as shown, all of them or none."),
            then=say(
                "Services go into the draft of the menu; standings count at once and their organizations are told."
            ),
            seen=say(
                "What was written stands in the registers for everybody; the file itself only for those who keep them."
            ),
            mistakes=(say("Rows left out are not written later: correct the file and take it in again."),),
        ),
        Act.DROP_IMPORT: Help(
            does=say("Leaves the file out; nothing of it was written."),
            then=say("Its rows are forgotten; that it was read, by whom and under which digest stays on record."),
            seen=say("Whoever keeps the lists, and the auditor."),
            mistakes=(say("It cannot be taken back: to write it after all, take the file in again."),),
        ),
    }
)
