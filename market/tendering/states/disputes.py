"""The words of challenges and complaints: of what, how they are answered, and what follows for the purchase."""

from enum import StrEnum

from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role
from market.tendering.states.acts import Act
from market.tendering.states.tenders import PUBLISHED


class Kind(StrEnum):
    """What a challenge is about (财政部令第94号 第十条、第十一条)."""

    DOCUMENT = "document"
    PROCESS = "process"
    RESULT = "result"


class Stage(StrEnum):
    """Which stage of the process; each is known when it has ended."""

    OPENING = "opening"
    QUOTES = "quotes"


class Outcome(StrEnum):
    """How a challenge or a complaint is judged."""

    UNFOUNDED = "unfounded"
    WITHOUT_EFFECT = "without-effect"
    FOUNDED = "founded"


class Path(StrEnum):
    """What follows for the purchase (财政部令第94号 第十六条)."""

    GO_ON = "go-on"
    CORRECT = "correct"
    NEXT = "next-candidate"
    REDO = "redo"
    CONTRACT = "contract"


class ChallengeState(StrEnum):
    """Where a challenge stands."""

    OPEN = "open"
    ANSWERED = "answered"


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    FILED = "filed"
    DECIDED = "decided"


KIND_WORDS: dict[Kind, Said] = {
    Kind.DOCUMENT: say("The procurement documents"),
    Kind.PROCESS: say("The process"),
    Kind.RESULT: say("The result of the award"),
}
STAGE_WORDS: dict[Stage, Said] = {
    Stage.OPENING: say("The opening of the bids"),
    Stage.QUOTES: say("Evaluation and final quotes"),
}
OUTCOME_WORDS: dict[Outcome, Said] = {
    Outcome.UNFOUNDED: say("Not founded"),
    Outcome.WITHOUT_EFFECT: say("Founded, but without effect on the result"),
    Outcome.FOUNDED: say("Founded, and it may change the result"),
}
PATH_WORDS: dict[Path, Said] = {
    Path.GO_ON: say("The purchase goes on."),
    Path.CORRECT: say("The notice is corrected, then the purchase goes on."),
    Path.NEXT: say("The award falls; the buyer decides anew among the other qualified candidates."),
    Path.REDO: say("The purchase ends and is done again."),
    Path.CONTRACT: say("The contract is signed already: its parties suspend performance and settle what follows."),
}

CHALLENGE = Lifecycle(
    kind="challenge",
    collection="challenges",
    label=say("Challenge"),
    states={ChallengeState.OPEN: say("challenge to be answered"), ChallengeState.ANSWERED: say("challenge answered")},
    tones={ChallengeState.OPEN: Tone.WAITING, ChallengeState.ANSWERED: Tone.CLOSED},
    steps=(
        Step(
            Act.FILE_CHALLENGE,
            on=frozenset(map(str, PUBLISHED)),
            to=ChallengeState.OPEN,
            by=frozenset({Role.BIDDER}),
            label=say("File a challenge"),
            law="Q-1",
            of="tender",
            when="may_challenge",
        ),
        Step(
            Act.ANSWER_CHALLENGE,
            on=frozenset({ChallengeState.OPEN}),
            to=ChallengeState.ANSWERED,
            by=frozenset({Role.APPROVER}),
            label=say("Answer the challenge"),
            law="Q-4",
            when="concerns_my_street",
        ),
        Step(
            Act.NOTE_OVERDUE_ANSWER,
            on=frozenset({ChallengeState.OPEN}),
            to=None,
            by=frozenset({Role.CLOCK}),
            label=say("Note that the answer is overdue"),
            law="Q-4",
        ),
    ),
)

COMPLAINT = Lifecycle(
    kind="complaint",
    collection="complaints",
    label=say("Complaint to the finance supervisor"),
    states={ComplaintState.FILED: say("complaint to be decided"), ComplaintState.DECIDED: say("complaint decided")},
    tones={ComplaintState.FILED: Tone.WAITING, ComplaintState.DECIDED: Tone.CLOSED},
    steps=(
        Step(
            Act.FILE_COMPLAINT,
            on=frozenset({ChallengeState.OPEN, ChallengeState.ANSWERED}),
            to=ComplaintState.FILED,
            by=frozenset({Role.BIDDER}),
            label=say("Complain to the finance supervisor"),
            law="Q-7",
            of="challenge",
            when="may_complain",
        ),
        Step(
            Act.DECIDE_COMPLAINT,
            on=frozenset({ComplaintState.FILED}),
            to=ComplaintState.DECIDED,
            by=frozenset({Role.FINANCE_SUPERVISOR}),
            label=say("Decide the complaint"),
            law="Q-8.decide",
            when="is_my_district",
        ),
    ),
)
