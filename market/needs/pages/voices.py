"""The doors at which a telephone number is proven."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from market.base.answers import record_json
from market.base.csrf import cookie_of
from market.base.private import read_token, sealed_token
from market.base.web import Door, Filled, Route, act
from market.needs import forms
from market.needs.actions import voices as actions
from market.needs.rules.suggestions import CODE_LASTS, PROOF_LASTS
from market.needs.states import Act
from market.people.actions.telling import public_address

PROOF_COOKIE = "shecai_phone"
_ASKED_COOKIE = "shecai_asked"
_ASKED = "phone that was asked"


def proof_of(door: Door[Any]) -> str:
    """Return the proof of a number that a browser carries; a machine sends its own with its body."""
    return cookie_of(door.request.scope, PROOF_COOKIE)


def speaker_digest(door: Door[Any]) -> str | None:
    """Return whose voice the reader has, None without one."""
    speaker = actions.speaker_of(user=door.user, proof=proof_of(door), now=door.now)
    return speaker.digest if speaker else None


def can_speak(door: Door[Any]) -> dict[str, Any]:
    """Return what a page asks before it shows a form to speak: whether one may, and whether numbers are proven here."""
    return {"may_speak": speaker_digest(door) is not None, "phones": actions.phones_are_served()}


def _cookie(name: str, value: str, seconds: float) -> Cookie:
    secure = public_address("").startswith("https://")
    return Cookie(key=name, value=value, max_age=int(seconds), path="/suggestions", secure=secure, httponly=True,
                  samesite="lax")  # fmt: skip


def _local(back: str) -> str:
    """Return an address of suggestions to go back to; the list when it is none."""
    plain = back.isascii() and back.isprintable() and back.startswith("/suggestions") and "//" not in back
    return back if plain else "/suggestions"


async def _fill_send(door: Door[None]) -> Filled:
    return Filled(values={"back": _local(door.query("back") or "")}, context=can_speak(door))


@act(
    Act.SEND_CODE, "/suggestions/send-code", form=forms.SendCode, returns=actions.CodeSent, fill=_fill_send,
    template="needs/send_code.html", once=False, example={"phone": "13800138000"},
)  # fmt: skip
async def send_code(door: Door[forms.SendCode]) -> Any:
    """Send a code of six digits to a mobile number."""
    sent = await actions.send_code(phone=door.form.phone, now=door.now)
    if door.wants_json:
        return sent
    asked = {"phone": door.form.phone, "back": _local(door.form.back), "shown": sent.shown or ""}
    answer = Response(content=None, status_code=303, headers={"Location": sent.url})
    answer.set_cookie(_cookie(_ASKED_COOKIE, sealed_token(asked, purpose=_ASKED), CODE_LASTS.total_seconds()))
    return answer


def _asked_by(door: Door[Any]) -> dict[str, Any]:
    return read_token(cookie_of(door.request.scope, _ASKED_COOKIE), purpose=_ASKED) or {}


async def _fill_confirm(door: Door[None]) -> Filled:
    asked = _asked_by(door)
    return Filled(context={"asked": bool(asked), "shown": asked.get("shown", "")})


@act(
    Act.CONFIRM_CODE, "/suggestions/confirm-code", form=forms.ConfirmCode, returns=actions.PhoneProven,
    fill=_fill_confirm, template="needs/confirm_code.html", once=False,
)  # fmt: skip
async def confirm_code(door: Door[forms.ConfirmCode]) -> Any:
    """Prove a mobile number by the code that was sent to it."""
    asked = _asked_by(door)
    phone = door.form.phone or str(asked.get("phone", ""))
    proven = await actions.confirm_code(phone=phone, code=door.form.code, now=door.now)
    answer = record_json(proven) if door.wants_json else Response(
        content=None, status_code=303, headers={"Location": _local(str(asked.get("back", "")))}
    )  # fmt: skip
    if not door.wants_json:
        answer.set_cookie(_cookie(PROOF_COOKIE, proven.proof, PROOF_LASTS.total_seconds()))
    return answer


ROUTES: list[Route] = [send_code, confirm_code]
