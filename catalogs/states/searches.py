"""The words of saved searches."""

from enum import StrEnum

from catalogs.states.acts import Act
from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import SIGNED_IN, Role


class SearchState(StrEnum):
    """A saved search is looked into every morning until its owner drops it."""

    KEPT = "kept"
    DROPPED = "dropped"


_KEPT = frozenset({SearchState.KEPT})

SAVED_SEARCH = Lifecycle(
    kind="saved-search",
    collection="saved-searches",
    label=say("Saved search"),
    states={SearchState.KEPT: say("Looked into every morning"), SearchState.DROPPED: say("Dropped")},
    tones={SearchState.KEPT: Tone.OPEN, SearchState.DROPPED: Tone.CLOSED},
    steps=(
        Step(Act.SAVE_SEARCH, EVERY, SearchState.KEPT, SIGNED_IN, say("Save this search")),
        Step(Act.DROP_SEARCH, _KEPT, SearchState.DROPPED, SIGNED_IN, say("Drop this search")),
        Step(Act.TELL_SEARCH, _KEPT, None, frozenset({Role.CLOCK}), say("Tell what is new in this search")),
    ),
)
