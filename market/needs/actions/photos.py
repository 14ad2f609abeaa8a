"""Photos of what is lacking: from a stranger's telephone, made harmless before anything of them is kept."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.pictures import clean_picture
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.needs.actions.voices import speaker_of
from market.needs.queries.suggestions import SuggestionCard, suggestion_for
from market.needs.rules.suggestions import MOST_PHOTOS
from market.needs.states import SUGGESTION, Act
from market.people.attachments import attach_file
from market.people.states import ANYONE, User


async def attach_photo(*, code: str, content: bytes, proof: str, by: User, now: datetime) -> SuggestionCard:
    """Add a photo to a suggestion that one made oneself and that is open; at most three.

    Only the picture is kept, small and without place, time and device. Everybody can see it until it is hidden.
    Refused for what is no photo, and for a fourth. Raises NotFound for whoever did not make the suggestion.
    """
    speaker = speaker_of(user=by, proof=proof, now=now)
    found = await one(
        "SELECT v.speaker FROM voice v JOIN suggestion s ON s.id = v.suggestion"
        " WHERE s.code = $1 AND v.said_on = s.code ORDER BY v.id LIMIT 1",
        code,
    )
    if speaker is None or found is None or found["speaker"] != speaker.digest:
        raise NotFound
    picture = await asyncio.to_thread(clean_picture, content)
    async with transaction():
        row = await one("SELECT id, state, photos FROM suggestion WHERE code = $1 FOR UPDATE", code)
        assert row is not None  # noqa: S101  found above, and never deleted
        refuse_if(objections_to_state(SUGGESTION, Act.ATTACH_PHOTO, row["state"]))
        if len(row["photos"]) >= MOST_PHOTOS:
            refuse_if([Objection("file", say("A suggestion has at most {most} photos.", most=MOST_PHOTOS))])
        actor = by if speaker.account else ANYONE
        kept = await attach_file(name="photo.jpg", chunks=_at_once(picture), by=actor, now=now)
        await rows("UPDATE suggestion SET photos = photos || $2::varchar WHERE id = $1", row["id"], kept.code)
        await record(room="needs", act=Act.ATTACH_PHOTO, code=code, by=actor, now=now, detail={"photo": kept.code})
        return await suggestion_for(code=code, user=by, speaker=speaker.digest)


async def _at_once(content: bytes) -> AsyncIterator[bytes]:
    yield content
