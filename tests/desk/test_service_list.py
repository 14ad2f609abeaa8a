"""The public service list and the feeds: what runs today, the same for all, nothing unpublished, kept by ETag."""

import io
from datetime import datetime
from xml.etree import ElementTree as ET

from icalendar import Calendar
from pypdf import PdfReader

from market.base.calendar import local_date
from market.base.database import rows
from tests.town import Town

WUTONG = "11000000002468133W"
PAGE = f"/streets/{WUTONG}/services"
HTML = {"Accept": "text/html"}
ATOM = "{http://www.w3.org/2005/Atom}"


async def test_the_list_holds_what_runs_today_with_its_last_published_word(town: Town) -> None:
    listed = (await (await town.client()).get(PAGE)).json()
    today = local_date(await town.now())
    running = await rows(
        "SELECT code FROM contract WHERE street = $1 AND state IN ('in-force', 'closed') AND from_on <= $2"
        " AND until_on > $2 ORDER BY code",
        WUTONG,
        today,
    )
    assert running
    assert [item["code"] for item in listed["items"]] == [row["code"] for row in running]
    assert listed["next"] is None
    for item in listed["items"]:
        published = await rows(
            "SELECT grade FROM evaluation WHERE contract = $1 AND state = 'published'"
            " ORDER BY published_at DESC LIMIT 1",
            item["code"],
        )
        assert (item["result"] or {}).get("grade") == (published[0]["grade"] if published else None)
        consent = await rows(
            "SELECT contact_phone FROM profile p JOIN organization o ON o.id = p.organization"
            " WHERE o.code = $1 AND p.public_contact",
            item["supplier"],
        )
        assert item["phone"] == (consent[0]["contact_phone"] if consent else "")


async def test_a_service_leaves_the_list_when_its_term_is_over(town: Town) -> None:
    client = await town.client()
    before = {item["code"]: item["last_on"] for item in (await client.get(PAGE)).json()["items"]}
    first = min(before, key=lambda code: before[code])
    await town.advance(to=datetime.fromisoformat(f"{before[first]}T09:00:00+08:00"))
    assert first in {item["code"] for item in (await client.get(PAGE)).json()["items"]}
    await town.advance(by="P1D")
    assert first not in {item["code"] for item in (await client.get(PAGE)).json()["items"]}


async def test_page_and_paper_say_the_same_and_a_code_leads_back(town: Town) -> None:
    client = await town.client()
    listed = (await client.get(PAGE)).json()
    page = (await client.get(PAGE, headers=HTML)).text
    answer = await client.get(f"{PAGE}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    paper = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages)
    squeezed = "".join(paper.split())
    for item in listed["items"]:
        assert item["title"] in page
        assert item["title"] in squeezed
        assert item["supplier_name"] in squeezed
    assert 'class="qr"' in page
    assert PAGE in squeezed
    assert (await client.get("/streets/51000000MJ1234561G/services")).status_code == 404


async def test_the_feed_of_notices_is_atom_and_tells_public_events_alone(town: Town) -> None:
    client = await town.client()
    answer = await client.get("/feeds/notices.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314  our own answer
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) > 5
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    hidden = await rows("SELECT code FROM tender WHERE published_at IS NULL")
    assert hidden
    assert not [row["code"] for row in hidden if row["code"] in answer.text]
    again = await client.get("/feeds/notices.atom", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    own = await client.get(f"/feeds/notices.atom?street={WUTONG}")
    mine = ET.fromstring(own.content)  # noqa: S314  our own answer
    assert 0 < len(mine.findall(f"{ATOM}entry")) < len(entries)


async def test_the_calendar_has_the_days_that_bind_everybody(town: Town) -> None:
    client = await town.client()
    answer = await client.get("/feeds/deadlines.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(answer.content).events}
    tenders = await rows("SELECT code, closes_at, questions_until FROM tender WHERE state = 'open'")
    assert tenders
    for tender in tenders:
        assert events[f"{tender['code']}-closing"]["dtstart"].dt == tender["closes_at"]
        assert events[f"{tender['code']}-questions"]["dtstart"].dt == tender["questions_until"]
    awarded = await rows("SELECT code FROM tender WHERE state = 'awarded'")
    challenges = {uid for uid in events if uid.endswith("-challenge")}
    assert {f"{row['code']}-challenge" for row in awarded} <= challenges
    assert answer.content == (await client.get("/feeds/deadlines.ics")).content
