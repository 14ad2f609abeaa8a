"""What stands beside the forms of the registers."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogs.states import Act
from market.base.help import Help
from market.base.refusal import say

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.ADD_ITEM: Help(
            does=say("Adds a service to the draft of the menu’s next edition."),
            need=(
                say("Name, unit of counting, official item code, category, and a reference price if there is one."),
                say("The service standard: what good delivery is, measured by what, with which staff and evidence."),
            ),
            then=say("Once the edition is published and in force, purchasers find it when they draft a need."),
            seen=say("Until the edition is published, only who keeps or oversees the catalogue; then everybody."),
            mistakes=(
                say("A unit such as 项 says nothing: choose one that can be counted, such as 人次 or 小时."),
                say("A reference price is for orientation and never a lowest price."),
            ),
        ),
        Act.REVISE_ITEM: Help(
            does=say("Changes, in the draft of the next edition, what the menu says of a service."),
            need=(say("The new words or prices, and what they rest on."),),
            then=say("From the edition’s day on new needs use the new words; needs written before keep their edition."),
            seen=say("Until the edition is published, only who keeps or oversees the catalogue; then everybody."),
            mistakes=(say("A different service needs an entry of its own; do not turn one into another."),),
        ),
        Act.RETIRE_ITEM: Help(
            does=say("Takes an entry out of its register, in the draft of the next edition."),
            then=say("From the edition’s day on nobody can choose it any more; records that use it keep it."),
            seen=say("Until the edition is published, only who keeps or oversees the catalogue; then everybody."),
            mistakes=(say("To correct the words, revise the entry; revising it in the draft also takes this back."),),
        ),
        Act.ADD_GUIDING_ENTRY: Help(
            does=say("Adds an entry to the draft of the guiding catalogue’s next edition."),
            need=(say("The document that allows it to be bought, its code, and the entry above it."),),
            then=say("Once the edition is in force, it may be bought where a budget is approved."),
            seen=say("Until the edition is published, only who keeps or oversees the catalogue; then everybody."),
            mistakes=(say("What the negative list names may not stand in the guiding catalogue."),),
        ),
        Act.REVISE_GUIDING_ENTRY: Help(
            does=say("Renames an entry in the draft of the guiding catalogue’s next edition."),
            need=(say("The new name as the document has it."),),
            then=say("From the edition’s day on everybody reads the new name."),
            seen=say("Until the edition is published, only who keeps or oversees the catalogue; then everybody."),
            mistakes=(say("Another matter needs an entry and a code of its own."),),
        ),
        Act.BEGIN_EDITION: Help(
            does=say("Begins a draft of the next edition, as a copy of the newest one."),
            then=say("You change the draft entry by entry, or import a sheet into it, and publish it for a day."),
            seen=say("Until the edition is published, only who keeps or oversees the catalogue; then everybody."),
            mistakes=(say("You need not begin one to change an entry: the first change begins it by itself."),),
        ),
        Act.PUBLISH_CATALOGUE: Help(
            does=say("Publishes the draft; on its day it takes the place of the edition in force."),
            need=(say("What the edition rests on, and the day from which it holds."),),
            then=say("Needs drafted from that day on are made under it; earlier editions stay readable for ever."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say(
                    "From its day on it cannot be taken back: read the comparison first, and leave time for a mistake."
                ),
            ),
        ),
        Act.WITHDRAW_EDITION: Help(
            does=say("Takes back an edition before its day: a draft is thrown away, a published one stays readable."),
            need=(say("The reason; of a published edition everybody reads it."),),
            then=say("It never holds; what is in force goes on, and a new draft is begun from that."),
            seen=say("Of a published edition everybody; of a draft who saw the draft."),
            mistakes=(say("From its day on it cannot be withdrawn; then the next edition mends it."),),
        ),
    }
)
