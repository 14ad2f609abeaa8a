"""What somebody sends who keeps a search."""

from typing import Annotated

import msgspec
from msgspec import Meta

from catalogs.rules import GRADES
from catalogs.rules.searches import LONGEST_NAME, STANDING_FACET_WORDS, StandingFacet, Wanted
from market.base.forms import Code, Line, Name
from market.base.refusal import say
from market.people.states import KIND_WORDS, OrganizationKind

_LOOKED_FOR = say("What is looked for")


class SaveSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A search of the directory, with the name by which its owner knows it."""

    name: Annotated[Name, Meta(title="Name of the search", max_length=LONGEST_NAME)]
    q: Annotated[Line, Meta(title="Words", max_length=200, extra={"group": _LOOKED_FOR})] = ""
    category: Annotated[Code, Meta(title="Category", extra={"choices": "categories"})] = ""
    area: Annotated[
        Line, Meta(title="Service area", description="The name of a street or a quarter.", max_length=20)
    ] = ""
    grade: Annotated[
        str, Meta(title="Assessment grade", description="1A to 5A.", pattern=f"^({'|'.join(GRADES)})?$")
    ] = ""
    kind: Annotated[OrganizationKind | None, Meta(title="Kind", extra={"words": KIND_WORDS})] = None
    standing: Annotated[StandingFacet | None, Meta(title="Standing today", extra={"words": STANDING_FACET_WORDS})] = (
        None
    )
    hub: Annotated[bool, Meta(title="Hub organizations only")] = False

    def wanted(self) -> Wanted:
        """Return it as rules take it."""
        return Wanted(
            q=self.q.strip(),
            category=self.category,
            area=self.area.strip(),
            grade=self.grade,
            kind=str(self.kind or ""),
            standing=str(self.standing or ""),
            hub="yes" if self.hub else "",
        )
