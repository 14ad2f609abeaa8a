"""The words of people: roles, kinds of organizations, acts, and who a reader is."""

from enum import StrEnum

import msgspec

from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import Said, say


class Role(StrEnum):
    """Who a person is for one organization; an account may hold several and acts for one organization at a time."""

    PURCHASER = "purchaser"
    APPROVER = "approver"
    LEGAL_REVIEWER = "legal-reviewer"
    BUDGET_OFFICER = "budget-officer"
    STREET_SUPERVISOR = "street-supervisor"
    ORGANIZATION_ADMINISTRATOR = "organization-administrator"
    BIDDER = "bidder"
    HUB_STAFF = "hub-staff"
    RESIDENTS_COMMITTEE = "residents-committee"
    RESIDENT_REPRESENTATIVE = "resident-representative"
    PANEL_EXPERT = "panel-expert"
    THIRD_PARTY_EVALUATOR = "third-party-evaluator"
    CATALOGUE_KEEPER = "catalogue-keeper"
    FINANCE_SUPERVISOR = "finance-supervisor"
    AUDITOR = "auditor"
    PLATFORM_ADMINISTRATOR = "platform-administrator"
    ANYONE = "anyone"
    CLOCK = "clock"


ROLE_WORDS: dict[Role, Said] = {
    Role.PURCHASER: say("Purchaser"),
    Role.APPROVER: say("Approver"),
    Role.LEGAL_REVIEWER: say("Legal reviewer"),
    Role.BUDGET_OFFICER: say("Budget officer"),
    Role.STREET_SUPERVISOR: say("Street supervisor"),
    Role.ORGANIZATION_ADMINISTRATOR: say("Organization administrator"),
    Role.BIDDER: say("Bidder"),
    Role.HUB_STAFF: say("Hub staff"),
    Role.RESIDENTS_COMMITTEE: say("Residents' committee"),
    Role.RESIDENT_REPRESENTATIVE: say("Resident representative"),
    Role.PANEL_EXPERT: say("Panel expert"),
    Role.THIRD_PARTY_EVALUATOR: say("Third-party evaluator"),
    Role.CATALOGUE_KEEPER: say("Catalogue keeper"),
    Role.FINANCE_SUPERVISOR: say("District finance supervisor"),
    Role.AUDITOR: say("Auditor"),
    Role.PLATFORM_ADMINISTRATOR: say("Platform administrator"),
    Role.ANYONE: say("Anyone"),
    Role.CLOCK: say("Clock"),
}

SIGNED_IN = frozenset(set(Role) - {Role.ANYONE, Role.CLOCK})


class OrganizationKind(StrEnum):
    """What an organization is, as law/orgs types and the buyer's and supervisors' side need it."""

    STREET = "street"
    AUTHORITY = "authority"
    ASSOCIATION = "shetuan"
    SERVICE_INSTITUTION = "minfei"
    FOUNDATION = "jijinhui"
    ENTERPRISE = "enterprise"
    INSTITUTION_2 = "institution_2"
    COMMITTEE = "committee"
    MASS_ORGANIZATION = "mass_org"
    INDIVIDUAL = "individual"


KIND_WORDS: dict[OrganizationKind, Said] = {
    OrganizationKind.STREET: say("Street office"),
    OrganizationKind.AUTHORITY: say("District authority"),
    OrganizationKind.ASSOCIATION: say("Social association"),
    OrganizationKind.SERVICE_INSTITUTION: say("Private non-enterprise unit (social service institution)"),
    OrganizationKind.FOUNDATION: say("Foundation"),
    OrganizationKind.ENTERPRISE: say("Enterprise"),
    OrganizationKind.INSTITUTION_2: say("Public institution of the second class"),
    OrganizationKind.COMMITTEE: say("Residents' committee"),
    OrganizationKind.MASS_ORGANIZATION: say("Mass organization"),
    OrganizationKind.INDIVIDUAL: say("Individual"),
}

