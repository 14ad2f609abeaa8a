"""What stands beside the forms of methods, intentions and purchases outside this house."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.needs.states import Act

_STREET = say("Your street office, the district’s finance supervisor and the auditors; nobody else.")
_EVERYBODY = say("Everybody.")

OFFICIAL: Mapping[Act, Help] = MappingProxyType(
    {
        Act.CHOOSE_METHOD: Help(
            does=say("Says by which method the need is bought, on which grounds and why."),
            need=(say("The table of methods on the need’s page, with what can be shown for each ground."),),
            then=say("The method decides whether the purchase runs here or is handed over."),
            seen=say("Your street office and those who supervise it; everybody once it is approved."),
            mistakes=(
                say("A request for quotations is for goods: it is never lawful for services."),
                say("Urgency that the buyer caused is no ground."),
            ),
        ),
        Act.PUBLISH_INTENTION: Help(
            does=say("Tells the public what your street plans to buy, for how much and in which month."),
            need=(say("The month in which the purchase starts, an outline in two or three sentences."),),
            then=say("Suppliers hear of it; a later change is published as a new version beside the old one."),
            seen=_EVERYBODY,
            mistakes=(say("Published too late it stops the purchase: count the days before the month begins."),),
        ),
        Act.HAND_OVER: Help(
            does=say("Makes the file with which the purchase goes to the city’s platform."),
            need=(
                say("The intention, published long enough ago."),
                say("Who may bid, the scoring with its points, milestones with their shares."),
            ),
            then=say("The file holds requirement, notice, scoring method and contract draft with their hashes."),
            seen=_STREET,
            mistakes=(say("Points that do not sum to 100, or shares that do not sum to 100 %."),),
        ),
        Act.TRACK_OFFICIAL: Help(
            does=say("Notes how far the purchase has come on the city’s platform."),
            need=(say("The official number, the stage and its day, as the platform shows them."),),
            then=say("The need’s page tells readers where the purchase runs and under which number."),
            seen=_EVERYBODY,
            mistakes=(say("Noting a stage before the platform published it."),),
        ),
        Act.RECORD_OFFICIAL_RESULT: Help(
            does=say("Takes the result of the outside purchase back, with its notice."),
            need=(say("The notice of the result: number, day, text or file; supplier and price."),),
            then=say("Awarded: the contract is drafted here. Failed: a new round, or the money is given back."),
            seen=_EVERYBODY,
            mistakes=(say("The supplier’s code is that of the registered organization, not of a branch."),),
        ),
    }
)
