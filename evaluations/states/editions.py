"""States and steps of the editions of indicator templates."""

from enum import StrEnum

from evaluations.states.acts import Act
from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role


class TemplateState(StrEnum):
    """Whether an edition is what new evaluations are planned by; told by its days, never stored."""

    COMING = "coming"
    IN_FORCE = "in-force"
    REPLACED = "replaced"


TEMPLATE = Lifecycle(
    kind="indicator-template",
    collection="evaluations/templates",
    label=say("Indicator template"),
    states={
        TemplateState.COMING: say("Not yet in force"),
        TemplateState.IN_FORCE: say("In force"),
        TemplateState.REPLACED: say("Replaced by a newer edition"),
    },
    tones={
        TemplateState.COMING: Tone.WAITING,
        TemplateState.IN_FORCE: Tone.OPEN,
        TemplateState.REPLACED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.ADD_TEMPLATE,
            on=EVERY,
            to=TemplateState.COMING,
            by=frozenset({Role.CATALOGUE_KEEPER, Role.PLATFORM_ADMINISTRATOR}),
            label=say("Add an edition of a template"),
            law="K-12",
            final=True,
        ),
    ),
)
