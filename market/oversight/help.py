"""What stands beside the forms of oversight."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.oversight.states import Act

HELP: Mapping[Act, Help] = MappingProxyType(
    {
        Act.OPEN_FINDING: Help(
            does=say("Opens a finding about a record and addresses it to a street office."),
            need=(say("The record’s code, and the line of its ledger that shows the fault."),),
            then=say("The street answers within ten working days (house rule)."),
            seen=say(
                "The street and the auditors; once it is closed, title, answer and conclusion stand in "
                "the public ledger."
            ),
            mistakes=(
                say("One finding, one fault: two faults need two findings."),
                say("Write what you saw and which rule it breaks, not what you suspect."),
            ),
        ),
        Act.ANSWER_FINDING: Help(
            does=say("Answers a finding for your street."),
            need=(say("What was done, by whom, and what will be done until when."),),
            then=say("The auditor closes it with a conclusion."),
            seen=say("The auditors; once the finding is closed, the answer stands in the public ledger."),
            mistakes=(say("“We will pay attention” is no answer: name the measure and its day."),),
        ),
        Act.CLOSE_FINDING: Help(
            does=say("Closes a finding with your conclusion."),
            need=(say("The street’s answer, compared with the ledger."),),
            then=say("Title, answer and conclusion are published in the ledger."),
            seen=say("Everybody, signed in or not."),
            mistakes=(say("Personal data in the conclusion: it is read by everybody."),),
        ),
        Act.CLEAR_FLAG: Help(
            does=say("Notes that you looked into a flag and why it needs no more."),
            need=(say("The record, those named beside it, and the street’s reason for buying apart."),),
            then=say("The flag leaves your desk; the same record raises a new one only when it is submitted again."),
            seen=say("Auditors alone."),
            mistakes=(say("Where something is wrong, open a finding first and name it in the reason."),),
        ),
    }
)
