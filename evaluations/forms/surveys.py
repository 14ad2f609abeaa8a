"""What a resident answers."""

from typing import Annotated

import msgspec
from msgspec import Meta

from evaluations.rules.surveys import CHOICES
from market.base.forms import Line, Words

Answer = Annotated[int, Meta(ge=min(CHOICES), le=max(CHOICES))]


class AnswerSurvey(msgspec.Struct, frozen=True, kw_only=True):
    """A questionnaire: 5 very satisfied … 1 very dissatisfied; the slip's word may stand in the address instead."""

    slip: Annotated[Line, Meta(title="Word on the slip")] | None = None
    attitude: Answer | None = None
    quality: Answer | None = None
    timeliness: Answer | None = None
    effect: Answer | None = None
    again: Answer | None = None
    comment: Annotated[Words, Meta(title="Anything else?", max_length=1000)] | None = None
    asked_for_money: Annotated[bool, Meta(title="Somebody asked me for money")] = False

    @property
    def answers(self) -> tuple[int | None, ...]:
        """Return the five answers in the order of the items."""
        return (self.attitude, self.quality, self.timeliness, self.effect, self.again)
