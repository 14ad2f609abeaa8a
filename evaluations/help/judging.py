"""What stands beside the forms of templates, and of what follows from a result."""

from collections.abc import Mapping
from types import MappingProxyType

from evaluations.states import Act
from market.base.help import Help
from market.base.refusal import say

JUDGING: Mapping[Act, Help] = MappingProxyType(
    {
        Act.ADD_TEMPLATE: Help(
            does=say("Adds an edition of an indicator template, made of what it changes about the newest one."),
            need=(
                say("Where the weights come from, and which indicators change."),
                say("The formulas: {known}.", known="share, share_above, share_unless, parts, less_each, within"),
            ),
            then=say("Evaluations planned from its day on are judged by it; those planned before keep theirs."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("The weights must sum to 100: what one indicator gains another must give."),
                say("An edition cannot be changed once it is added; a mistake needs a new edition."),
            ),
        ),
    }
)
