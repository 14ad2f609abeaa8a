"""The doors of organizations that enter themselves: asked for by anyone, confirmed by the word from the mail."""

from typing import Any

from litestar import Response

from market.base.web import Door, Filled, Route, Shown, act, read, record_json
from market.base.wording import words
from market.people import actions, forms
from market.people.actions import public_address
from market.people.registrations import RegistrationCard, registration_for
from market.people.states import KIND_WORDS, SELF_REGISTERING, Act


async def _fill_request(door: Door[None]) -> Filled:
    kinds = [(str(kind), words(said, door.lang)) for kind, said in KIND_WORDS.items() if kind in SELF_REGISTERING]
    return Filled(choices={"kind": kinds})


@act(
    Act.REQUEST_REGISTRATION,
    "/organizations/request-registration",
    form=forms.RequestRegistration,
    returns=RegistrationCard,
    fill=_fill_request,
    template="people/request_registration.html",
    example={
        "code": "52000000MJ5678901W",
        "name": "示例区邻里社会工作服务中心",
        "kind": "minfei",
        "district": "示例区",
        "contact_name": "陈例",
        "email": "chen.example@example.org",
        "terms": True,
    },
)
async def request_registration(door: Door[forms.RequestRegistration]) -> RegistrationCard:
    """Ask to register one's own organization; a word comes by mail."""
    sent = door.form
    return await actions.request_registration(
        code=sent.code,
        name=sent.name,
        name_en=sent.name_en,
        kind=sent.kind,
        district=sent.district,
        established_on=sent.established_on,
        contact_name=sent.contact_name,
        email=sent.email,
        terms=sent.terms,
        base_url=public_address(""),
        now=door.now,
    )


@read(
    "/registrations/{code:str}",
    name="registration_for",
    template="people/registration.html",
    returns=RegistrationCard,
)
async def registration(door: Door[None]) -> Shown:
    """Show what an organization said of itself, and what follows."""
    card = await registration_for(code=door.code, user=door.user, now=door.now)
    return Shown(card, {"kind_words": KIND_WORDS})


async def _fill_confirm(door: Door[None]) -> Filled:
    return Filled(record=await registration_for(code=door.code, user=door.user, now=door.now))


@act(
    Act.CONFIRM_REGISTRATION,
    "/registrations/{code:str}/confirm-registration",
    form=forms.ConfirmRegistration,
    fill=_fill_confirm,
    returns=RegistrationCard,
)
async def confirm_registration(door: Door[forms.ConfirmRegistration]) -> Any:
    """Confirm with the word from the mail: the organization and its first administrator are made."""
    sent = door.form
    card = await actions.confirm_registration(
        code=door.code, word=sent.word, login=sent.login, name=sent.name, password=sent.password, now=door.now
    )
    if door.wants_json:
        return record_json(card)
    return Response(content=None, status_code=303, headers={"Location": "/sign-in"})


ROUTES: list[Route] = [request_registration, registration, confirm_registration]
