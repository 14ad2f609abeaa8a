"""What stands beside the forms of evaluations."""

from collections.abc import Mapping
from types import MappingProxyType

from evaluations.states import Act
from market.base.help import Help
from market.base.refusal import say

EVALUATIONS: Mapping[Act, Help] = MappingProxyType(
    {
        Act.PLAN_EVALUATION: Help(
            does=say("Plans an evaluation beside the two that every contract has."),
            need=(say("Which kind, when the survey begins, and how many residents were served."),),
            then=say("On that day the survey opens by itself."),
            seen=say("Your street office and the auditors; nobody else."),
            mistakes=(say("The number served decides how many answers are needed: do not guess it low."),),
        ),
        Act.SUBMIT_EVIDENCE: Help(
            does=say("Hands in your organization’s own account, target by target."),
            need=(say("The contract’s targets, the service ledger, and your files."),),
            then=say("The evaluator reads it beside the records; you may hand in more until scoring ends."),
            seen=say("The street, the evaluator and the auditors."),
            mistakes=(
                say("Praise without numbers earns nothing: write what was reached of what was promised."),
                say("Photographs of residents need their consent."),
            ),
        ),
        Act.ANSWER_SURVEY: Help(
            does=say("Tells how satisfied you are with the service."),
            need=(say("The slip you were given; no account."),),
            then=say("Your answer counts in the score. The slip is used up."),
            seen=say("Nobody learns who answered what: the answer is kept without any tie to the slip."),
            mistakes=(
                say("Answer at least three of the five questions, or the sheet does not count."),
                say("Nobody may ask you for money or look over your shoulder."),
            ),
        ),
        Act.SCORE_EVALUATION: Help(
            does=say("Gives points for what is judged by people; everything else is computed from the records."),
            need=(say("The organization’s account, the records, and a visit to the place."),),
            then=say("The organization gets the draft and may reply within the period."),
            seen=say("The street, the organization and the auditors; everybody after publication."),
            mistakes=(
                say("Full points for everything help nobody: say in the opinion what should change."),
                say("An indicator may be left out only with a reason."),
            ),
        ),
        Act.REPLY_TO_EVALUATION: Help(
            does=say("Says where you disagree with the draft."),
            need=(say("The indicator, the points and the record that shows otherwise."),),
            then=say("Evaluator or street answer point by point; both texts are published."),
            seen=say("The street and the evaluator now; everybody with the result."),
            mistakes=(
                say("The window closes at midnight of its last day; after that the draft stands."),
                say("No residents’ names in your reply."),
            ),
        ),
        Act.ANSWER_REPLY: Help(
            does=say("Answers the organization’s reply, and changes points where it was right."),
            need=(say("The reply beside the indicators."),),
            then=say("The evaluation can be concluded."),
            seen=say("The organization now; everybody with the result."),
            mistakes=(say("Only the evaluator changes points; the street only answers."),),
        ),
        Act.CONCLUDE_EVALUATION: Help(
            does=say("Fixes score and grade."),
            need=(say("The time for a reply is over, or the reply is answered."),),
            then=say("An approver of the street who did not conclude it publishes the result."),
            seen=say("The street, the organization and the auditors."),
            mistakes=(say("Nothing can be changed afterwards: read opinion and points once more."),),
        ),
        Act.PUBLISH_EVALUATION: Help(
            does=say("Publishes grade, points, opinion, reply and answer."),
            need=(say("You did not conclude it yourself."),),
            then=say(
                "It stands on the organization’s page and on your street’s public page, and weighs in "
                "the next purchase."
            ),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("A poor grade is published like a good one; holding it back is a finding for the auditor."),),
        ),
    }
)
