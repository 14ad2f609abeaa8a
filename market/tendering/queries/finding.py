"""The search over notices: what a reader may see, found by code, title, street and what is required."""

from market.base.database import Row
from market.base.searching import Asked, Found, Hit, Shelf, find
from market.base.terms import Sought, snippet
from market.people.queries import organization_names
from market.people.states import User
from market.tendering.queries.tenders import VISIBLE, reader_of

_NOTICES = Shelf(
    columns="t.code, t.state, t.title, t.street, t.requirement, t.qualification",
    source=f"FROM tender t WHERE {VISIBLE}",
    terms="t.search_terms",
    code="t.code",
    key="t.id",
    newest_first=True,
)
_SHOWN = 80


async def find_notices(*, user: User, asked: Asked) -> Found:
    """Return the notices that answer a search and that this reader may see, by title first, newest first."""
    found, following, total = await find(_NOTICES, asked, *reader_of(user))
    streets = await organization_names(codes={row["street"] for row in found}) if found else {}
    return Found([_hit(row, streets.get(row["street"], ""), asked.sought) for row in found], following, total)


def _hit(row: Row, street: str, sought: Sought) -> Hit:
    texts = (row["requirement"], row["qualification"])
    return Hit(
        kind="notices",
        code=row["code"],
        state=row["state"],
        url=f"/tenders/{row['code']}",
        title=row["title"],
        of=street,
        snippet=snippet(texts, words=sought.words) or " ".join(row["requirement"][:_SHOWN].split()),
    )
