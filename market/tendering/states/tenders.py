"""The words of tenders and bids: where they stand, and the table of what moves a tender on."""

from enum import StrEnum

from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role
from market.tendering.states.acts import Act


class Method(StrEnum):
    """How suppliers compete; here only competitive consultation is run, the others are words for the rules."""

    OPEN_TENDER = "open-tender"
    CONSULTATION = "consultation"
    NEGOTIATION = "negotiation"


class State(StrEnum):
    """Where a tender stands."""

    #: The purchaser has written it; the street alone sees it.
    DRAFT = "draft"
    #: The notice is public; bids come in sealed until the closing moment.
    OPEN = "open"
    #: The key was turned: names and opening prices are known.
    OPENED = "opened"
    #: The panel checks and scores, blind and each member alone.
    EVALUATING = "evaluating"
    #: Final quotes come in sealed until the round ends.
    QUOTING = "quoting"
    #: The round ended; price is scored, the bids are ranked, the panel signs.
    RANKED = "ranked"
    #: The report is sealed; a second person confirms within the period.
    EVALUATED = "evaluated"
    #: The result is public, the award letter has gone out.
    AWARDED = "awarded"
    #: The contract is signed by both.
    CONTRACTED = "contracted"
    #: Too few suppliers remained; the need is free again.
    FAILED = "failed"
    #: Ended by the street with a reason; the need is free again.
    CANCELLED = "cancelled"


