"""What stands beside the forms of the notice, until the bids are opened."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.tendering.states import Act

NOTICE: Mapping[Act, Help] = MappingProxyType(
    {
        Act.DRAFT_TENDER: Help(
            does=say(
                "Turns an approved need into a notice: who may bid, until when, how it is judged, how it is paid."
            ),
            need=(
                say("Criteria with points that, with the price’s, sum to 100; the price weighs between 10 and 30."),
                say("Milestones with days and shares that sum to 100 %."),
            ),
            then=say("It is a draft; an approver who did not write it publishes it."),
            seen=say("Your street office and the auditors; nobody else."),
            mistakes=(
                say("A roster, years since founding, capital, headcount or a local address may not be a condition."),
                say("What is a condition may not earn points too."),
                say("The page shows the earliest lawful closing; leave some days more for working out a plan."),
            ),
        ),
        Act.PUBLISH_TENDER: Help(
            does=say("Publishes the notice; from this moment the periods run."),
            need=(say("You did not draft it. Read it once as a bidder would."),),
            then=say("Organizations take the documents, ask, and bid. At the closing nothing more is taken."),
            seen=say("Everybody, signed in or not."),
            mistakes=(
                say("Published later than planned: the closing must move too, or it falls below the shortest period."),
                say("A published notice is not edited: it is corrected for all to see, or ended with a reason."),
            ),
        ),
        Act.TAKE_DOCUMENTS: Help(
            does=say("Takes the procurement documents for your organization; free of charge, without any application."),
            then=say("You may ask questions, prepare a draft and submit a bid."),
            seen=say("The street sees nothing of it before the opening."),
            mistakes=(say("Without this step no bid is taken: do it early, also when you are not sure yet."),),
        ),
        Act.ASK_QUESTION: Help(
            does=say("Asks the street about the notice."),
            need=(say("The passage that is unclear."),),
            then=say("The purchaser answers; question and answer stand on the notice without your name."),
            seen=say("Everybody reads question and answer; nobody is told who asked."),
            mistakes=(
                say("Your name, or a detail that gives you away: leave it out."),
                say("Questions end before the closing; the notice shows the moment."),
            ),
        ),
        Act.ANSWER_QUESTION: Help(
            does=say("Answers a question for everybody to read."),
            need=(say("The notice; an answer explains it and cannot change object or conditions."),),
            then=say("It stands on the notice at once."),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("An answer to one bidder by telephone is unequal treatment: answer here only."),),
        ),
        Act.CANCEL_TENDER: Help(
            does=say("Ends the purchase for good and gives the need free again."),
            need=(say("A reason that can be published."),),
            then=say("Bidders read the reason; bids that were not opened stay sealed for ever."),
            seen=say("Everybody, once the notice was published."),
            mistakes=(say("“The wrong organization is ahead” is no lawful reason."),),
        ),
    }
)
