"""What becomes of a suggestion later: each step is kept, and all who spoke are told; upper rooms write it here."""

from market.base.database import one, rows
from market.base.ledger import Event, Follower
from market.base.outbox import post_sms
from market.base.refusal import Said, say
from market.base.wording import words
from market.needs.actions.voices import phones_of
from market.needs.states import Progress, State
from market.people.actions.telling import public_address, tell
from market.people.topics import Telling, Topic, keep_words, named


async def record_progress(*, need: str, step: Progress, says: Said, url: str, event: Event) -> None:
    """Keep a step of a need for every suggestion it was made of, and tell all who spoke.

    Called by a follower of the step's event, in its transaction; `says` is public and names no person.
    """
    found = await rows("SELECT id FROM suggestion WHERE need = $1 ORDER BY id FOR SHARE", need)
    if found:
        await tell_voices(suggestions=[row["id"] for row in found], step=step, says=says, url=url, event=event)


async def tell_voices(*, suggestions: list[int], step: Progress, says: Said, url: str, event: Event) -> None:
    """Keep a step and tell the voices: accounts in the application, telephones by short message. Once for each event.

    `url` is where the step is read, "" for the suggestion's own page.
    """
    kept = await rows(
        "INSERT INTO need_progress (suggestion, event, step, words, url, at)"
        " SELECT u, $2, $3, $4, $5, $6 FROM unnest($1::bigint[]) AS u"
        " ON CONFLICT (suggestion, event) DO NOTHING RETURNING suggestion",
        suggestions,
        event.id,
        str(step),
        keep_words(says),
        url,
        event.at,
    )
    voices = await rows(
        "SELECT DISTINCT ON (v.speaker) v.account, v.phone, s.code FROM voice v"
        " JOIN suggestion s ON s.id = v.suggestion WHERE v.suggestion = ANY ($1) ORDER BY v.speaker, v.id",
        [row["suggestion"] for row in kept],
    )
    if not voices:
        return
    pages: dict[str, list[str]] = {}
    for voice in voices:
        if voice["account"]:
            pages.setdefault(f"/suggestions/{voice['code']}", []).append(voice["account"])
    tellings = [
        Telling(topic=Topic.NEEDS, says=says, url=page, to=named(*accounts)) for page, accounts in pages.items()
    ]
    await tell(event=event, tellings=tellings)
    for page in sorted({f"/suggestions/{voice['code']}" for voice in voices if voice["phone"]}):
        phones = phones_of([voice for voice in voices if f"/suggestions/{voice['code']}" == page])
        await post_sms(to=phones, text=f"{words(says, 'zh-CN')} {public_address(page)}", now=event.at)


async def _reviewed(event: Event) -> None:
    """Follow a review: once the need may be bought, those who asked for it hear so."""
    need = await one("SELECT title, state FROM need WHERE code = $1", event.code)
    if need is None or need["state"] != State.APPROVED:
        return
    says = say("The street plans to buy what you asked for: “{title}”.", title=need["title"])
    await record_progress(need=event.code, step=Progress.PLANNED, says=says, url=f"/needs/{event.code}", event=event)


async def _withdrawn(event: Event) -> None:
    """Follow a withdrawal: those who asked hear so, and their street may answer them anew."""
    need = await one("SELECT title FROM need WHERE code = $1", event.code)
    assert need is not None  # noqa: S101  the event is about it
    says = say("The street has withdrawn the plan for what you asked for: “{title}”.", title=need["title"])
    await record_progress(need=event.code, step=Progress.STOPPED, says=says, url=f"/needs/{event.code}", event=event)
    await rows("UPDATE suggestion SET need = NULL, revision = revision + 1 WHERE need = $1", event.code)


FOLLOWERS: dict[str, Follower] = {"needs:review-need": _reviewed, "needs:withdraw-need": _withdrawn}
