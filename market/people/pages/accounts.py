"""The doors of people: sign-in, the account page, members and roles."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from market.base.refusal import NotFound
from market.base.web import Door, Filled, Route, Shown, act, page, read, record_json
from market.base.wording import act_words, words
from market.people import actions, forms, queries
from market.people.guard import SESSION_COOKIE
from market.people.rules import SESSION_LASTS, roles_of
from market.people.states import ROLE_WORDS, Act, Role
from market.settings import Settings


class Site:
    """What the app hands in: the public address, for links in mails and for the cookie's Secure mark."""

    base_url = ""


def furnish(settings: Settings) -> None:
    """Take in the settings at start."""
    Site.base_url = settings.base_url


def _local(path: str) -> str:
    """Return a path of this site, or the home page: nobody is sent elsewhere after signing in."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


async def _fill_sign_in(door: Door[None]) -> Filled:
    return Filled(values={"back": _local(door.query("back") or "/")})


@act(
    Act.SIGN_IN,
    "/sign-in",
    form=forms.SignIn,
    returns=queries.AccountCard,
    fill=_fill_sign_in,
    template="people/sign_in.html",
    once=False,
    example={"account": "wang.fang", "password": "shecai-demo-2026"},
)
async def sign_in(door: Door[forms.SignIn]) -> Response[Any]:
    """Sign in."""
    made = await actions.sign_in(account=door.form.account, password=door.form.password, now=door.now)
    if door.wants_json:
        card = await queries.account_for(user=made.user)
        answer: Response[Any] = record_json(card)
    else:
        answer = Response(content=None, status_code=303, headers={"Location": _local(door.form.back)})
    secure = Site.base_url.startswith("https://")
    answer.set_cookie(
        Cookie(
            key=SESSION_COOKIE,
            value=made.cookie,
            httponly=True,
            secure=secure,
            samesite="lax",
            max_age=int(SESSION_LASTS.total_seconds()),
        )
    )
    return answer


@act(Act.SIGN_OUT, "/sign-out", returns=queries.SignedOut, once=False)
async def sign_out(door: Door[None]) -> Response[Any]:
    """Sign out."""
    await actions.sign_out(cookie=door.request.cookies.get(SESSION_COOKIE, ""), by=door.user, now=door.now)
    answer = _gone(door)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _gone(door: Door[Any]) -> Response[Any]:
    if door.wants_json:
        return record_json(queries.SignedOut())
    return Response(content=None, status_code=303, headers={"Location": "/"})


@read("/account", name="account_for", template="people/account.html", returns=queries.AccountCard, signed_in=True)
async def account(door: Door[None]) -> Shown:
    """Show one's own account."""
    return Shown(await queries.account_for(user=door.user), {"role_words": ROLE_WORDS})


@act(
    Act.CHANGE_PASSWORD,
    "/account/change-password",
    form=forms.ChangePassword,
    returns=queries.SignedOut,
    example={"old_password": "shecai-demo-2026", "new_password": "a-longer-one-2026", "repeated": "a-longer-one-2026"},
)
async def change_password(door: Door[forms.ChangePassword]) -> Response[Any]:
    """Change the password."""
    sent = door.form
    await actions.change_password(
        old=sent.old_password, new=sent.new_password, repeated=sent.repeated, by=door.user, now=door.now
    )
    return _gone(door)


async def _fill_act_for(door: Door[None]) -> Filled:
    card = await queries.account_for(user=door.user)
    return Filled(
        choices={"organizations": [(s["code"], s["name"]) for s in card.serves]},
        values={"organization": door.user.organization or ""},
    )


@act(
    Act.ACT_FOR,
    "/account/act-for",
    form=forms.ActFor,
    returns=queries.AccountCard,
    fill=_fill_act_for,
    example={"organization": "11000000002468133W"},
)
async def act_for(door: Door[forms.ActFor]) -> Any:
    """Act for another organization that one serves."""
    cookie = door.request.cookies.get(SESSION_COOKIE, "")
    await actions.act_for(cookie=cookie, organization=door.form.organization, by=door.user, now=door.now)
    return await queries.account_for(user=door.user)


@act(
    Act.CREATE_ACCOUNT,
    "/accounts/create-account",
    form=forms.CreateAccount,
    returns=queries.OrganizationCard,
    example={
        "login": "chen.example",
        "name": "陈例",
        "email": "chen.example@example.org",
        "password": "a-longer-one-2026",
        "organization": "11000000002468133W",
        "role": "purchaser",
    },
)
async def create_account(door: Door[forms.CreateAccount]) -> Any:
    """Create an account with its first role."""
    sent = door.form
    await actions.create_account(
        login=sent.login,
        name=sent.name,
        email=sent.email,
        password=sent.password,
        organization=sent.organization,
        role=sent.role,
        by=door.user,
        now=door.now,
    )
    return await queries.organization_for(code=sent.organization, user=door.user)