SUPPLIER_KINDS = frozenset(
    {
        OrganizationKind.ASSOCIATION,
        OrganizationKind.SERVICE_INSTITUTION,
        OrganizationKind.FOUNDATION,
        OrganizationKind.ENTERPRISE,
        OrganizationKind.INSTITUTION_2,
        OrganizationKind.INDIVIDUAL,
    }
)

SELF_REGISTERING = SUPPLIER_KINDS | {OrganizationKind.MASS_ORGANIZATION}
"""Who may enter themselves; a mass organization as a hub, which neither supplies nor buys (P-02)."""

STREET_ROLES = frozenset(
    {Role.PURCHASER, Role.APPROVER, Role.LEGAL_REVIEWER, Role.BUDGET_OFFICER, Role.STREET_SUPERVISOR}
)
SUPPLIER_ROLES = frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER, Role.HUB_STAFF, Role.THIRD_PARTY_EVALUATOR})
COMMITTEE_ROLES = frozenset({Role.RESIDENTS_COMMITTEE, Role.RESIDENT_REPRESENTATIVE, Role.ORGANIZATION_ADMINISTRATOR})
AUTHORITY_ROLES = frozenset(
    {Role.PANEL_EXPERT, Role.CATALOGUE_KEEPER, Role.FINANCE_SUPERVISOR, Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR}
)


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: an account acting for one organization, a machine with that account's token, anyone, or the clock.

    `unread` counts what a person who signed in by a browser was told and has not read, up to a hundred.
    """

    account: str
    name: str
    organization: str | None = None
    organization_name: str = ""
    organization_kind: str = ""
    roles: frozenset[str] = frozenset()
    limit: frozenset[str] | None = None
    unread: int = 0

    def may_be(self, *roles: Role) -> bool:
        """Tell whether the reader holds one of these roles."""
        return bool(self.roles & set(roles))


ANYONE = User(account="", name="", roles=frozenset({Role.ANYONE}))
CLOCK = User(account="clock", name="clock", roles=frozenset({Role.CLOCK}))


class Act(StrEnum):
    """The deeds of people."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    CHANGE_PASSWORD = "change-password"  # noqa: S105  an act's word
    ACT_FOR = "act-for"
    CREATE_ACCOUNT = "create-account"
    REGISTER_ORGANIZATION = "register-organization"
    REQUEST_REGISTRATION = "request-registration"
    CONFIRM_REGISTRATION = "confirm-registration"
    INVITE_MEMBER = "invite-member"
    ACCEPT_INVITATION = "accept-invitation"
    GRANT_ROLE = "grant-role"
    REVOKE_ROLE = "revoke-role"
    CREATE_TOKEN = "create-token"  # noqa: S105  an act's word
    REVOKE_TOKEN = "revoke-token"  # noqa: S105  an act's word
    ATTACH_FILE = "attach-file"
    MARK_READ = "mark-read"
    SET_PREFERENCES = "set-preferences"
    SEND_DIGEST = "send-digest"


class AccountState(StrEnum):
    """An account is there or it is not."""

    ACTIVE = "active"


class NotificationState(StrEnum):
    """Whether its hearer has read a notification."""

    UNREAD = "unread"
    READ = "read"


class OrganizationState(StrEnum):
    """An organization is known to the house once it is registered."""

    REGISTERED = "registered"


