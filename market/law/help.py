"""What stands beside the forms of law."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.law.states import Act

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.ADD_PROVISION: Help(
            does=say("Enters a rule with its article, number and the days on which it holds."),
            need=(say("The text of the article, its day of entry into force, and how far you have compared it."),),
            then=say(
                "From its first day on, every new notice and deadline is reckoned by it; older records "
                "keep the law of their day."
            ),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("A changed law is a new provision with its own days, never a correction of the old one."),
                say("Mark honestly how far the text was checked; the mark stands beside every deadline."),
            ),
        ),
        Act.IMPORT_HOLIDAYS: Help(
            does=say("Takes in the State Council’s holiday list of a year, or a corrected one."),
            need=(say("The notice with its number, and every day that it names: holidays and working weekends."),),
            then=say(
                "Deadlines in that year are no longer provisional. Those that the law’s arithmetic made and that are "
                "still open are reckoned anew; what was announced, such as a closing, stays."
            ),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("Copy whole holidays with their weekends, and the weekends on which offices work."),
                say("Days gone by stay as they were reckoned, also with a corrected list."),
            ),
        ),
    }
)
