"""What stands beside the forms of needs."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.needs.states import Act

NEEDS: Mapping[Act, Help] = MappingProxyType(
    {
        Act.DRAFT_NEED: Help(
            does=say("Writes down what your street wants to buy, with money, standard and targets."),
            need=(
                say("A budget line with money left."),
                say("When and how residents were consulted, and three market entities that were asked within a year."),
                say("Numbers: how much, for how many people, which target by which day."),
            ),
            then=say("It is saved as a draft. What is still missing is named when you submit it."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(
                say(
                    "A target without a number cannot be evaluated: write “300 people visited twice a "
                    "week”, not “improve life”."
                ),
                say("From the procurement limit on, the purchase belongs on the city’s official platform."),
                say("Six answers of the negative list are needed; a yes to any of them ends the purchase."),
            ),
        ),
        Act.REVISE_NEED: Help(
            does=say("Changes a draft, or a need that was sent back."),
            need=(say("The reviewer’s reason, shown on the need’s page."),),
            then=say("It stays a draft until you submit it."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(
                say(
                    "If somebody else changed it meanwhile, nothing is overwritten: your entries are "
                    "kept, look and send again."
                ),
            ),
        ),
        Act.SUBMIT_NEED: Help(
            does=say("Hands the need to the reviewer and reserves its money."),
            need=(say("A complete need; everything that is missing is named at once with its article."),),
            then=say(
                "An approver or legal reviewer who did not write it finds it on their home page. You "
                "cannot change it meanwhile."
            ),
            seen=say("Your street office and those who supervise it; everybody once it is approved."),
            mistakes=(say("The line has less left than the budget: ask the budget officer before you submit."),),
        ),
        Act.REVIEW_NEED: Help(
            does=say("Approves the need, or sends it back with what must change."),
            need=(
                say("You have not drafted, revised or submitted it yourself."),
                say("Look at competition, equal treatment, money and risk."),
            ),
            then=say("Approved: the purchaser drafts the notice. Sent back: the reserved money is free again."),
            seen=say("Your street office and those who supervise it; everybody once it is approved."),
            mistakes=(say("“Please improve” helps nobody: name the field and what must stand there."),),
        ),
        Act.WITHDRAW_NEED: Help(
            does=say("Takes the need back; what it had reserved is free again."),
            need=(say("A reason; no tender or hand-over was begun."),),
            then=say("It stays in the records as withdrawn. Copy it when it is wanted again."),
            seen=say("Your street office and those who supervise it; everybody reads the reason of an approved one."),
            mistakes=(say("To change it, revise the draft or ask the reviewer to send it back."),),
        ),
    }
)
