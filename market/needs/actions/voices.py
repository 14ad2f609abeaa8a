"""Who speaks: a residents' account, or a telephone number proven by a one-time code."""

import secrets
from datetime import datetime

import msgspec

from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.outbox import post_sms
from market.base.private import keyed_digest, read_token, seal, sealed_token, unseal
from market.base.records import Record
from market.base.refusal import Busy, NotFound, Objection, Refused, refuse_if, say
from market.base.wording import words
from market.needs.rules import suggestions as rules
from market.needs.states import Act
from market.needs.tables import PhoneCode
from market.people.states import ANYONE, Role, User
from market.settings import Settings

_PROOF = "proof of a phone"
_PHONE = "phone of a voice"
_RESIDENTS = (Role.RESIDENTS_COMMITTEE, Role.RESIDENT_REPRESENTATIVE)


class _Site:
    """What the app hands in at start."""

    demo = False
    has_gateway = False


def furnish(settings: Settings) -> None:
    """Take in whether short messages can be sent, and whether the demo shows codes on the screen instead."""
    _Site.demo, _Site.has_gateway = settings.demo, settings.sms_url is not None


def phones_are_served() -> bool:
    """Tell whether a telephone number can be proven here: by short message, or in the demo on the screen."""
    return _Site.demo or _Site.has_gateway


class CodeSent(Record, frozen=True, kw_only=True):
    """A code is on its way; `shown` is the code itself in the demo, where no message is sent."""

    expires_at: datetime
    shown: str | None = None


class PhoneProven(Record, frozen=True, kw_only=True):
    """A number is proven: `proof` goes with what is suggested or supported until it expires."""

    proof: str
    expires_at: datetime


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a voice: its digest, and the account or the number behind it, one of them empty."""

    digest: str
    account: str = ""
    phone: str = ""

    @property
    def sealed_phone(self) -> bytes | None:
        """Return the number as it is kept."""
        return seal(self.phone, purpose=_PHONE) if self.phone else None


def speaker_of(*, user: User, proof: str, now: datetime) -> Speaker | None:
    """Return the voice of whoever asks: their residents' account first, else their proven number, else none."""
    if user.may_be(*_RESIDENTS):
        return Speaker(digest=keyed_digest("voice", "account", user.account), account=user.account)
    told = read_token(proof, purpose=_PROOF) if proof else None
    if not told or datetime.fromisoformat(told["until"]) <= now:
        return None
    return Speaker(digest=keyed_digest("voice", "phone", told["phone"]), phone=told["phone"])


def proof_of_phone(*, phone: str, until: datetime) -> str:
    """Return the proof that whoever bears it speaks for a number until a moment; only a confirmed code earns one."""
    return sealed_token({"phone": phone, "until": until.isoformat()}, purpose=_PROOF)


def phones_of(voices: list[Row]) -> list[str]:
    """Return the numbers behind voices; what cannot be opened is left out."""
    found = (unseal(voice["phone"], purpose=_PHONE) for voice in voices if voice["phone"])
    return [phone for phone in found if phone]


async def send_code(*, phone: str, now: datetime) -> CodeSent:
    """Send a fresh code of six digits to a number; what was sent before to it no longer holds.

    Refused for what is no mobile number, and where no gateway is set up. Busy beyond the bounds for a number and for
    all together. Only digests of number and code are kept; the ledger tells that a code was sent.
    """
    if not phones_are_served():
        refuse_if([Objection("phone", say("This installation sends no short messages: sign in instead."))])
    number = rules.tidy_phone(phone)
    refuse_if(rules.objections_to_phone(number))
    mark = keyed_digest("code", "phone", number)
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    async with transaction():
        # Two at once wait for each other, so that none slips past the bounds.
        await rows("SELECT pg_advisory_xact_lock(hashtext('needs:phone-codes'))")
        await _wait_if_too_often(mark, now)
        expires_at = now + rules.CODE_LASTS
        await rows("UPDATE phone_code SET used_at = $2 WHERE phone = $1 AND used_at IS NULL", mark, now)
        await PhoneCode.insert(
            PhoneCode(
                phone=mark,
                address="",  # kept no more: behind a proxy it is everybody's
                code=keyed_digest("code", mark, code),
                made_at=now,
                expires_at=expires_at,
            )
        )
        if not _Site.demo:
            said = say("{code} is your code for suggestions; it is good for ten minutes.", code=code)
            await post_sms(to=[number], text=words(said, "zh-CN"), now=now, useless_from=expires_at)
        await record(room="needs", act=Act.SEND_CODE, code="phone-code", by=ANYONE, now=now)
    return CodeSent(
        code="phone-code",
        state="sent",
        url="/suggestions/confirm-code",
        expires_at=expires_at,
        shown=code if _Site.demo else None,
    )


async def _wait_if_too_often(mark: str, now: datetime) -> None:
    """Raise Busy when a number, or everybody together, asked too often, with the seconds until one may again."""
    of_phone = await rows(
        "SELECT made_at FROM phone_code WHERE phone = $1 AND made_at > $2 ORDER BY made_at DESC LIMIT 50",
        mark,
        now - rules.CODES_A_PHONE_A_DAY.within,
    )
    in_all = await rows("SELECT made_at FROM phone_code ORDER BY id DESC LIMIT $1", rules.CODES_IN_ALL.most)
    by_phone = [row["made_at"] for row in of_phone]
    waits = [
        rules.wait_for(by_phone, rules.CODES_A_PHONE, now=now),
        rules.wait_for(by_phone, rules.CODES_A_PHONE_A_DAY, now=now),
        rules.wait_for([row["made_at"] for row in in_all], rules.CODES_IN_ALL, now=now),
    ]
    if longest := max((wait for wait in waits if wait), default=None):
        raise Busy(
            longest, say("Too many codes were asked for. Try again in {minutes} minutes.", minutes=-(-longest // 60))
        )


async def confirm_code(*, phone: str, code: str, now: datetime) -> PhoneProven:
    """Prove a number by the code that was sent to it; the code is used up.

    Refused in the same words for a wrong, an expired and a used code; after five tries a code is dead. Must not be
    called in a transaction, which would forget the try when it refuses.
    """
    number = rules.tidy_phone(phone)
    mark = keyed_digest("code", "phone", number)
    tried = await one(
        "UPDATE phone_code SET tries = tries + 1 WHERE id = (SELECT id FROM phone_code WHERE phone = $1"
        " AND used_at IS NULL AND expires_at > $2 ORDER BY id DESC LIMIT 1) RETURNING id, code, tries",
        mark,
        now,
    )
    told = "".join(code.split())
    fits = tried is not None and tried["tries"] <= rules.MOST_TRIES
    if tried is None or not fits or not secrets.compare_digest(tried["code"], keyed_digest("code", mark, told)):
        raise Refused([Objection("code", say("This code does not hold: compare it, or have a new one sent."))])
    async with transaction():
        used = await one(
            "UPDATE phone_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id", tried["id"], now
        )
        if used is None:
            raise NotFound
        await record(room="needs", act=Act.CONFIRM_CODE, code="phone-code", by=ANYONE, now=now)
    until = now + rules.PROOF_LASTS
    return PhoneProven(
        code="phone-code",
        state="confirmed",
        url="/suggestions",
        proof=proof_of_phone(phone=number, until=until),
        expires_at=until,
    )
