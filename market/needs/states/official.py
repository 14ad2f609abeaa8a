"""The words of how a need is bought: method and its grounds, intentions, and the stages of a purchase outside."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.needs.states.acts import Act
from market.people.states import Role


class Method(StrEnum):
    """How suppliers compete, or do not."""

    CONSULTATION = "consultation"
    NEGOTIATION = "negotiation"
    SINGLE_SOURCE = "single-source"
    SIMPLE_SELECTION = "simple-selection"
    OPEN_TENDER = "open-tender"
    INVITATION = "invitation"
    FRAMEWORK = "framework"
    OPEN_FRAMEWORK = "open-framework"
    QUOTATIONS = "quotations"


METHOD_WORDS: Mapping[Method, Said] = MappingProxyType(
    {
        Method.CONSULTATION: say("Competitive consultation"),
        Method.NEGOTIATION: say("Competitive negotiation"),
        Method.SINGLE_SOURCE: say("Single source"),
        Method.SIMPLE_SELECTION: say("Simple selection"),
        Method.OPEN_TENDER: say("Open tender"),
        Method.INVITATION: say("Invited tender"),
        Method.FRAMEWORK: say("Closed framework agreement"),
        Method.OPEN_FRAMEWORK: say("Open framework agreement"),
        Method.QUOTATIONS: say("Request for quotations"),
    }
)


class Ground(StrEnum):
    """A condition that the officer states for a method."""

    FINANCE_APPROVED = "finance-approved"
    LIMITED_RANGE = "limited-range"
    COST_OUT_OF_PROPORTION = "cost-out-of-proportion"
    TENDER_FAILED = "tender-failed"
    COMPLEX = "complex"
    URGENT = "urgent"
    PRICE_UNKNOWN = "price-unknown"
    ONLY_SUPPLIER = "only-supplier"
    EMERGENCY = "emergency"
    TOP_UP = "top-up"
    SPECIAL_RESEARCH = "special-research"
    CULTURE_ARTS = "culture-arts"
    ANNOUNCED = "announced"
    USER_CHOOSES = "user-chooses"
    UNIFORM_TARIFF = "uniform-tariff"
    ALL_ADMITTED = "all-admitted"
    PILOTED = "piloted"


GROUND_WORDS: Mapping[Ground, Said] = MappingProxyType(
    {
        Ground.FINANCE_APPROVED: say("The city's finance department approved another method before the start"),
        Ground.LIMITED_RANGE: say("The service is special and only a limited range of suppliers offers it"),
        Ground.COST_OUT_OF_PROPORTION: say("An open tender would cost too much of the purchase's value"),
        Ground.TENDER_FAILED: say("A tender failed: no bidder, no qualified one, or no new tender possible"),
        Ground.COMPLEX: say("It is technically complex or special, so that no detailed requirement can be fixed"),
        Ground.URGENT: say("It is urgent, for a reason the buyer did not cause, and a tender would take too long"),
        Ground.PRICE_UNKNOWN: say("The total price cannot be calculated beforehand"),
        Ground.ONLY_SUPPLIER: say("Only one supplier can render the service"),
        Ground.EMERGENCY: say("An unforeseeable emergency leaves no time for other suppliers"),
        Ground.TOP_UP: say("The same supplier must go on for consistency, within the share of the original contract"),
        Ground.SPECIAL_RESEARCH: say("It is research in a special domain"),
        Ground.CULTURE_ARTS: say("It is culture or arts by named performers or authors"),
        Ground.ANNOUNCED: say("It was announced for its period and every objection was argued"),
        Ground.USER_CHOOSES: say("At least two suppliers are needed, so that the service users choose among them"),
        Ground.UNIFORM_TARIFF: say("A uniform tariff can be fixed"),
        Ground.ALL_ADMITTED: say("Residents' convenience requires that every willing supplier be admitted"),
        Ground.PILOTED: say("The item was piloted by a closed framework agreement"),
    }
)


class Exemption(StrEnum):
    """Why a purchase may start without its intention, or sooner after it."""

    PETTY = "petty"
    URGENT = "urgent"


EXEMPTION_WORDS: Mapping[Exemption, Said] = MappingProxyType(
    {
        Exemption.PETTY: say("Small and petty, below the procurement limit"),
        Exemption.URGENT: say("Urgent, for a reason that could not be foreseen"),
    }
)


class Stage(StrEnum):
    """How far the outside process has come, as its platform tells."""

    RECEIVED = "received"
    ANNOUNCED = "announced"
    CORRECTED = "corrected"
    OPENED = "opened"
    EVALUATED = "evaluated"
    RESULT_PUBLISHED = "result-published"
    TERMINATED = "terminated"


STAGE_WORDS: Mapping[Stage, Said] = MappingProxyType(
    {
        Stage.RECEIVED: say("Taken in by the platform"),
        Stage.ANNOUNCED: say("Notice published there"),
        Stage.CORRECTED: say("Notice corrected there"),
        Stage.OPENED: say("Bids opened there"),
        Stage.EVALUATED: say("Bids evaluated there"),
        Stage.RESULT_PUBLISHED: say("Result published there"),
        Stage.TERMINATED: say("Terminated there"),
    }
)


class Outcome(StrEnum):
    """How the outside process ended."""

    AWARDED = "awarded"
    FAILED_AGAIN = "failed-again"
    FAILED_BACK = "failed-back"


OUTCOME_WORDS: Mapping[Outcome, Said] = MappingProxyType(
    {
        Outcome.AWARDED: say("Awarded to a supplier"),
        Outcome.FAILED_AGAIN: say("Failed; the money stays reserved for a new round"),
        Outcome.FAILED_BACK: say("Failed; the money is given back and the need revised"),
    }
)


class IntentionState(StrEnum):
    """Whether an intention still says what it first said."""

    PUBLISHED = "published"
    REPUBLISHED = "republished"


INTENTION = Lifecycle(
    kind="intention",
    collection="intentions",
    label=say("Intention"),
    states={
        IntentionState.PUBLISHED: say("Published as planned"),
        IntentionState.REPUBLISHED: say("Changed and published again"),
    },
    tones={IntentionState.PUBLISHED: Tone.OPEN, IntentionState.REPUBLISHED: Tone.OPEN},
    steps=(
        Step(
            Act.PUBLISH_INTENTION,
            frozenset({"submitted", "approved"}),
            IntentionState.PUBLISHED,
            frozenset({Role.PURCHASER}),
            say("Publish the intention"),
            law="B-8",
            of="need",
            when="own",
        ),
    ),
)
