"""What stands beside the forms of corrections, challenges and complaints."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.tendering.states import Act

DISPUTES: Mapping[Act, Help] = MappingProxyType(
    {
        Act.CORRECT_NOTICE: Help(
            does=say("Sets a published notice right; the words before stay readable beside the new ones."),
            need=(say("The corrected words, and a reason that can be published."),),
            then=say(
                "Everybody who took the documents is told. When it touches how bids are made, bids in hand are void "
                "and the closing moves to at least five days from now."
            ),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("Another object or other conditions are no correction: end the purchase and begin another."),
                say("Who drafted the notice may not correct it alone: it takes another approver."),
            ),
        ),
        Act.FILE_CHALLENGE: Help(
            does=say("Challenges the documents, a stage of the process or the result, in writing."),
            need=(
                say("What exactly is wrong, the facts that show it, and the article it breaks."),
                say("All of one stage at once, within seven working days."),
            ),
            then=say("The street answers within seven working days; until then no contract is signed."),
            seen=say("The street, the district finance supervisor and the auditors."),
            mistakes=(
                say("A suspicion without facts: the answer can only be that it is not founded."),
                say("Secrets of your own bid in the text: the street reads it."),
            ),
        ),
        Act.ANSWER_CHALLENGE: Help(
            does=say("Answers a challenge for your street, and says what follows for the purchase."),
            need=(say("The facts and articles for each matter; the other suppliers read the answer too."),),
            then=say(
                "The challenger may complain to the supervisor. When it is founded, the rule decides: correct the "
                "notice, award to another candidate, or do it again."
            ),
            seen=say("The challenger, everybody who took the documents, the supervisor and the auditors."),
            mistakes=(
                say("Trade secrets of other bidders in the answer."),
                say("Silence: a late answer opens the way to the supervisor and is noted."),
            ),
        ),
        Act.FILE_COMPLAINT: Help(
            does=say("Brings your challenge before the district finance supervisor."),
            need=(say("The answer, or that its days went by; only what you challenged may be complained of."),),
            then=say("The supervisor decides within thirty working days; signing waits at most thirty days."),
            seen=say("The street, the supervisor and the auditors; the decision is published."),
            mistakes=(say("Complaints without ground are counted over twelve months and shown to the supervisor."),),
        ),
        Act.DECIDE_COMPLAINT: Help(
            does=say("Decides a complaint and publishes the decision."),
            need=(say("Challenge, answer, evaluation report and ledger of the tender."),),
            then=say("What follows for the purchase is done at once by the rule; both sides are told."),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("Personal data and trade secrets in the decision: it is read by everybody."),),
        ),
    }
)