class BidState(StrEnum):
    """Where one organization's bid stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    VALID = "valid"
    DISQUALIFIED = "disqualified"


BUYERS = frozenset({Role.PURCHASER, Role.APPROVER})
UNDER_WAY = frozenset(
    {State.DRAFT, State.OPEN, State.OPENED, State.EVALUATING, State.QUOTING, State.RANKED, State.EVALUATED}
)
PUBLISHED = frozenset(State) - {State.DRAFT}

LIFECYCLE = Lifecycle(
    kind="tender",
    collection="tenders",
    label=say("Tender"),
    states={
        State.DRAFT: say("draft"),
        State.OPEN: say("open for bids"),
        State.OPENED: say("bids opened"),
        State.EVALUATING: say("under evaluation"),
        State.QUOTING: say("final quotes requested"),
        State.RANKED: say("ranked, to be signed"),
        State.EVALUATED: say("evaluated, to be confirmed"),
        State.AWARDED: say("awarded"),
        State.CONTRACTED: say("contract signed"),
        State.FAILED: say("failed"),
        State.CANCELLED: say("cancelled"),
    },
    tones={
        State.OPEN: Tone.OPEN,
        State.QUOTING: Tone.OPEN,
        State.OPENED: Tone.WAITING,
        State.EVALUATING: Tone.WAITING,
        State.RANKED: Tone.WAITING,
        State.EVALUATED: Tone.WAITING,
        State.AWARDED: Tone.CLOSED,
        State.CONTRACTED: Tone.CLOSED,
        State.FAILED: Tone.REFUSED,
        State.CANCELLED: Tone.REFUSED,
    },
    steps=(
        Step(
            Act.DRAFT_TENDER,
            on=frozenset({"approved"}),
            to=State.DRAFT,
            by=frozenset({Role.PURCHASER}),
            label=say("Draft the tender"),
            law="HR-2",
            of="need",
            when="own-here",
            final=False,
        ),
        Step(
            Act.PUBLISH_TENDER,
            on=frozenset({State.DRAFT}),
            to=State.OPEN,
            by=frozenset({Role.APPROVER}),
            label=say("Publish the notice"),
            law="L-1.consultation",
            when="not_my_draft",
        ),
        Step(
            Act.TAKE_DOCUMENTS,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Take the documents"),
            law="L-2.consultation",
            when="may_take_documents",
            final=False,
        ),
        Step(
            Act.ASK_QUESTION,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Ask a question"),
            law="L-4.consultation",
            when="may_ask",
        ),
        Step(
            Act.ANSWER_QUESTION,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.PURCHASER}),
            label=say("Answer a question"),
            law="L-4.consultation",
            when="has_open_question",
        ),
        Step(
            Act.CORRECT_NOTICE,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.APPROVER}),
            label=say("Correct the notice"),
            law="L-4.consultation",
            when="may_correct",
        ),
        Step(
            Act.SAVE_DRAFT_BID,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Save a draft of the bid"),
            when="may_bid",
            final=False,
        ),
        Step(
            Act.SUBMIT_BID,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Submit the bid"),
            law="L-1.consultation",
            when="may_bid",
        ),
        Step(
            Act.WITHDRAW_BID,
            on=frozenset({State.OPEN}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Withdraw the bid"),
            law="G-5",
            when="may_withdraw",
        ),
        Step(
            Act.TURN_KEY,
            on=frozenset({State.OPEN}),
            to=None,
            by=BUYERS | {Role.FINANCE_SUPERVISOR, Role.HUB_STAFF, Role.RESIDENTS_COMMITTEE},
            label=say("Turn your key"),
            law="HR-5",
            when="may_turn",
        ),
        Step(
            Act.OPEN_BIDS,
            on=frozenset({State.OPEN}),
            to=State.OPENED,
            by=frozenset({Role.CLOCK}),
            label=say("Open the bids"),
            law="HR-5",
        ),
        Step(
            Act.CONFIRM_OPENING,
            on=frozenset({State.OPENED, State.EVALUATING}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Confirm the opening record"),
            law="HR-5",
            when="may_confirm_opening",
        ),
        Step(
            Act.DRAW_PANEL,
            on=frozenset({State.OPENED, State.EVALUATING}),
            to=State.EVALUATING,
            by=BUYERS,
            label=say("Draw the panel"),
            law="E-4",
            when="has_empty_seat",
        ),
        Step(
            Act.DECLARE_CONFLICT,
            on=frozenset({State.EVALUATING}),
            to=None,
            by=frozenset({Role.PANEL_EXPERT}),
            label=say("Declare a conflict and step back"),
            law="E-6",
            when="has_seat",
        ),
        Step(
            Act.CHECK_BID,
            on=frozenset({State.EVALUATING}),
            to=None,
            by=frozenset({Role.PANEL_EXPERT}),
            label=say("Check a bid"),
            law="M-8",
            when="has_bid_to_check",
        ),
        Step(
            Act.SCORE_BID,
            on=frozenset({State.EVALUATING}),
            to=None,
            by=frozenset({Role.PANEL_EXPERT}),
            label=say("Score a bid"),
            law="F-9",
            when="has_bid_to_score",
        ),
        Step(
            Act.REQUEST_FINAL_QUOTES,
            on=frozenset({State.EVALUATING}),
            to=State.QUOTING,
            by=frozenset({Role.PANEL_EXPERT}),
            label=say("Request final quotes"),
            law="M-4",
            when="may_request_quotes",
        ),
        Step(
            Act.SUBMIT_FINAL_QUOTE,
            on=frozenset({State.QUOTING}),
            to=None,
            by=frozenset({Role.BIDDER}),
            label=say("Submit the final quote"),
            law="M-4",
            when="may_quote",
        ),
        Step(
            Act.RANK_BIDS,
            on=frozenset({State.QUOTING}),
            to=State.RANKED,
            by=frozenset({Role.CLOCK}),
            label=say("End the round and rank the bids"),
            law="F-4",
        ),
        Step(
            Act.SEAL_REPORT,
            on=frozenset({State.RANKED}),
            to=State.EVALUATED,
            by=frozenset({Role.PANEL_EXPERT}),
            label=say("Sign the evaluation report"),
            law="E-11",
            when="has_report_to_sign",
        ),
        Step(
            Act.CONFIRM_AWARD,
            on=frozenset({State.EVALUATED}),
            to=State.AWARDED,
            by=frozenset({Role.APPROVER, Role.CLOCK}),
            label=say("Confirm the award"),
            law="L-8.consultation",
            when="not_my_draft",
        ),
        Step(
            Act.CANCEL_TENDER,
            on=UNDER_WAY,
            to=State.CANCELLED,
            by=BUYERS,
            label=say("Cancel the tender"),
            law="L-20",
            when="may_cancel",
        ),
        Step(
            Act.FAIL_TENDER,
            on=frozenset({State.OPEN, State.EVALUATING, State.QUOTING}),
            to=State.FAILED,
            by=frozenset({Role.CLOCK}),
            label=say("End it for want of suppliers"),
            law="M-4.exception",
        ),
    ),
)
