"""States and steps of an evaluation."""

from enum import StrEnum

from evaluations.states.acts import Act
from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


class State(StrEnum):
    """Where an evaluation stands."""

    #: Planned when the contract was signed by both; waits for its moment.
    PLANNED = "planned"
    #: The survey runs; the organization hands in its own account.
    OPEN = "open"
    #: The survey is over; the evaluator scores.
    SCORING = "scoring"
    #: The draft lies with the organization, which may reply until the window ends.
    SCORED = "scored"
    #: The organization has replied; its reply waits for an answer in writing.
    REPLIED = "replied"
    #: The reply is answered, or the window ended without one.
    SETTLED = "settled"
    #: The result is final; a second person of the street publishes it.
    CONCLUDED = "concluded"
    #: Public, and on the organization's card.
    PUBLISHED = "published"


class Kind(StrEnum):
    """Which evaluation of a contract this is; each contract has at most one of each kind."""

    MID_TERM = "mid-term"
    FINAL = "final"
    FOLLOW_UP = "follow-up"
    SPECIAL = "special"


KINDS: dict[Kind, Said] = {
    Kind.MID_TERM: say("Mid-term evaluation"),
    Kind.FINAL: say("Final evaluation"),
    Kind.FOLLOW_UP: say("Follow-up evaluation"),
    Kind.SPECIAL: say("Special evaluation"),
}

_EVALUATORS = frozenset({Role.THIRD_PARTY_EVALUATOR})
_SUPPLIER = frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER})
_CLOCK = frozenset({Role.CLOCK})

LIFECYCLE = Lifecycle(
    kind="evaluation",
    collection="evaluations",
    label=say("Evaluation"),
    states={
        State.PLANNED: say("planned"),
        State.OPEN: say("survey open"),
        State.SCORING: say("to be scored"),
        State.SCORED: say("draft with the organization"),
        State.REPLIED: say("reply to be answered"),
        State.SETTLED: say("to be concluded"),
        State.CONCLUDED: say("to be published"),
        State.PUBLISHED: say("published"),
    },
    tones={
        State.OPEN: Tone.OPEN,
        State.SCORING: Tone.WAITING,
        State.SCORED: Tone.WAITING,
        State.REPLIED: Tone.WAITING,
        State.SETTLED: Tone.WAITING,
        State.CONCLUDED: Tone.WAITING,
        State.PUBLISHED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.PLAN_EVALUATION,
            on=frozenset({"in-force", "suspended", "terminated", "closed"}),
            to=State.PLANNED,
            by=frozenset({Role.PURCHASER}),
            label=say("Plan an evaluation"),
            law="K-1",
            of="contract",
            when="is_of_street",
        ),
        Step(
            Act.OPEN_SURVEY,
            on=frozenset({State.PLANNED}),
            to=State.OPEN,
            by=_CLOCK,
            label=say("Open the survey"),
            law="K-8",
        ),
        Step(
            Act.SUBMIT_EVIDENCE,
            on=frozenset({State.OPEN, State.SCORING}),
            to=None,
            by=_SUPPLIER,
            label=say("Hand in the organization’s own account"),
            law="K-2",
            when="is_supplier",
        ),
        Step(
            Act.ANSWER_SURVEY,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.ANYONE}),
            label=say("Answer the survey"),
            law="K-8",
            when="holds_survey_slip",
            final=False,
        ),
        Step(
            Act.CLOSE_SURVEY,
            on=frozenset({State.OPEN}),
            to=State.SCORING,
            by=_CLOCK,
            label=say("Close the survey"),
            law="IND-5.survey",
        ),
        Step(
            Act.SCORE_EVALUATION,
            on=frozenset({State.OPEN, State.SCORING}),
            to=State.SCORED,
            by=_EVALUATORS,
            label=say("Score the evaluation"),
            law="K-5",
            when="may_score",
        ),
        Step(
            Act.REPLY_TO_EVALUATION,
            on=frozenset({State.SCORED}),
            to=State.REPLIED,
            by=_SUPPLIER,
            label=say("Reply to the draft result"),
            law="IND-3.reply",
            when="may_reply",
        ),
        Step(
            Act.ANSWER_REPLY,
            on=frozenset({State.REPLIED}),
            to=State.SETTLED,
            by=_EVALUATORS | {Role.PURCHASER},
            label=say("Answer the reply"),
            law="IND-3.reply",
            when="may_settle",
        ),
        Step(
            Act.CLOSE_REPLY,
            on=frozenset({State.SCORED}),
            to=State.SETTLED,
            by=_CLOCK,
            label=say("End the time for a reply"),
            law="IND-3.reply",
        ),
        Step(
            Act.CONCLUDE_EVALUATION,
            on=frozenset({State.SCORED, State.SETTLED}),
            to=State.CONCLUDED,
            by=_EVALUATORS | {Role.PURCHASER},
            label=say("Conclude the evaluation"),
            law="K-2",
            when="may_conclude",
        ),
        Step(
            Act.PUBLISH_EVALUATION,
            on=frozenset({State.CONCLUDED}),
            to=State.PUBLISHED,
            by=frozenset({Role.APPROVER}),
            label=say("Publish the result"),
            law="R-4",
            when="may_publish",
        ),
    ),
)
