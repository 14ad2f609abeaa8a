"""Intentions for readers' programs, as an Atom feed (RFC 4287): each version is an entry of its own."""

from xml.etree import ElementTree as ET

from litestar import Response

from market.base.refusal import say
from market.base.web import Door, Route, read
from market.base.wording import words
from market.desk.feeds import ATOM, kept
from market.needs.queries.intentions import IntentionLine, intentions_page
from market.people.actions import public_address

_LANG = "zh-CN"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_TITLE = say("Shecai: intentions of street offices")


def atom_of(items: list[IntentionLine], *, address: str) -> bytes:
    """Return intentions as a feed; an identifier names the version, so that a change is a new entry."""
    ET.register_namespace("", _NAMESPACE)
    feed = ET.Element(f"{{{_NAMESPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": _LANG})
    newest = max((one.published_at.isoformat() for one in items), default="2026-01-01T00:00:00+08:00")
    for name, text in (("id", address), ("title", words(_TITLE, _LANG)), ("updated", newest)):
        ET.SubElement(feed, f"{{{_NAMESPACE}}}{name}").text = text
    ET.SubElement(feed, f"{{{_NAMESPACE}}}link", {"rel": "self", "type": ATOM, "href": address})
    for one in items:
        _entry(feed, one)
    told: bytes = ET.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + told


def _entry(feed: ET.Element, one: IntentionLine) -> None:
    entry = ET.SubElement(feed, f"{{{_NAMESPACE}}}entry")
    said = say(
        "{street}, {budget_yuan}, planned for {month}: {outline}",
        street=one.street_name,
        budget_yuan=one.budget,
        month=f"{one.month_on:%Y-%m}",
        outline=one.outline,
    )
    moment = one.published_at.isoformat()
    address = public_address(one.url)
    told = {"id": f"{address}#{moment}", "title": one.title, "updated": moment, "summary": words(said, _LANG)}
    for name, text in told.items():
        ET.SubElement(entry, f"{{{_NAMESPACE}}}{name}").text = text
    author = ET.SubElement(entry, f"{{{_NAMESPACE}}}author")
    ET.SubElement(author, f"{{{_NAMESPACE}}}name").text = one.street_name
    ET.SubElement(entry, f"{{{_NAMESPACE}}}link", {"rel": "alternate", "type": "text/html", "href": address})


@read("/feeds/intentions.atom", name="intentions_feed", media=ATOM)
async def intentions(door: Door[None]) -> Response[bytes]:
    """Return the newest intentions of street offices as an Atom feed; of one with `?street=`."""
    street = door.query("street")
    found = await intentions_page(street=street)
    path = "/feeds/intentions.atom" + (f"?street={street}" if street else "")
    return kept(door, atom_of(found.items, address=public_address(path)), media=ATOM)


ROUTES: list[Route] = [intentions]