async def _fill_organization(door: Door[None]) -> Filled:
    card = await queries.organization_for(code=door.code, user=door.user)
    if not any(link.act == Act.INVITE_MEMBER for link in card.acts):
        raise NotFound
    choices = [(str(role), words(ROLE_WORDS[role], door.lang)) for role in Role if role in roles_of(card.kind)]
    return Filled(
        record=card, choices={"role": choices}, context={"members": await queries.members_of(organization=door.code)}
    )


@act(
    Act.INVITE_MEMBER,
    "/organizations/{code:str}/invite-member",
    form=forms.InviteMember,
    fill=_fill_organization,
    returns=queries.OrganizationCard,
    example={"email": "new.member@example.org", "role": "purchaser"},
)
async def invite_member(door: Door[forms.InviteMember]) -> queries.OrganizationCard:
    """Invite a member by mail."""
    await actions.invite_member(
        organization=door.code,
        email=door.form.email,
        role=door.form.role,
        base_url=Site.base_url,
        by=door.user,
        now=door.now,
    )
    return await queries.organization_for(code=door.code, user=door.user)


@act(
    Act.ACCEPT_INVITATION,
    "/invitations/{code:str}/accept-invitation",
    form=forms.AcceptInvitation,
    returns=queries.Accepted,
)
async def accept_invitation(door: Door[forms.AcceptInvitation]) -> Response[Any]:
    """Accept an invitation with the word from the mail."""
    sent = door.form
    login = await actions.accept_invitation(
        code=door.code, word=sent.word, login=sent.login, name=sent.name, password=sent.password, now=door.now
    )
    if door.wants_json:
        return record_json(queries.Accepted(account=login), status=201)
    return Response(content=None, status_code=303, headers={"Location": "/sign-in"})


@act(
    Act.GRANT_ROLE,
    "/organizations/{code:str}/grant-role",
    form=forms.RoleOf,
    fill=_fill_organization,
    returns=queries.OrganizationCard,
    example={"account": "wu.tao", "role": "purchaser"},
)
async def grant_role(door: Door[forms.RoleOf]) -> queries.OrganizationCard:
    """Grant a role."""
    await actions.grant_role(
        organization=door.code, account=door.form.account, role=door.form.role, by=door.user, now=door.now
    )
    return await queries.organization_for(code=door.code, user=door.user)


@act(
    Act.REVOKE_ROLE,
    "/organizations/{code:str}/revoke-role",
    form=forms.RoleOf,
    fill=_fill_organization,
    returns=queries.OrganizationCard,
    example={"account": "wang.fang", "role": "purchaser"},
)
async def revoke_role(door: Door[forms.RoleOf]) -> queries.OrganizationCard:
    """Revoke a role."""
    await actions.revoke_role(
        organization=door.code, account=door.form.account, role=door.form.role, by=door.user, now=door.now
    )
    return await queries.organization_for(code=door.code, user=door.user)


async def _fill_token(door: Door[None]) -> Filled:
    card = await queries.account_for(user=door.user)
    allowed = sorted(queries.acts_allowed(door.user))
    acts = [(word, act_words(word, door.lang)) for word in allowed]
    return Filled(choices={"acts": acts, "tokens": [(t.code, t.name) for t in card.tokens]}, values={"days": "90"})


@act(
    Act.CREATE_TOKEN,
    "/account/create-token",
    form=forms.CreateToken,
    fill=_fill_token,
    returns=actions.FreshToken,
    example={"name": "nightly export", "acts": ["change-password"], "days": 30},
)
async def create_token(door: Door[forms.CreateToken]) -> Any:
    """Create a token; its secret is shown once."""
    made = await actions.create_token(
        name=door.form.name, acts=door.form.acts, days=door.form.days, by=door.user, now=door.now
    )
    if door.wants_json:
        return record_json(made, status=201)
    return page(door, "people/token.html", {"token": made}, status=201)


@act(Act.REVOKE_TOKEN, "/account/revoke-token", form=forms.RevokeToken, returns=queries.AccountCard, fill=_fill_token)
async def revoke_token(door: Door[forms.RevokeToken]) -> queries.AccountCard:
    """Revoke one of one's own tokens."""
    await actions.revoke_token(code=door.form.token, by=door.user, now=door.now)
    return await queries.account_for(user=door.user)


@act(
    Act.REGISTER_ORGANIZATION,
    "/organizations/register-organization",
    form=forms.RegisterOrganization,
    returns=queries.OrganizationCard,
    example={
        "code": "52000000MJ5678901W",
        "name": "示例区邻里社会工作服务中心",
        "kind": "minfei",
        "district": "示例区",
    },
)
async def register_organization(door: Door[forms.RegisterOrganization]) -> queries.OrganizationCard:
    """Register an organization under its unified social credit code."""
    sent = door.form
    code = await actions.register_organization(
        code=sent.code,
        name=sent.name,
        name_en=sent.name_en,
        kind=sent.kind,
        district=sent.district,
        established_on=sent.established_on,
        by=door.user,
        now=door.now,
    )
    return await queries.organization_for(code=code, user=door.user)


ROUTES: list[Route] = [
    sign_in,
    sign_out,
    account,
    change_password,
    act_for,
    create_account,
    invite_member,
    accept_invitation,
    grant_role,
    revoke_role,
    create_token,
    revoke_token,
    register_organization,
]
