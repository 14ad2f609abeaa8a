"""What people send: sign-in, accounts, invitations, roles and tokens."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Code, Line, Name, Secret
from market.base.refusal import say
from market.people.states import KIND_WORDS, ROLE_WORDS, OrganizationKind, Role
from market.people.topics import LANGUAGE_WORDS, MAIL_WORDS, Language, MailChoice

Login = Annotated[
    str,
    Meta(
        title="Account",
        description="Small letters, digits, dots and dashes.",
        pattern=r"^[a-z0-9][a-z0-9._-]{1,79}$",
        extra_json_schema={"x-kind": "login"},
    ),
]
Mail = Annotated[
    str,
    Meta(
        title="Mail address",
        pattern=r"^[^@\s]{1,64}@[^@\s]{1,250}$",
        max_length=320,
        extra_json_schema={"x-kind": "mail"},
    ),
]
RoleChoice = Annotated[Role, Meta(title="Role", extra={"words": ROLE_WORDS})]


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """The account's name and password; `back` is where to go afterwards, a path of this site."""

    account: Annotated[str, Meta(title="Account", min_length=1, max_length=80, extra_json_schema={"x-kind": "login"})]
    password: Annotated[Secret, Meta(title="Password")]
    back: Annotated[str, Meta(max_length=500, extra_json_schema={"x-kind": "hidden"})] = ""


class ChangePassword(msgspec.Struct, frozen=True, kw_only=True):
    """The present password and the new one, typed twice."""

    old_password: Annotated[Secret, Meta(title="Present password")]
    new_password: Annotated[
        Secret, Meta(title="New password", description="At least ten characters. All sessions end.")
    ]
    repeated: Annotated[Secret, Meta(title="New password, again")]


class ActFor(msgspec.Struct, frozen=True, kw_only=True):
    """The organization to act for from now on."""

    organization: Annotated[Code, Meta(title="Organization", extra={"choices": "organizations"})]


class CreateAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A new account and its first role."""

    login: Login
    name: Annotated[Name, Meta(title="Full name")]
    email: Mail
    password: Annotated[Secret, Meta(title="First password")]
    organization: Annotated[Code, Meta(title="Organization's code")]
    role: RoleChoice


class RegisterOrganization(msgspec.Struct, frozen=True, kw_only=True):
    """An organization's identity as its certificate shows it."""

    code: Annotated[
        str,
        Meta(
            title="Unified social credit code",
            description="18 characters, as on the certificate.",
            min_length=1,
            max_length=40,
            extra={"law": "P-04"},
            extra_json_schema={"x-kind": "line"},
        ),
    ]
    name: Annotated[Name, Meta(title="Name")]
    name_en: Annotated[Name, Meta(title="English name")] = ""
    kind: Annotated[OrganizationKind, Meta(title="Kind", extra={"words": KIND_WORDS})]
    district: Annotated[Line, Meta(title="District")] = ""
    established_on: Annotated[date, Meta(title="Established on")] | None = None


