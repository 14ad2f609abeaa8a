"""Feeds for readers' programs: notices as Atom (RFC 4287), public deadlines as a calendar (RFC 5545); in Chinese.

Each answer is what everybody may read. Its ETag is the digest of its bytes, so a program that asks again is told that
nothing changed; identifiers never change, since they are made of a record's code and its event.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from icalendar import Calendar, Event
from litestar import Response

from market.base.refusal import Said, say
from market.base.render import cited
from market.base.web import Door, Route, read
from market.base.wording import act_words, words
from market.people.actions import public_address
from market.tendering.queries.feeds import NoticeEvent, PublicDay, notice_events, public_days

ATOM = "application/atom+xml"
CALENDAR = "text/calendar"
_LANG = "zh-CN"
_ENTRIES = 100
_KEPT = "public, max-age=300"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_FIRST_YEAR = "2026"
_TITLE = say("Shecai: notices of street offices")
_DAYS_TITLE = say("Shecai: days that count")
_KINDS: Mapping[str, Said] = {
    "questions": say("Last moment for questions: {title}"),
    "closing": say("Bids close: {title}"),
    "challenge": say("Last day to challenge the result: {title}"),
}


def atom(events: list[NoticeEvent], *, address: str) -> bytes:
    """Return notices' events as an Atom feed, the newest first; without any it says the beginning of its days."""
    ET.register_namespace("", _NAMESPACE)
    feed = ET.Element(f"{{{_NAMESPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": _LANG})
    _put(feed, "id", address)
    _put(feed, "title", words(_TITLE, _LANG))
    _put(feed, "updated", events[0].at.isoformat() if events else f"{_FIRST_YEAR}-01-01T00:00:00+08:00")
    _link(feed, address, rel="self", kind=ATOM)
    _link(feed, public_address("/tenders"), rel="alternate", kind="text/html")
    for event in events:
        _entry(feed, event)
    text = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def _entry(feed: ET.Element, event: NoticeEvent) -> None:
    entry = ET.SubElement(feed, f"{{{_NAMESPACE}}}entry")
    _put(entry, "id", f"tag:{_host()},{_FIRST_YEAR}:{event.code}/{event.act}/{event.id}")
    _put(entry, "title", f"{act_words(event.act, _LANG)}：{event.title}")
    _put(entry, "updated", event.at.isoformat())
    author = ET.SubElement(entry, f"{{{_NAMESPACE}}}author")
    _put(author, "name", event.street_name)
    _link(entry, public_address(event.url), rel="alternate", kind="text/html")
    ET.SubElement(entry, f"{{{_NAMESPACE}}}category", {"term": event.act})
    said = say(
        "{code}, {street}. Budget {budget_yuan}. Bids until {closes_at}.",
        code=event.code,
        street=event.street_name,
        budget_yuan=event.budget,
        closes_at=event.closes_at,
    )
    _put(entry, "summary", words(said, _LANG))


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}").text = text


def _link(parent: ET.Element, href: str, *, rel: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{_NAMESPACE}}}link", {"rel": rel, "type": kind, "href": href})


def _host() -> str:
    return urlsplit(public_address("/")).hostname or "localhost"


def calendar(days: list[PublicDay]) -> bytes:
    """Return public days as a calendar: an end as a moment, a last day as a whole day, each with its article."""
    made = Calendar()
    made.add("prodid", "-//Shecai//Deadlines//ZH")
    made.add("version", "2.0")
    made.add("name", words(_DAYS_TITLE, _LANG))
    made.add("x-wr-calname", words(_DAYS_TITLE, _LANG))
    for each in days:
        made.add_component(_event(each))
    content: bytes = made.to_ical()
    return content


def _event(day: PublicDay) -> Event:
    event = Event()
    event.add("uid", f"{day.code}-{day.kind}@{_host()}")
    event.add("dtstamp", day.changed_at)
    said = _KINDS[day.kind]
    event.add("summary", words(say(said.msgid, title=day.title), _LANG))
    if day.ends_at is not None:
        event.add("dtstart", day.ends_at)
        event.add("dtend", day.ends_at)
    elif day.on is not None:
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
    event.add("description", f"{day.street_name} {day.code} {cited(day.law)}")
    event.add("url", public_address(day.url))
    event.add("transp", "TRANSPARENT")
    return event


def kept(door: Door[None], content: bytes, *, media: str) -> Response[bytes]:
    """Answer a feed that programs and proxies may keep for minutes, 304 without bytes when they have it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": _KEPT}
    asked = door.request.headers.get("If-None-Match", "")
    if etag in [each.strip().removeprefix("W/") for each in asked.split(",")] or asked.strip() == "*":
        return Response(content=b"", status_code=304, headers=headers, media_type=media)
    return Response(content=content, headers=headers, media_type=f"{media}; charset=utf-8")


@read("/feeds/notices.atom", name="notices_feed", media=ATOM)
async def notices(door: Door[None]) -> Response[bytes]:
    """Return what street offices announced, answered and decided last, as an Atom feed; of one with `?street=`."""
    street = door.query("street")
    path = "/feeds/notices.atom" + (f"?street={street}" if street else "")
    events = await notice_events(street=street, limit=_ENTRIES)
    return kept(door, atom(events, address=public_address(path)), media=ATOM)


@read("/feeds/deadlines.ics", name="deadlines_feed", media=CALENDAR)
async def deadlines(door: Door[None]) -> Response[bytes]:
    """Return the days that bind everybody (questions, bids, challenges) as a calendar; of one street's `?street=`."""
    days = await public_days(street=door.query("street"), now=door.now)
    return kept(door, calendar(days), media=CALENDAR)


ROUTES: list[Route] = [notices, deadlines]
