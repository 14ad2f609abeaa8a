"""What waits for a reader, and what time will do next."""

from datetime import datetime

from evaluations.queries.cards import COMMITTEE, SEEN, acting_facts, audiences_for, reader
from evaluations.states import Act, State
from market.base.calendar import last_day
from market.base.database import Row, one, rows
from market.base.records import Waiting, acts_for
from market.people.states import Role, User

_MOST = 200
# Nobody waits for what may be done any number of times.
_ANY_TIME = frozenset({Act.ANSWER_SURVEY})
# Who hands out slips: the committee to residents, one person each for the street and the organization.
_HANDERS = (*COMMITTEE, Role.PURCHASER, Role.ORGANIZATION_ADMINISTRATOR)


async def next_turn(*, until: datetime) -> datetime | None:
    """Return the earliest moment up to `until` at which time acts on an evaluation."""
    row = await one("SELECT min(next_turn_at) AS at FROM evaluation WHERE next_turn_at <= $1", until)
    return row["at"] if row else None


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:
    """Return the evaluations in which this reader may do something now, the most urgent first.

    Handing out a survey's slips is no act, and yet work: it waits while slips of the reader's audiences are unused.
    """
    if not user.account or user.may_be(Role.AUDITOR):
        return []
    found = await rows(
        f"SELECT w.*, EXISTS (SELECT 1 FROM evidence v WHERE v.evaluation = w.id) AS told, ARRAY(SELECT DISTINCT"  # noqa: S608
        f" s.audience FROM survey_slip s WHERE s.evaluation = w.id AND s.used_on IS NULL) AS unused FROM ({SEEN}) w"
        f" WHERE w.state NOT IN ('planned', 'published') ORDER BY w.due_on, w.id LIMIT {_MOST}",
        *reader(user),
    )  # fmt: skip
    waiting = []
    for row in found:
        if _hands_out_slips(row, user=user, now=now):
            waiting.append(_slips(row))
        facts = acting_facts(row, user=user, now=now)
        for link in acts_for(kind="evaluation", code=row["code"], state=row["state"], by=user, facts=facts):
            if link.act in _ANY_TIME or (link.act == Act.SUBMIT_EVIDENCE and row["told"]):
                continue
            by_when = {
                State.OPEN: row["survey_until"],
                State.SCORED: row["reply_until"] if link.act == Act.REPLY_TO_EVALUATION else None,
            }.get(State(row["state"]))
            waiting.append(
                Waiting(
                    title=row["title"],
                    act=link.act,
                    url=f"/evaluations/{row['code']}",
                    by_when=last_day(by_when) if by_when else row["due_on"],
                    law=_law_of(link.act),
                )
            )
    return waiting


def _hands_out_slips(row: Row, *, user: User, now: datetime) -> bool:
    runs = row["state"] == State.OPEN and row["survey_until"] is not None and now < row["survey_until"]
    return runs and user.may_be(*_HANDERS) and any(str(each) in row["unused"] for each in audiences_for(row, user))


def _slips(row: Row) -> Waiting:
    return Waiting(
        title=row["title"],
        act=str(Act.ANSWER_SURVEY),
        url=f"/evaluations/{row['code']}/slips",
        by_when=last_day(row["survey_until"]),
        law="K-8",
    )


def _law_of(act: str) -> str:
    laws = {
        Act.REPLY_TO_EVALUATION: "IND-3.reply",
        Act.ANSWER_REPLY: "IND-3.reply",
        Act.SUBMIT_EVIDENCE: "K-2",
        Act.SCORE_EVALUATION: "K-5",
        Act.PUBLISH_EVALUATION: "R-4",
    }
    return laws.get(Act(act), "K-2")