class RequestRegistration(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization says of itself, and whom the house asks back by mail."""

    code: Annotated[
        str,
        Meta(
            title="Unified social credit code",
            description="18 characters, as on the certificate.",
            min_length=1,
            max_length=40,
            extra={"law": "P-04", "group": say("Your organization")},
            extra_json_schema={"x-kind": "line"},
        ),
    ]
    name: Annotated[Name, Meta(title="Name")]
    name_en: Annotated[Name, Meta(title="English name")] = ""
    kind: Annotated[
        OrganizationKind,
        Meta(
            title="Kind",
            description="A mass organization registers as a hub: it neither supplies nor buys.",
            extra={"words": KIND_WORDS, "law": "P-02"},
        ),
    ]
    district: Annotated[Line, Meta(title="District")] = ""
    established_on: Annotated[date, Meta(title="Established on")] | None = None
    contact_name: Annotated[
        Name, Meta(title="Contact person", extra={"group": say("Who registers"), "autocomplete": "name"})
    ]
    email: Annotated[Mail, Meta(description="A word that opens the account is sent there; it holds for three days.")]
    terms: Annotated[
        bool,
        Meta(
            title="I may speak for this organization, and what is entered here agrees with its certificate",
            description="Code, name, kind, district and day of establishment are shown to everybody; your name and mail"
            " address are not.",
        ),
    ]


class ConfirmRegistration(msgspec.Struct, frozen=True, kw_only=True):
    """The word from the mail, and the account of the organization's first administrator."""

    word: Annotated[Secret, Meta(title="Word from the mail")]
    login: Login
    name: Annotated[Name, Meta(title="Full name")]
    password: Annotated[
        Secret, Meta(title="Password", description="A new account's first password, or the existing account's.")
    ]


class InviteMember(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to invite, by mail, for which role."""

    email: Mail
    role: RoleChoice


class AcceptInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """The word from the mail, and the account that is to hold the role."""

    word: Annotated[Secret, Meta(title="Word from the mail")]
    login: Login
    name: Annotated[Name, Meta(title="Full name")]
    password: Annotated[
        Secret, Meta(title="Password", description="A new account's first password, or the existing account's.")
    ]


class RoleOf(msgspec.Struct, frozen=True, kw_only=True):
    """A role of an account."""

    account: Login
    role: RoleChoice


class CreateToken(msgspec.Struct, frozen=True, kw_only=True):
    """A machine's key: what it is for, which acts it may do, for how many days."""

    name: Annotated[Line, Meta(title="What the token is for")]
    acts: Annotated[
        list[Code], Meta(title="Acts", description="The token can do nothing else.", extra={"choices": "acts"})
    ]
    days: Annotated[int, Meta(title="Days", description="At most 365.")] = 90


class RevokeToken(msgspec.Struct, frozen=True, kw_only=True):
    """Which of one's own tokens to end."""

    token: Annotated[Code, Meta(title="Token", extra={"choices": "tokens"})]


class MarkRead(msgspec.Struct, frozen=True, kw_only=True):
    """Which notifications were read: some by their numbers, or all up to one."""

    notifications: Annotated[list[int], Meta(title="Notifications", extra={"choices": "notifications"})] = []
    until: Annotated[int, Meta(title="All up to number", ge=0, extra_json_schema={"x-kind": "hidden"})] | None = None


class SetPreferences(msgspec.Struct, frozen=True, kw_only=True):
    """In which language mails come, and for each topic when."""

    language: Annotated[Language, Meta(title="Language of mails", extra={"words": LANGUAGE_WORDS})]
    needs: Annotated[MailChoice, Meta(title="Needs and budgets", extra={"words": MAIL_WORDS})]
    notices: Annotated[MailChoice, Meta(title="New notices and their end", extra={"words": MAIL_WORDS})]
    questions: Annotated[MailChoice, Meta(title="Questions and answers on notices", extra={"words": MAIL_WORDS})]
    bids: Annotated[MailChoice, Meta(title="Opening, quotes and results of bids", extra={"words": MAIL_WORDS})]
    panel: Annotated[MailChoice, Meta(title="Review panels", extra={"words": MAIL_WORDS})]
    contracts: Annotated[MailChoice, Meta(title="Contracts", extra={"words": MAIL_WORDS})]
    deliveries: Annotated[MailChoice, Meta(title="Deliveries and acceptance", extra={"words": MAIL_WORDS})]
    money: Annotated[MailChoice, Meta(title="Invoices and payments", extra={"words": MAIL_WORDS})]
    evaluations: Annotated[MailChoice, Meta(title="Evaluations", extra={"words": MAIL_WORDS})]
    oversight: Annotated[MailChoice, Meta(title="Audit findings", extra={"words": MAIL_WORDS})]
    directory: Annotated[MailChoice, Meta(title="Directory and standing", extra={"words": MAIL_WORDS})]