class RegistrationState(StrEnum):
    """An organization that enters itself asks first; the word from the mail makes it one."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"


NOTHING: frozenset[str] = frozenset()
_ADMINISTRATORS = frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.PLATFORM_ADMINISTRATOR})

ACCOUNT = Lifecycle(
    kind="account",
    collection="accounts",
    label=say("Account"),
    states={AccountState.ACTIVE: say("Active")},
    steps=(
        Step(Act.SIGN_IN, NOTHING, None, frozenset({Role.ANYONE}), say("Sign in")),
        Step(Act.SIGN_OUT, NOTHING, None, SIGNED_IN, say("Sign out")),
        Step(Act.CHANGE_PASSWORD, NOTHING, None, SIGNED_IN, say("Change password")),
        Step(Act.ACT_FOR, NOTHING, None, SIGNED_IN, say("Act for another organization")),
        Step(Act.CREATE_TOKEN, NOTHING, None, SIGNED_IN, say("Create a token")),
        Step(Act.REVOKE_TOKEN, NOTHING, None, SIGNED_IN, say("Revoke a token")),
        Step(Act.ATTACH_FILE, NOTHING, None, SIGNED_IN, say("Attach a file")),
        Step(
            Act.CREATE_ACCOUNT,
            NOTHING,
            AccountState.ACTIVE,
            frozenset({Role.PLATFORM_ADMINISTRATOR}),
            say("Create an account"),
        ),
        Step(
            Act.ACCEPT_INVITATION, NOTHING, AccountState.ACTIVE, frozenset({Role.ANYONE}), say("Accept an invitation")
        ),
    ),
)

NOTIFICATION = Lifecycle(
    kind="notification",
    collection="notifications",
    label=say("Notification"),
    states={NotificationState.UNREAD: say("not read"), NotificationState.READ: say("read")},
    tones={NotificationState.UNREAD: Tone.WAITING, NotificationState.READ: Tone.CLOSED},
    steps=(
        Step(Act.MARK_READ, NOTHING, None, SIGNED_IN, say("Mark as read")),
        Step(Act.SET_PREFERENCES, NOTHING, None, SIGNED_IN, say("Choose which mails come")),
        Step(Act.SEND_DIGEST, NOTHING, None, frozenset({Role.CLOCK}), say("Send the morning's mails")),
    ),
)

ORGANIZATION = Lifecycle(
    kind="organization",
    collection="organizations",
    label=say("Organization"),
    states={OrganizationState.REGISTERED: say("Registered")},
    steps=(
        Step(
            Act.REGISTER_ORGANIZATION,
            NOTHING,
            OrganizationState.REGISTERED,
            frozenset({Role.CATALOGUE_KEEPER, Role.PLATFORM_ADMINISTRATOR}),
            say("Register an organization"),
            law="P-04",
            final=True,
        ),
        Step(
            Act.INVITE_MEMBER,
            frozenset({"registered"}),
            None,
            _ADMINISTRATORS,
            say("Invite a member"),
            when="administers",
        ),
        Step(Act.GRANT_ROLE, frozenset({"registered"}), None, _ADMINISTRATORS, say("Grant a role"), when="administers"),
        Step(
            Act.REVOKE_ROLE, frozenset({"registered"}), None, _ADMINISTRATORS, say("Revoke a role"), when="administers"
        ),
    ),
)

REGISTRATION = Lifecycle(
    kind="registration",
    collection="registrations",
    label=say("Registration of an organization by itself"),
    states={
        RegistrationState.REQUESTED: say("Waits for the word from the mail"),
        RegistrationState.CONFIRMED: say("Confirmed"),
    },
    tones={RegistrationState.REQUESTED: Tone.WAITING, RegistrationState.CONFIRMED: Tone.CLOSED},
    steps=(
        Step(
            Act.REQUEST_REGISTRATION,
            NOTHING,
            RegistrationState.REQUESTED,
            frozenset({Role.ANYONE}),
            say("Register your organization"),
            law="P-04",
        ),
        Step(
            Act.CONFIRM_REGISTRATION,
            frozenset({RegistrationState.REQUESTED}),
            RegistrationState.CONFIRMED,
            frozenset({Role.ANYONE}),
            say("Confirm the registration"),
            law="P-04",
            final=False,
        ),
    ),
)

LIFECYCLES = (ACCOUNT, NOTIFICATION, ORGANIZATION, REGISTRATION)
