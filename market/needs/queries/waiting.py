"""What waits for whom among a street's needs."""

from datetime import datetime

from market.base.database import Row, rows
from market.base.lifecycle import HOUSE
from market.base.records import Waiting, acts_for
from market.needs.queries.needs import has_part, way_of
from market.needs.queries.official import where_awarded
from market.needs.queries.suggestions import waiting_suggestions
from market.needs.states import Act, State
from market.people.states import Role, User

_GOING_ON = (State.APPROVED, State.HANDED_OVER, State.AWARDED)
# What may be done to an approved need and nobody waits for.
_AT_WILL = frozenset({Act.WITHDRAW_NEED, Act.CHOOSE_METHOD, Act.PUBLISH_INTENTION, Act.TRACK_OFFICIAL})


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:  # noqa: ARG001  every room's signature
    """Return the drafts a purchaser has to finish, the needs to tender, and those a second person has to review.

    Then the suggestions that a street has to answer.
    """
    if user.may_be(Role.PURCHASER):
        state, act, law = [State.DRAFT, State.SENT_BACK, *_GOING_ON], Act.SUBMIT_NEED, "N-10"
    elif user.may_be(Role.APPROVER, Role.LEGAL_REVIEWER, Role.STREET_SUPERVISOR):
        state, act, law = [State.SUBMITTED], Act.REVIEW_NEED, "B-5"
    else:
        return []
    found = await rows(
        f"SELECT code, state, title, hands, channel, method, earlier, legal_review,"  # noqa: S608
        f" reviewed_by, law_reviewed_by, supervised_by, {where_awarded(need='need')} AS awarded FROM need"
        " WHERE street = $1 AND state = ANY ($2) ORDER BY id LIMIT 100",
        user.organization or "",
        [str(one_of) for one_of in state],
    )
    waiting = []
    for row in found:
        if row["state"] in _GOING_ON:
            facts = frozenset({"own", way_of(row)} | ({"own-without-contract"} if row["awarded"] else set()))
            links = acts_for(kind="need", code=row["code"], state=row["state"], by=user, facts=facts)
            waiting += [
                _waiting(row, link.act, HOUSE.steps[link.act][1].law) for link in links if link.act not in _AT_WILL
            ]
        elif act is not Act.REVIEW_NEED or has_part(row, user):
            waiting.append(_waiting(row, str(act), law))
    return [*waiting, *await waiting_suggestions(user=user)]


def _waiting(row: Row, act: str, law: str) -> Waiting:
    return Waiting(title=row["title"], act=act, url=f"/needs/{row['code']}", law=law)
