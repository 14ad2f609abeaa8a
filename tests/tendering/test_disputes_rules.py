"""Challenges, complaints and corrections by rule: each case with its article beside it."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from market.base.calendar import end_of_day, local_moment
from market.tendering.rules import corrections, disputes
from market.tendering.rules.corrections import Wanted
from market.tendering.rules.disputes import Standing
from market.tendering.states import State
from market.tendering.states.disputes import Kind, Outcome, Path, Stage
from tests.tendering.test_rules import LAW, fields, terms

MONDAY = date(2026, 3, 2)
STANDING = Standing(
    took_on=date(2026, 2, 10),
    submitted=True,
    published_on=date(2026, 2, 9),
    corrected_on=None,
    opened_on=date(2026, 2, 26),
    quotes_on=date(2026, 2, 27),
    decided_on=MONDAY,
)


@pytest.mark.parametrize(
    ("kind", "stage", "known"),
    [
        # 实施条例 第五十三条: the end of the notice period of 3 working days, later than the day they were taken
        (Kind.DOCUMENT, None, date(2026, 2, 12)),
        (Kind.PROCESS, Stage.OPENING, date(2026, 2, 26)),
        (Kind.PROCESS, Stage.QUOTES, date(2026, 2, 27)),
        # the result's notice period of 1 working day ends on Tuesday (section 16, vector 9)
        (Kind.RESULT, None, date(2026, 3, 3)),
    ],
)
def test_when_a_matter_should_have_been_known(kind: Kind, stage: Stage | None, known: date) -> None:
    assert disputes.known_on(kind=kind, stage=stage, standing=STANDING, law=LAW) == known


@pytest.mark.parametrize("kind", list(Kind))
def test_what_has_not_ended_is_not_known(kind: Kind) -> None:
    bare = msgspec.structs.replace(STANDING, took_on=None, opened_on=None, quotes_on=None, decided_on=None)
    assert disputes.known_on(kind=kind, stage=Stage.OPENING, standing=bare, law=LAW) is None


def test_documents_taken_later_or_corrected_count_from_then() -> None:
    late = msgspec.structs.replace(STANDING, took_on=date(2026, 2, 25))
    assert disputes.known_on(kind=Kind.DOCUMENT, stage=None, standing=late, law=LAW) == date(2026, 2, 25)
    fixed = msgspec.structs.replace(late, corrected_on=date(2026, 2, 27))
    assert disputes.known_on(kind=Kind.DOCUMENT, stage=None, standing=fixed, law=LAW) == date(2026, 2, 27)


def test_the_seven_working_days_of_a_result() -> None:
    """Vector 9: published on Monday, the last day is the following Thursday; a day later is late (Q-1)."""
    last = disputes.last_day_to_challenge(known=date(2026, 3, 3), law=LAW)
    assert last == date(2026, 3, 12)
    asked: dict[str, Any] = {"kind": Kind.RESULT, "stage": None, "standing": STANDING, "filed": [], "law": LAW}
    assert disputes.objections_to_challenge(**asked, today=last) == []
    (late,) = disputes.objections_to_challenge(**asked, today=date(2026, 3, 13))
    assert late.law == "Q-1"
    assert late.message.values == {"day": last}


@pytest.mark.parametrize(
    ("kind", "stage", "changes", "filed", "found"),
    [
        (Kind.DOCUMENT, None, {"took_on": None}, [], [("kind", "Q-3")]),
        (Kind.RESULT, None, {"submitted": False}, [], [("kind", "Q-3")]),
        (Kind.PROCESS, None, {}, [], [("stage", "Q-2")]),
        (Kind.RESULT, Stage.QUOTES, {}, [], [("stage", "Q-2")]),
        (Kind.PROCESS, None, {"submitted": False}, [], [("stage", "Q-2"), ("kind", "Q-3")]),
        (Kind.RESULT, None, {"decided_on": None}, [], [("kind", "Q-2")]),
        (Kind.RESULT, None, {}, [(Kind.RESULT, None)], [("kind", "Q-3")]),
        (Kind.PROCESS, Stage.QUOTES, {}, [(Kind.PROCESS, Stage.OPENING)], []),
        (Kind.DOCUMENT, None, {}, [(Kind.DOCUMENT, None)], [("kind", "Q-1"), ("kind", "Q-3")]),
    ],
)
def test_who_may_challenge_what(
    kind: Kind,
    stage: Stage | None,
    changes: dict[str, object],
    filed: list[tuple[Kind, Stage | None]],
    found: list[tuple[str, str]],
) -> None:
    standing = msgspec.structs.replace(STANDING, **changes)
    got = disputes.objections_to_challenge(
        kind=kind, stage=stage, standing=standing, filed=filed, today=date(2026, 3, 4), law=LAW
    )
    assert fields(got) == found


def test_the_clocks_of_answer_and_complaint() -> None:
    """Q-4: 7 working days; Q-7: 15 more; Q-8: examined in 5, decided in 30 working days, suspended 30 days at most."""
    answer = disputes.answer_by(filed_on=MONDAY, law=LAW)
    assert answer == date(2026, 3, 11)
    assert disputes.complain_until(answer_by=answer, law=LAW) == date(2026, 4, 1)
    clock = disputes.complaint_clock(filed_at=local_moment(MONDAY, time(9)), law=LAW)
    assert clock.examine_by == date(2026, 3, 9)
    assert clock.decide_by == date(2026, 4, 14)
    assert clock.suspended_until == end_of_day(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("kind", "outcome", "state", "may_correct", "qualified", "path"),
    [
        (Kind.RESULT, Outcome.UNFOUNDED, State.AWARDED, False, 2, Path.GO_ON),
        (Kind.RESULT, Outcome.WITHOUT_EFFECT, State.AWARDED, False, 2, Path.GO_ON),
        # 财政部令第94号 第十六条: another candidate while the lawful number (2, M-4) remains
        (Kind.RESULT, Outcome.FOUNDED, State.AWARDED, False, 2, Path.NEXT),
        (Kind.PROCESS, Outcome.FOUNDED, State.AWARDED, False, 2, Path.NEXT),
        (Kind.RESULT, Outcome.FOUNDED, State.AWARDED, False, 1, Path.REDO),
        (Kind.PROCESS, Outcome.FOUNDED, State.EVALUATING, False, 0, Path.REDO),
        (Kind.DOCUMENT, Outcome.FOUNDED, State.OPEN, True, 0, Path.CORRECT),
        (Kind.DOCUMENT, Outcome.FOUNDED, State.OPEN, False, 0, Path.REDO),
        (Kind.DOCUMENT, Outcome.FOUNDED, State.AWARDED, False, 2, Path.REDO),
        (Kind.RESULT, Outcome.FOUNDED, State.CONTRACTED, False, 2, Path.CONTRACT),
        (Kind.PROCESS, Outcome.FOUNDED, State.FAILED, False, 0, Path.GO_ON),
    ],
)
def test_what_follows_for_the_purchase(
    *, kind: Kind, outcome: Outcome, state: State, may_correct: bool, qualified: int, path: Path
) -> None:
    got = disputes.path_of(
        kind=kind, outcome=outcome, state=state, may_correct=may_correct, qualified=qualified, law=LAW
    )
    assert got is path


@pytest.mark.parametrize(
    ("answered", "complained", "today", "found"),
    [
        (True, False, date(2026, 3, 4), []),
        (False, False, date(2026, 3, 11), ["Q-7"]),
        (False, False, date(2026, 3, 12), []),
        (True, False, date(2026, 4, 1), []),
        (True, False, date(2026, 4, 2), ["Q-7"]),
        (True, True, date(2026, 4, 2), ["Q-7", "Q-7"]),
    ],
)
def test_when_a_complaint_may_be_filed(*, answered: bool, complained: bool, today: date, found: list[str]) -> None:
    got = disputes.objections_to_complaint(
        answered=answered,
        answer_by=date(2026, 3, 11),
        until=date(2026, 4, 1),
        complained=complained,
        today=today,
    )
    assert [o.law for o in got] == found
    may = disputes.may_complain(answered=answered, answer_by=date(2026, 3, 11), until=date(2026, 4, 1), today=today)
    assert may is (not found)


def test_serial_complaints_are_counted_from_three() -> None:
    """财政部令第94号 第三十七条."""
    assert not disputes.is_serial(unfounded=2, law=LAW)
    assert disputes.is_serial(unfounded=3, law=LAW)


def test_what_signing_waits_for() -> None:
    now = local_moment(MONDAY, time(9))
    found = disputes.suspensions(
        challenges=[("CH-1", True), ("CH-2", False)],
        complaints=[
            ("CP-1", True, end_of_day(MONDAY)),
            ("CP-2", True, local_moment(MONDAY, time(9))),
            ("CP-3", False, end_of_day(MONDAY)),
        ],
        now=now,
    )
    assert [(each.code, each.law) for each in found] == [("CH-1", "Q-5"), ("CP-1", "Q-8.suspend")]
    assert [o.law for o in disputes.objections_to_suspended(found)] == ["Q-5", "Q-8.suspend"]


BEFORE = terms()
NOW = local_moment(date(2026, 3, 4), time(9))
FIVE_DAYS_ON = end_of_day(date(2026, 3, 9))


def _judge(wanted: Wanted, *, now: datetime = NOW, said: bool = False) -> tuple[bool, datetime, list[tuple[str, str]]]:
    touches = corrections.touches_bids(before=BEFORE, wanted=wanted, said=said)
    after = corrections.corrected(before=BEFORE, wanted=wanted, touches=touches, now=now, law=LAW)
    found = corrections.objections_to_correction(
        before=BEFORE, after=after, wanted=wanted, touches=touches, now=now, law=LAW
    )
    return touches, after.closes_at, fields(found)


LATE = local_moment(date(2026, 3, 13), time(9))
AFTER_LATE = end_of_day(date(2026, 3, 18))
LATER = local_moment(date(2026, 3, 20), time(9))


@pytest.mark.parametrize(
    ("wanted", "now", "said", "judged"),
    [
        # early enough: five days remain before the closing (L-4), it stays
        (Wanted(requirement="每日送餐两次"), NOW, False, (True, BEFORE.closes_at, [])),
        # three days before the closing it moves by force
        (Wanted(requirement="每日送餐两次"), LATE, False, (True, AFTER_LATE, [])),
        (Wanted(budget=Decimal("400000.00")), LATE, False, (True, AFTER_LATE, [])),
        (Wanted(title=BEFORE.title), LATE, True, (True, AFTER_LATE, [])),
        (Wanted(requirement="每日送餐两次", closes_at=LATER), LATE, False, (True, LATER, [])),
        (
            Wanted(requirement="每日送餐两次", closes_at=BEFORE.closes_at),
            LATE,
            False,
            (True, BEFORE.closes_at, [("closes_at", "L-4.consultation")]),
        ),
        # a slip of the pen and a later closing touch no bid
        (Wanted(requirement="每日，送餐。"), LATE, False, (False, BEFORE.closes_at, [])),
        (Wanted(closes_at=LATER), LATE, False, (False, LATER, [])),
        (Wanted(closes_at=NOW), NOW, False, (False, NOW, [("closes_at", "L-1.consultation")])),
        # object and conditions may not change (L-5), their punctuation may
        (Wanted(title="保洁服务"), NOW, False, (False, BEFORE.closes_at, [("title", "L-5.consultation")])),
        (
            Wanted(qualification="仅限本区"),
            NOW,
            False,
            (False, BEFORE.closes_at, [("qualification", "L-5.consultation")]),
        ),
        (Wanted(title="助老、助餐服务"), NOW, False, (False, BEFORE.closes_at, [])),
        (Wanted(), NOW, False, (False, BEFORE.closes_at, [("", "L-4.consultation")])),
    ],
)
def test_what_a_correction_may_change_and_how_far_the_closing_moves(
    *, wanted: Wanted, now: datetime, said: bool, judged: tuple[bool, datetime, list[tuple[str, str]]]
) -> None:
    assert _judge(wanted, now=now, said=said) == judged


def test_the_opening_never_stays_before_the_closing_and_changes_are_kept() -> None:
    after = corrections.corrected(
        before=BEFORE, wanted=Wanted(requirement="每日送餐两次"), touches=True, now=LATE, law=LAW
    )
    assert after.opens_at == after.closes_at == AFTER_LATE
    changes = corrections.changes_of(before=BEFORE, after=after)
    assert [c.field for c in changes] == ["requirement", "closes_at", "opens_at"]
    assert (changes[0].original, changes[0].corrected) == ("每日送餐", "每日送餐两次")
