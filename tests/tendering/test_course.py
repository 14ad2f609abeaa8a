"""The course of a notice: what is past, what is told first, how long is left; and its page, told in every state."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from market.base.database import rows
from market.tendering.rules.course import Moments, course_of, headline_of, time_left
from market.tendering.states import State
from tests.town import Town


def at(day: int, hour: int = 1) -> datetime:
    """A moment of March 2026; 01:00 UTC is nine o'clock in Shanghai."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def moments(state: State, **more: object) -> Moments:
    known: dict[str, object] = {
        "published_at": at(2),
        "questions_until": at(8),
        "closes_at": at(13),
        "opens_at": at(13),
        "opened_at": None,
        "quotes_until": None,
        "confirm_until": None,
        "ended_at": None,
    }
    return Moments(state=state, **{**known, **more})  # type: ignore[arg-type]


def standings(m: Moments, now: datetime) -> list[tuple[str, str]]:
    return [(stop.words.msgid, stop.standing) for stop in course_of(moments=m, now=now)]


def test_an_open_notice_goes_on_to_its_questions_end_and_its_closing_is_told_first() -> None:
    m = moments(State.OPEN)
    assert standings(m, at(3))[:3] == [("Notice published", "past"), ("Questions until", "now"), ("Closing", "")]
    first = headline_of(course_of(moments=m, now=at(3)))
    assert first is not None
    assert (first.words.msgid, first.law) == ("Closing", "L-1.consultation")


def test_the_closing_moment_itself_is_past_the_closing() -> None:
    m = moments(State.OPEN)
    a_second = timedelta(seconds=1)
    assert ("Closing", "now") in standings(m, at(13) - a_second)
    assert ("Closing", "past") in standings(m, at(13))
    assert ("Opening", "now") in standings(m, at(13))


def test_a_draft_waits_for_its_publication() -> None:
    told = standings(moments(State.DRAFT, published_at=None, questions_until=None), at(2))
    assert told[0] == ("Notice to be published", "now")
    assert {standing for _, standing in told[1:]} == {""}


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_what_ended_early_tells_only_what_happened_and_its_end(state: State) -> None:
    told = course_of(moments=moments(state, ended_at=at(13, 2)), now=at(14))
    assert {stop.standing for stop in told} == {"past"}
    assert told[-1].at == at(13, 2)
    assert headline_of(told) is None


def test_after_the_award_the_days_of_challenge_and_signing_follow() -> None:
    m = moments(
        State.AWARDED,
        opened_at=at(13),
        quotes_until=at(16),
        decided_at=at(17),
        notice_until=date(2026, 3, 18),
        challenge_until=date(2026, 3, 27),
        sign_by=date(2026, 4, 16),
    )
    told = standings(m, at(20))
    assert told[-3:] == [("Result notice until", "past"), ("Challenges until", "now"), ("Sign the contract by", "")]
    assert standings(m, at(27))[-2] == ("Challenges until", "now"), "the last day counts to its end"
    assert standings(m, at(28))[-2] == ("Challenges until", "past")


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (at(10, 2), "{days} days left, {working} of them working days"),
        (at(3), "{hours} hours and {minutes} minutes left"),
        (at(2, 2), "{hours} hours and {minutes} minutes left"),
        (at(2, 1), None),
        (date(2026, 3, 2), "Today is the last day"),
        (date(2026, 3, 1), None),
        (None, None),
    ],
)
def test_the_time_left_in_words(until: datetime | date | None, said: str | None) -> None:
    left = time_left(until=until, now=at(2, 1) + timedelta(seconds=1) if until == at(3) else at(2, 1))
    assert (left.msgid if left else None) == said


def test_days_left_count_working_days_without_today() -> None:
    """Monday to the Tuesday of the next week: eight days, six working days."""
    left = time_left(until=at(10, 2), now=at(2, 1))
    assert left is not None
    assert left.values == {"days": 8, "working": 6}


async def test_the_page_tells_the_course_in_every_state(town: Town) -> None:
    browser = await town.browser("hua.rong")
    one_of_each = await rows("SELECT state, min(code) AS code FROM tender GROUP BY state")
    assert len(one_of_each) >= 8
    for row in one_of_each:
        page = await browser.get(f"/tenders/{row['code']}")
        assert page.status_code == 200
        told = page.text.count('aria-current="step"')
        assert told == (0 if row["state"] in ("failed", "cancelled", "contracted") else 1), row["state"]


async def test_the_papers_tell_lengths_marks_and_who_confirmed(town: Town) -> None:
    client = await town.client()
    notice = await client.get("/tenders/T-2026-0015/notice.pdf")
    card = (await client.get("/tenders/T-2026-0015")).json()
    text = read_pdf(notice.content)
    for period in card["periods"]:
        assert f"{period['length']} " in text
        assert period["verification"] in text
    letter = await (await town.client("he.jing")).get("/tenders/T-2026-0005/award-letter.pdf")
    decider = await rows(
        "SELECT a.name FROM tender t JOIN account a ON a.login = t.decided_by WHERE t.code = 'T-2026-0005'"
    )
    assert decider[0]["name"] in read_pdf(letter.content)
