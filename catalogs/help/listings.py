"""What stands beside the forms of listings and mandates."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogs.states import Act
from market.base.help import Help
from market.base.refusal import say

_SEEN = say("The organization, its hub on a mandate and the keeper; everybody once it is listed, without documents.")

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.APPLY_FOR_LISTING: Help(
            does=say("Asks the keeper to list an organization in one category of the directory."),
            need=(say("Registration certificate, charter and last annual report as files, and a few sentences."),),
            then=say("The keeper lists it for a year, returns it once for repair, or refuses it with the reason."),
            seen=_SEEN,
            mistakes=(
                say("A listing is no condition of any purchase: whoever is not listed may bid all the same."),
                say("One application for each category; a listing that stands is renewed."),
            ),
        ),
        Act.REPAIR_LISTING: Help(
            does=say("Sends an application again that the keeper returned."),
            need=(say("What the keeper’s reason asks for."),),
            then=say("It waits for the keeper again, who cannot return it a second time."),
            seen=_SEEN,
            mistakes=(say("After ten working days the application is closed by itself."),),
        ),
        Act.REVIEW_LISTING: Help(
            does=say("Decides on an application for a listing."),
            need=(say("Its documents, compared with the published register of organizations."),),
            then=say("Listed: shown in the directory for its term. Returned: to be repaired in ten working days."),
            seen=say("The organization reads the reason; everybody sees the listing and its term."),
            mistakes=(
                say("Return an application with everything that is missing: it can be done once only."),
                say("Size, age, place and grade are no reasons to refuse."),
            ),
        ),
        Act.RENEW_LISTING: Help(
            does=say("Asks for another term of a listing, in its last sixty days or after it lapsed."),
            need=(say("The documents that changed since the last time."),),
            then=say("A running term counts on; the new one follows it without a gap once the keeper agrees."),
            seen=_SEEN,
            mistakes=(say("A lapsed listing bars nobody from bidding; it is only not shown."),),
        ),
        Act.GRANT_MANDATE: Help(
            does=say("Lets a hub keep your profile and your listings for you, until a day."),
            need=(say("The hub you trust with it, for how long, and whether both public pages may name the other."),),
            then=say(
                "Its staff may update your profile and file applications; each deed is recorded as theirs for you."
            ),
            seen=say("You, the hub and the keeper."),
            mistakes=(say("A mandate never covers bids: the hub can neither see nor touch them."),),
        ),
        Act.REVOKE_MANDATE: Help(
            does=say("Takes a mandate back."),
            then=say("The hub can do nothing more for you from this moment on; what it did stays."),
            seen=say("You, the hub and the keeper."),
            mistakes=(say("A mandate ends by itself on its last day; nothing needs to be done then."),),
        ),
    }
)
