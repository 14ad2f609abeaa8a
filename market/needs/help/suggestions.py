"""What stands beside the forms of suggestions and of lists of issues."""

from collections.abc import Mapping
from types import MappingProxyType

from market.base.help import Help
from market.base.refusal import say
from market.needs.states import Act

_EVERYBODY = say("Everybody; no name and no number is shown.")

SUGGESTIONS: Mapping[Act, Help] = MappingProxyType(
    {
        Act.SEND_CODE: Help(
            does=say("Sends six digits to your mobile phone, so that each person counts once."),
            need=(say("Your phone at hand."),),
            then=say("You enter the code on the next page; then you can suggest and support for two hours."),
            seen=say("Nobody: the number is kept sealed and only used to tell you what became of it."),
            mistakes=(say("Each new code ends the one before: enter the newest."),),
        ),
        Act.CONFIRM_CODE: Help(
            does=say("Shows that the phone is yours."),
            need=(say("The six digits that were sent to you."),),
            then=say("You go back to where you were; this browser may speak for two hours."),
            seen=say("Nobody: the number is kept sealed and only used to tell you what became of it."),
            mistakes=(say("After five wrong tries the code is dead: have a new one sent."),),
        ),
        Act.SUGGEST_NEED: Help(
            does=say("Tells your street what is lacking."),
            need=(say("What, where, for whom, and about how many."),),
            then=say("Neighbours can support it. Your street answers, and you hear of each later step."),
            seen=_EVERYBODY,
            mistakes=(
                say("No names, telephone numbers or flats: write “older people living alone”, not who."),
                say("If a neighbour has asked for the same, support theirs: many voices in one place weigh more."),
            ),
        ),
        Act.SUPPORT_SUGGESTION: Help(
            does=say("Adds your voice to what a neighbour asked for."),
            then=say("It counts once. You hear of the answer and of each later step."),
            seen=say("Everybody sees how many, nobody sees who."),
            mistakes=(say("One voice cannot be given twice, nor by another phone for the same person."),),
        ),
        Act.ATTACH_PHOTO: Help(
            does=say("Shows what is lacking."),
            need=(say("A photo of the place, without faces."),),
            then=say("It stands on the suggestion’s page, small and without place, time and device."),
            seen=say("Everybody, until the suggestion is hidden."),
            mistakes=(say("Faces and number plates tell who somebody is: take the place alone."),),
        ),
        Act.ANSWER_SUGGESTION: Help(
            does=say("Answers a suggestion of your street, for everybody to read."),
            need=(say("What was found out, and what happens next."),),
            then=say(
                "All who spoke are told. When you name the need made of it, they also hear of its tender, contract"
                " and published evaluation."
            ),
            seen=say("Everybody."),
            mistakes=(
                say("“Will be considered” is no answer: say what happens, by whom, or why it cannot."),
                say("A need cannot be changed for another once it is named."),
            ),
        ),
        Act.MERGE_SUGGESTIONS: Help(
            does=say("Joins two suggestions that ask for the same."),
            need=(say("Read both: the place and the people may differ."),),
            then=say("All voices go to the one that stays; the other page leads there. Who spoke is told."),
            seen=say("Everybody."),
            mistakes=(say("Merge the smaller into the larger, so that fewer are led elsewhere."),),
        ),
        Act.HIDE_SUGGESTION: Help(
            does=say("Takes a suggestion from public sight."),
            need=(say("A reason: personal data, insults, advertising or nothing that is a need."),),
            then=say("The page says that it was hidden and why. Your street and the auditors still see all of it."),
            seen=say("Everybody reads the reason."),
            mistakes=(
                say("What is inconvenient is no reason: answer it."),
                say("Do not repeat in the reason what is hidden."),
            ),
        ),
        Act.IMPORT_ISSUES: Help(
            does=say("Takes in a list of grid or hotline issues as evidence of need."),
            need=(say("The list as XLSX or CSV, attached as a file, with number, kind, place and day."),),
            then=say("You are shown what becomes of each row. Then issues stand by kind and place and can be cited."),
            seen=say("Your street office, the district’s finance supervisor and the auditors; nobody else."),
            mistakes=(say("A list with names or telephone numbers in kind or place: those rows are left out."),),
        ),
        Act.CITE_ISSUES: Help(
            does=say("Lets the need cite a group of issues: how many, where, from when to when."),
            need=(say("A list of issues that was taken in."),),
            then=say("It stands on the need, with the numbers of today."),
            seen=say("Whoever may read the need."),
            mistakes=(say("Few issues are weak evidence: consult the residents all the same."),),
        ),
    }
)
