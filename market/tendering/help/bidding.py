"""What stands beside the forms of bids, their opening and the final quotes."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.tendering.states import Act

BIDDING: Mapping[Act, Help] = MappingProxyType(
    {
        Act.SAVE_DRAFT_BID: Help(
            does=say("Keeps as much of your bid as there is; nothing is submitted."),
            then=say("You or a colleague go on later. Before the closing it must be submitted."),
            seen=say("Your organization alone; the draft is kept sealed."),
            mistakes=(say("A draft is no bid: after the closing it counts for nothing."),),
        ),
        Act.SUBMIT_BID: Help(
            does=say("Submits your bid, sealed until the opening."),
            need=(
                say("A total price not above the budget."),
                say("A plan that answers each criterion in its order, and the files that prove it."),
                say("The declaration that you meet the legal conditions."),
            ),
            then=say(
                "You get a signed receipt. Until the closing you may submit again or withdraw; the last one counts. "
                "What was submitted can be read by nobody, you included: keep a copy of your own."
            ),
            seen=say("Nobody before the opening, not the street either. Then the panel reads it without your name."),
            mistakes=(
                say("Your organization’s name in plan or files: they are scored blind."),
                say("The last minute: one second after the closing is too late, whatever the reason."),
                say("A price above the budget is refused."),
            ),
        ),
        Act.WITHDRAW_BID: Help(
            does=say("Takes your submitted bid back before the closing."),
            then=say("Nothing of it is opened. You may submit a new one until the closing."),
            seen=say("Your organization alone; the ledger says that it was done, not what it contains."),
            mistakes=(say("To improve a bid you need not withdraw it: submit again, the last one counts."),),
        ),
        Act.CONFIRM_OPENING: Help(
            does=say("Says that the opening record is right, or what is wrong with it."),
            need=(say("Your receipt: compare price, time and fingerprint."),),
            then=say("Your word stands beside your line; the evaluation goes on."),
            seen=say("The bidders of this tender and the street."),
            mistakes=(say("Silence counts as no objection: look at the record on the day of the opening."),),
        ),
        Act.ANSWER_CLARIFICATION: Help(
            does=say("Answers what the panel asks about your bid."),
            need=(say("Your answer; for a low price a calculation of cost and files that prove it."),),
            then=say("The panel reads it under your bid’s number. It can be sent once."),
            seen=say("The panel; after the result it stands in the evaluation report."),
            mistakes=(
                say("Letting the time run out: a low price nobody explained puts the bid out."),
                say("Naming your organization in the text: the panel judges blind."),
            ),
        ),
        Act.SUBMIT_FINAL_QUOTE: Help(
            does=say("Submits your last price, sealed until the round ends."),
            need=(say("A price not above your bid; repeat it if you do not want to change it."),),
            then=say("When the round ends, the lowest quote gets all price points, the others in proportion."),
            seen=say("Nobody before the end of the round."),
            mistakes=(
                say("Who does not quote in time drops out, also with the best plan."),
                say("A price at which you cannot do the work: the panel may ask you to prove it."),
            ),
        ),
    }
)
