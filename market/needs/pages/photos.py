"""The doors of a suggestion's photos: sent by whoever made it, seen by everybody who sees the suggestion."""

import base64
import binascii
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream
from msgspec import Meta

from market.base.answers import page, record_json
from market.base.csrf import csrf_holds
from market.base.forms import decode
from market.base.help import page_for
from market.base.lifecycle import HOUSE
from market.base.pictures import LARGEST
from market.base.refusal import NotFound, Objection, Refused, say
from market.base.storage import read_upload
from market.base.web import Door, Route, open_door, read_body, wants_json
from market.needs.actions.photos import attach_photo as attach
from market.needs.pages.voices import proof_of, speaker_digest
from market.needs.queries.suggestions import SuggestionCard, photo_of, suggestion_for
from market.needs.rules.suggestions import MOST_PHOTOS
from market.needs.states import Act
from market.people.sending import send_attachment

_PATH = "/suggestions/{code:str}/attach-photo"
# One pixel, so that the example of the document is a photo.
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class AttachPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo in JSON: its bytes in base64, and the proof of the number that made the suggestion."""

    content_base64: Annotated[str, Meta(title="Content", min_length=1, max_length=1_000_000)]
    proof: Annotated[str, Meta(title="Proof of the phone number", max_length=1000)] = ""


async def _photo_page(door: Door[Any], objections: list[Objection]) -> Response[Any]:
    card = await suggestion_for(code=door.code, user=door.user, speaker=speaker_digest(door), lang=door.lang)
    if all(link.act != Act.ATTACH_PHOTO for link in card.acts):
        raise NotFound
    context = {
        "record": card,
        "kind": "suggestion",
        "word": str(Act.ATTACH_PHOTO),
        "step": HOUSE.steps[str(Act.ATTACH_PHOTO)][1],
        "help": page_for(str(Act.ATTACH_PHOTO)),
        "objections": objections,
        "faults": {o.field: o for o in objections if o.field},
        "limit": LARGEST // 1_000_000,
        "most": MOST_PHOTOS,
    }
    return page(door, "needs/attach_photo.html", context, status=422 if objections else 200)


async def _ask_photo(request: Request[Any, Any, Any]) -> Response[Any]:
    return await _photo_page(open_door(request), [])


async def _attach_photo(request: Request[Any, Any, Any]) -> Response[Any]:
    """Add a photo to one's own suggestion: multipart with the file last, or JSON with base64."""
    door = open_door(request)
    kind = request.headers.get("content-type", "")
    proof = proof_of(door)
    try:
        if kind.startswith("multipart/form-data"):
            upload = await read_upload(stream=request.stream(), content_type=kind)
            if not csrf_holds(request, upload.fields.get("_csrf_token")):
                raise PermissionDeniedException("the form's token does not hold")
            content = b""
            async for chunk in upload.chunks:
                content += chunk
                if len(content) > LARGEST:
                    break
        elif kind.startswith("application/json"):
            sent = decode(AttachPhoto, await read_body(request))
            content, proof = _decoded(sent.content_base64), sent.proof or proof
        else:
            raise HTTPException(status_code=415, detail="send multipart/form-data or application/json")
        card = await attach(code=door.code, content=content, proof=proof, by=door.user, now=door.now)
    except Refused as error:
        if wants_json(request):
            raise
        return await _photo_page(door, error.objections)
    if wants_json(request):
        return record_json(card)
    return Response(content=None, status_code=303, headers={"Location": f"{card.url}?done={Act.ATTACH_PHOTO}"})


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused([Objection("content_base64", say("This is not base64."))]) from error


attach_photo = Route(
    path=_PATH,
    name=str(Act.ATTACH_PHOTO),
    handlers=[
        HTTPRouteHandler(
            _PATH, http_method="POST", name="do_attach_photo", operation_id="attach-photo",
            opt={"act": str(Act.ATTACH_PHOTO), "no_form": True},
        )(_attach_photo),
        HTTPRouteHandler(
            _PATH, http_method="GET", name="ask_attach_photo", opt={"act": str(Act.ATTACH_PHOTO), "asks": True}
        )(_ask_photo),
    ],
    act=Act.ATTACH_PHOTO,
    form=AttachPhoto,
    returns=SuggestionCard,
    example={"content_base64": _PIXEL},
    summary="Add a photo to one's own suggestion.",
    once=False,
)  # fmt: skip


async def _show_photo(request: Request[Any, Any, Any]) -> Stream:
    door = open_door(request)
    photo = str(request.path_params["photo"])
    await photo_of(code=door.code, photo=photo, user=door.user)
    return await send_attachment(code=photo)


photo_file = Route(
    path="/suggestions/{code:str}/photos/{photo:str}",
    name="suggestion_photo",
    handlers=[
        HTTPRouteHandler(
            "/suggestions/{code:str}/photos/{photo:str}", http_method="GET", name="suggestion_photo",
            operation_id="suggestion_photo",
        )(_show_photo)
    ],
    summary="Read a photo of a suggestion.",
    media="image/jpeg",
)  # fmt: skip

ROUTES: list[Route] = [attach_photo, photo_file]
