"""What stands beside the forms of the panel and the award."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.tendering.states import Act

PANEL: Mapping[Act, Help] = MappingProxyType(
    {
        Act.DRAW_PANEL: Help(
            does=say("Draws experts by lot from the pool, leaving out everybody tied to buyer or bidders."),
            need=(say("Bids are opened."),),
            then=say("The drawn find the bids on their home page. A seat that becomes free is drawn again."),
            seen=say("Nobody but the drawn knows their names before the result."),
            mistakes=(say("Do not telephone experts: whom the lot has drawn is told by the system alone."),),
        ),
        Act.DECLARE_CONFLICT: Help(
            does=say("Gives your seat back, because you are tied to a bidder or to the buyer."),
            need=(say("The reason, without naming the organization."),),
            then=say("Another expert is drawn for the seat; what you entered does not count."),
            seen=say("The street learns that a seat is free, not why before the result."),
            mistakes=(
                say(
                    "Employment, directorship or shares within three years, and near relatives, are "
                    "reasons; when in doubt step back."
                ),
            ),
        ),
        Act.CHECK_BID: Help(
            does=say("Says whether a bid is qualified and meets every requirement."),
            need=(say("The notice’s conditions beside the bid."),),
            then=say("The majority of the panel decides. When all bids are decided, scoring begins."),
            seen=say("Your panel; after the result it stands in the evaluation report."),
            mistakes=(
                say("A condition that the notice does not state may not be used."),
                say("A refusal without a reason is not taken."),
            ),
        ),
        Act.SCORE_BID: Help(
            does=say("Gives your points for one bid, criterion by criterion."),
            need=(say("The scoring guide in the notice."),),
            then=say(
                "Nobody sees your points before all members have scored all bids; then you may ask for final quotes."
            ),
            seen=say("After the result, with your name, in the evaluation report."),
            mistakes=(
                say("Agreeing on points with others: each member scores alone."),
                say("Points cannot be changed once sent."),
            ),
        ),
        Act.ASK_CLARIFICATION: Help(
            does=say("Asks the bidder behind a number what its bid means, or how it can keep an abnormally low price."),
            need=(say("A question that hints at no other bid, and a moment at least half an hour ahead."),),
            then=say("The bidder answers here; you read the answer under the bid’s number."),
            seen=say("The panel and that bidder; after the result it stands in the evaluation report."),
            mistakes=(
                say("Inviting a bidder to change its bid: an answer explains, it changes neither price nor substance."),
                say("Turning a bid down for its price without hearing the bidder first."),
            ),
        ),
        Act.JUDGE_CLARIFICATION: Help(
            does=say("Says whether the bidder has proved that it can do the work at its price."),
            need=(say("The bidder’s answer with its evidence, or the end of its time."),),
            then=say(
                "The majority decides. A bid whose price is not explained is out, and the others are ranked anew."
            ),
            seen=say("Your panel; after the result it stands in the evaluation report."),
            mistakes=(say("A low price alone is no reason: say which cost is not covered."),),
        ),
        Act.REQUEST_FINAL_QUOTES: Help(
            does=say("Asks all bidders that passed for their final quote."),
            need=(say("A moment at least half an hour ahead; a full working day is kinder to small organizations."),),
            then=say("Quotes come in sealed; when the moment comes the clock opens them and ranks the bids."),
            seen=say("The bidders that passed."),
            mistakes=(say("It can be asked only once; choose the moment with care."),),
        ),
        Act.SEAL_REPORT: Help(
            does=say("Signs the evaluation report, or states your dissent."),
            need=(say("Read ranking, points and reasons once more."),),
            then=say("With the last signature the report is sealed and the street’s days to confirm begin."),
            seen=say("The street now; bidders after the result."),
            mistakes=(say("A dissent without written reasons counts as agreement and is not taken here."),),
        ),
        Act.CONFIRM_AWARD: Help(
            does=say("Confirms the first-ranked organization and publishes the result."),
            need=(say("The evaluation report. You did not draft the tender."),),
            then=say(
                "Result, letter of award and report go out at once; the days for challenges and for signing begin."
            ),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("Waiting does not change the result: after the period rank one is deemed confirmed."),),
        ),
    }
)
