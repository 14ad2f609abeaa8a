"""The deeds done to suggestions: suggested, supported, answered, merged, hidden."""

from datetime import datetime, timedelta

from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import Busy, NotFound, Objection, refuse_if, same_revision, say
from market.needs.actions.progress import tell_voices
from market.needs.actions.voices import Speaker, speaker_of
from market.needs.queries.suggestions import SuggestionCard, suggestion_for
from market.needs.rules import suggestions as rules
from market.needs.rules.suggestions import Bound, Wording
from market.needs.states import OUTCOME_WORDS, SUGGESTION, Act, Outcome, Progress, SuggestionState
from market.needs.tables import Suggestion, Voice
from market.people.states import ANYONE, User


def _actor(speaker: Speaker, by: User) -> User:
    """Return who stands in the ledger: the account, or anyone for a telephone, whoever is signed in beside it."""
    return by if speaker.account else ANYONE


async def _speaker(*, by: User, proof: str, now: datetime) -> Speaker:
    speaker = speaker_of(user=by, proof=proof, now=now)
    refuse_if(rules.objections_to_speaking(has_voice=speaker is not None))
    assert speaker is not None  # noqa: S101  refused above
    return speaker


async def _within(bound: Bound, moments: list[datetime], now: datetime) -> None:
    if wait := rules.wait_for(moments, bound, now=now):
        raise Busy(wait, say("That is enough for now. Try again in {minutes} minutes.", minutes=-(-wait // 60)))


async def _said_lately(speaker: Speaker, since: timedelta, now: datetime) -> list[Row]:
    """Return what a voice said lately; waits for what the same voice is saying now."""
    await rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", speaker.digest)
    return await rows(
        "SELECT v.spoke_at, v.spoke_at = s.suggested_at AND v.said_on = s.code AS raised FROM voice v"
        " JOIN suggestion s ON s.code = v.said_on WHERE v.speaker = $1 AND v.spoke_at > $2",
        speaker.digest,
        now - since,
    )


async def _speak(suggestion: int, code: str, speaker: Speaker, now: datetime) -> None:
    await Voice.insert(
        Voice(
            suggestion=suggestion,
            speaker=speaker.digest,
            account=speaker.account,
            phone=speaker.sealed_phone,
            said_on=code,
            spoke_at=now,
        )
    )


async def suggest_need(*, street: str, wording: Wording, proof: str, by: User, now: datetime) -> SuggestionCard:
    """Suggest what a street should provide; the suggester is its first voice.

    Refused without a voice, for an unknown street, and with personal data in what everybody will read. Busy beyond
    five a day. A residents' account suggests openly for its organization; a telephone leaves no name.
    """
    async with transaction():
        speaker = await _speaker(by=by, proof=proof, now=now)
        objections = rules.objections_to_suggestion(wording)
        if await one("SELECT 1 FROM organization WHERE code = $1 AND kind = 'street'", street) is None:
            objections.append(Objection("street", say("There is no such street office.")))
        refuse_if(objections)
        lately = await _said_lately(speaker, rules.SUGGESTIONS_A_VOICE.within, now)
        await _within(rules.SUGGESTIONS_A_VOICE, [row["spoke_at"] for row in lately if row["raised"]], now)
        code = await code_for("S", now)
        made = await Suggestion.insert(
            Suggestion(
                code=code,
                street=street,
                title=wording.title,
                words=wording.words,
                place=wording.place,
                served=wording.served,
                people=wording.people,
                category=str(wording.category),
                terms=[],
                organization=(by.organization or "") if speaker.account else "",
                suggested_at=now,
                voices=1,
                state=SuggestionState.OPEN,
            )
        ).returning(Suggestion.id)
        # A longer list than the ORM likes to write.
        await rows("UPDATE suggestion SET terms = $2 WHERE id = $1", made[0]["id"], list(rules.terms_of(wording)))
        await _speak(made[0]["id"], code, speaker, now)
        public = {"street": street, "title": wording.title, "category": wording.category}
        await record(room="needs", act=Act.SUGGEST_NEED, code=code, by=_actor(speaker, by), now=now, public=public)
        return await suggestion_for(code=code, user=by, speaker=speaker.digest)


async def _lock(code: str, act: Act, *, expected: int | None = None) -> Row:
    row = await one("SELECT * FROM suggestion WHERE code = $1 FOR UPDATE", code)
    if row is None:
        raise NotFound
    same_revision(expected, row["revision"])
    refuse_if(objections_to_state(SUGGESTION, act, row["state"]))
    return row


async def _lock_own(code: str, act: Act, *, by: User, expected: int | None) -> Row:
    """Lock a suggestion of one's own street. Raises NotFound for another's."""
    street = await one("SELECT street FROM suggestion WHERE code = $1", code)
    if street is None or street["street"] != by.organization:
        raise NotFound
    return await _lock(code, act, expected=expected)


async def support_suggestion(*, code: str, proof: str, by: User, now: datetime) -> SuggestionCard:
    """Add one's voice to a suggestion. Refused without a voice, twice, and when it is answered, merged or hidden."""
    async with transaction():
        row = await _lock(code, Act.SUPPORT_SUGGESTION)
        speaker = await _speaker(by=by, proof=proof, now=now)
        lately = await _said_lately(speaker, rules.VOICES_A_SPEAKER.within, now)
        await _within(rules.VOICES_A_SPEAKER, [each["spoke_at"] for each in lately], now)
        if await one("SELECT 1 FROM voice WHERE suggestion = $1 AND speaker = $2", row["id"], speaker.digest):
            refuse_if([Objection("", say("You have spoken for this already; each person counts once."))])
        await _speak(row["id"], code, speaker, now)
        await rows("UPDATE suggestion SET voices = voices + 1 WHERE id = $1", row["id"])
        await record(room="needs", act=Act.SUPPORT_SUGGESTION, code=code, by=_actor(speaker, by), now=now)
        return await suggestion_for(code=code, user=by, speaker=speaker.digest)


async def answer_suggestion(
    *, code: str, outcome: Outcome, reason: str, need: str, link: str, expected: int | None, by: User, now: datetime
) -> SuggestionCard:
    """Answer a suggestion of one's own street, for everybody to read; all who spoke are told.

    An answer may be given anew until a need is made of it. Refused with another street's need, with personal data in
    the reason, and without the place of a service that is there already. Law: B-1.
    """
    async with transaction():
        row = await _lock_own(code, Act.ANSWER_SUGGESTION, by=by, expected=expected)
        found = await one("SELECT street FROM need WHERE code = $1", need) if need else None
        refuse_if(
            [
                *rules.objections_to_answer(
                    outcome=outcome,
                    state=row["state"],
                    link=link,
                    need=need,
                    need_street=found["street"] if found else None,
                    street=row["street"],
                    has_need=row["need"] is not None,
                ),
                *rules.objections_to_words(reason=reason),
            ]
        )
        await rows(
            "UPDATE suggestion SET state = $2, answer = $3, answer_url = $4, need = $5, answered_at = $6,"
            " answered_by = $7, revision = revision + 1 WHERE id = $1",
            row["id"],
            str(outcome),
            reason,
            link,
            need or None,
            now,
            by.account,
        )
        public = {"outcome": outcome, "reason": reason, "link": link, "voices": row["voices"]}
        event = await record(
            room="needs", act=Act.ANSWER_SUGGESTION, code=code, by=by, now=now, public=public, detail={"need": need}
        )
        says = say("Your street answers “{title}”: {answer}.", title=row["title"], answer=OUTCOME_WORDS[outcome])
        await tell_voices(suggestions=[row["id"]], step=Progress.ANSWERED, says=says, url="", event=event)
        return await suggestion_for(code=code, user=by)


async def merge_suggestions(*, code: str, into: str, expected: int | None, by: User, now: datetime) -> SuggestionCard:
    """Merge a suggestion into another of the same street: all voices go there, and the page leads there.

    Who spoke for both counts once. Refused with itself, with another street's, with one that is merged or hidden, and
    when a need was made of it. Locks both, the older first.
    """
    async with transaction():
        await rows("SELECT 1 FROM suggestion WHERE code = ANY ($1) ORDER BY id FOR UPDATE", [code, into])
        row = await _lock_own(code, Act.MERGE_SUGGESTIONS, by=by, expected=expected)
        main = await one("SELECT * FROM suggestion WHERE code = $1", into)
        objections = rules.objections_to_merger(
            code=code,
            street=row["street"],
            into=into,
            main_street=main["street"] if main else None,
            main_state=main["state"] if main else "",
        )
        if row["need"]:
            objections.append(Objection("", say("A need was made of it; merge the other one into this.")))
        refuse_if(objections)
        assert main is not None  # noqa: S101  refused above
        says = say(
            "“{title}” was merged with “{main}”; your voice counts there.", title=row["title"], main=main["title"]
        )
        await rows("UPDATE suggestion SET merged_into = $2 WHERE merged_into = $1", code, into)
        await rows(
            "UPDATE suggestion SET state = $2, merged_into = $3, revision = revision + 1 WHERE id = $1",
            row["id"],
            str(SuggestionState.MERGED),
            into,
        )
        event = await record(room="needs", act=Act.MERGE_SUGGESTIONS, code=code, by=by, now=now, public={"into": into})
        # Told while the voices still stand here: those who spoke for the other one only need not hear of it.
        await tell_voices(
            suggestions=[row["id"]], step=Progress.MERGED, says=says, url=f"/suggestions/{into}", event=event
        )
        await rows(
            "UPDATE voice v SET suggestion = $2 WHERE v.suggestion = $1 AND NOT EXISTS"
            " (SELECT 1 FROM voice o WHERE o.suggestion = $2 AND o.speaker = v.speaker)",
            row["id"],
            main["id"],
        )
        await rows(
            "UPDATE suggestion s SET voices = (SELECT count(*) FROM voice v WHERE v.suggestion = s.id) WHERE s.id = $1",
            main["id"],
        )
        return await suggestion_for(code=code, user=by)


async def hide_suggestion(*, code: str, reason: str, expected: int | None, by: User, now: datetime) -> SuggestionCard:
    """Take a suggestion from public sight with a reason that everybody reads; its street and auditors still see it.

    Refused with personal data in the reason. Law: 个人信息保护法 第三十四条 (R-7).
    """
    async with transaction():
        row = await _lock_own(code, Act.HIDE_SUGGESTION, by=by, expected=expected)
        refuse_if(rules.objections_to_words(reason=reason))
        await rows(
            "UPDATE suggestion SET state = $2, hidden_reason = $3, hidden_by = $4, revision = revision + 1"
            " WHERE id = $1",
            row["id"],
            str(SuggestionState.HIDDEN),
            reason,
            by.account,
        )
        await record(room="needs", act=Act.HIDE_SUGGESTION, code=code, by=by, now=now, public={"reason": reason})
        return await suggestion_for(code=code, user=by)
