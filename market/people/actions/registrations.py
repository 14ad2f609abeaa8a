"""Organizations that enter themselves: asked for by anyone, made by the word that was mailed to their contact.

Until then there is neither organization nor account, and no answer tells whether a mail address has an account.
"""

import secrets
from datetime import date, datetime

from market.base.calendar import local_date
from market.base.codes import random_code
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.outbox import objections_to_message, post
from market.base.refusal import Busy, NotFound, Objection, Refused, refuse_if, say
from market.people import rules
from market.people.actions.members import account_of_newcomer, register_organization
from market.people.actions.sessions import account_proven
from market.people.codes import objections_to_code, objections_to_kind, tidy_code
from market.people.queries import digest_of
from market.people.registrations import RegistrationCard, registration_for, requested_lately
from market.people.states import ANYONE, REGISTRATION, Act, RegistrationState, Role, User
from market.people.tables import Registration


async def request_registration(
    *,
    code: str,
    name: str,
    name_en: str,
    kind: str,
    district: str,
    established_on: date | None,
    contact_name: str,
    email: str,
    terms: bool,
    base_url: str,
    now: datetime,
    word: str | None = None,
) -> RegistrationCard:
    """Keep what an organization says of itself and mail a word to its contact that makes it one within three days.

    Refused for a code that is wrong, another kind's or registered already, for a kind that the administrator enters,
    and without the terms; Busy when too many came within a day. The town gives its own `word`.
    """
    code = tidy_code(code)
    async with transaction():
        await _refuse_what_is_wrong(
            code=code, kind=kind, established_on=established_on, terms=terms, email=email, now=now
        )
        # One at a time: what came lately is counted before one more is kept.
        await rows("SELECT pg_advisory_xact_lock(hashtext('people:registrations'))")
        lately = await requested_lately(email=email, organization=code, now=now)
        if rules.too_many_requests(
            of_mail=lately.of_mail, of_organization=lately.of_organization, in_all=lately.in_all
        ):
            raise Busy(
                int(rules.REQUESTS_COUNTED_OVER.total_seconds()),
                say("Too many registrations were asked for. Look into the mailbox first, or try again tomorrow."),
            )
        made, word = random_code("R"), word or secrets.token_urlsafe(12)
        await Registration.insert(
            Registration(
                code=made,
                digest=digest_of(word),
                organization_code=code,
                name=name,
                name_en=name_en,
                kind=kind,
                district=district,
                established_on=established_on,
                contact_name=contact_name,
                email=email,
                state=RegistrationState.REQUESTED,
                requested_at=now,
                expires_at=now + rules.REGISTRATION_LASTS,
            )
        )
        await post(
            to=email,
            subject=f"社采：请确认{name}的登记 / Registration"[:200],
            body=f"{contact_name}：\n有人以您的邮箱申请在社采登记“{name}”（{code}）。\n"
            f"如是您本人，请在三日内打开 {base_url}/registrations/{made}/confirm-registration 并输入口令：{word}\n"
            "如不是您，请忽略本邮件，不会产生任何登记。\n\n"
            f"Somebody asked to register {name} ({code}) with this mail address. If it was you, open the address above"
            f" within three days and enter this word: {word}\nOtherwise ignore this mail; nothing is registered.\n",
            now=now,
        )
        detail = {"organization": code, "kind": kind}
        await record(room="people", act=Act.REQUEST_REGISTRATION, code=made, by=ANYONE, now=now, detail=detail)
        return await registration_for(code=made, user=ANYONE, now=now)


async def _refuse_what_is_wrong(
    *, code: str, kind: str, established_on: date | None, terms: bool, email: str, now: datetime
) -> None:
    wrong = objections_to_code(code)
    refuse_if(
        [
            *(wrong or objections_to_kind(code=code, kind=kind) or await _objections_to_known(code)),
            *rules.objections_to_self_registration(
                kind=kind, established_on=established_on, terms=terms, today=local_date(now)
            ),
            *(Objection("email", o.message, o.law) for o in objections_to_message(to=email, subject="-")),
        ]
    )


async def _objections_to_known(code: str) -> list[Objection]:
    if not await one("SELECT 1 FROM organization WHERE code = $1", code):
        return []
    words = say("It is registered already; the directory shows its page. Ask its own administrator to invite you.")
    return [Objection("code", words)]


async def confirm_registration(
    *, code: str, word: str, login: str, name: str, password: str, now: datetime
) -> RegistrationCard:
    """Make the organization and its first administrator, with the word from the mail: a new account, or one's own.

    Refused for a wrong word, for a taken account's name without its password, and when somebody else registered the
    same code meanwhile; NotFound after three days. Busy while the account's name is locked.
    """
    await _asked(code=code, word=word, now=now)
    known = await one("SELECT 1 FROM account WHERE login = $1", login)
    if known is not None and await account_proven(name=login, password=password, now=now) is None:
        raise Refused([Objection("login", say("This account's name is taken."))])
    async with transaction():
        row = await _asked(code=code, word=word, now=now)
        refuse_if(await _objections_to_known(row["organization_code"]))
        by = User(account=login, name=name, organization=row["organization_code"], roles=ANYONE.roles)
        await register_organization(
            code=row["organization_code"],
            name=row["name"],
            name_en=row["name_en"],
            kind=row["kind"],
            district=row["district"],
            established_on=row["established_on"],
            self_registered=True,
            by=by,
            now=now,
        )
        await account_of_newcomer(
            login=login,
            name=name,
            email=row["email"],
            password=None if known else password,
            organization=row["organization_code"],
            role=Role.ORGANIZATION_ADMINISTRATOR,
            by=by,
            now=now,
        )
        await rows(
            "UPDATE registration SET state = $2, confirmed_at = $3 WHERE id = $1",
            row["id"],
            RegistrationState.CONFIRMED,
            now,
        )
        detail = {"organization": row["organization_code"], "account": login}
        await record(room="people", act=Act.CONFIRM_REGISTRATION, code=code, by=by, now=now, detail=detail)
        return await registration_for(code=code, user=ANYONE, now=now)


async def _asked(*, code: str, word: str, now: datetime) -> Row:
    """Return a registration to whoever has its word, locked in a transaction. Raises NotFound, Refused."""
    row = await one("SELECT * FROM registration WHERE code = $1 FOR UPDATE", code)
    if row is None or (row["state"] == RegistrationState.REQUESTED and row["expires_at"] <= now):
        raise NotFound
    refuse_if(objections_to_state(REGISTRATION, Act.CONFIRM_REGISTRATION, row["state"]))
    if not secrets.compare_digest(row["digest"], digest_of(word)):
        raise Refused([Objection("word", say("This is not the word from the mail."))])
    return row
