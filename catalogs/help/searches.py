"""What stands beside the forms of saved searches."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogs.states import Act
from market.base.help import Help
from market.base.refusal import say

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.SAVE_SEARCH: Help(
            does=say("Keeps a search of the directory for you."),
            need=(say("A name by which you know it again."),),
            then=say("Every morning at eight your mail tells which organizations came or changed that answer it."),
            seen=say("You alone."),
            mistakes=(say("Mails about the directory can be stopped among your mail choices; the search stays."),),
        ),
        Act.DROP_SEARCH: Help(
            does=say("Ends a search that you keep: it is no longer looked into."),
            then=say("It leaves your list, and no more mails come of it."),
            seen=say("You alone."),
            mistakes=(say("It cannot be taken up again; save the same search anew if you want it back."),),
        ),
    }
)
