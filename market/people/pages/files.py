"""The doors of files: staged by streaming, read by who may."""

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream
from msgspec import Meta

from market.base import answered
from market.base.csrf import csrf_holds
from market.base.forms import Code, Line, decode, unpacked
from market.base.refusal import Objection, Refused, say
from market.base.storage import LIMIT, read_upload
from market.base.web import Door, Route, open_door, page, read_body, record_json, wants_json
from market.people import attachments
from market.people.sending import send_attachment
from market.people.states import Act


class AttachFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file in JSON: its name, its bytes in base64, and the tender it is sealed for, if any."""

    name: Annotated[Line, Meta(title="File name")]
    content_base64: Annotated[str, Meta(title="Content", min_length=1, max_length=1_000_000)]
    sealed_for: Annotated[Code, Meta(title="Sealed for")] | None = None


async def _ask_file(request: Request[Any, Any, Any]) -> Response[Any]:
    door = open_door(request)
    return await _file_page(door, objections=[])


async def _file_page(
    door: Door[Any], *, objections: list[Objection], made: Any = None, carried: Mapping[str, str] | None = None
) -> Response[Any]:
    """Show the files with the form for one more; `carried` leads back to the form that waits for it."""
    sealed_for = door.query("sealed_for")
    carried = carried or {}
    waiting = unpacked(carried.get("_kept", ""))
    if made is not None and carried:
        waiting.append((carried["_field"], made.code))
        carried = {**carried, "_kept": msgspec.json.encode(waiting).decode()}  # one file more may follow
    context = {
        "carried": carried,
        "waiting": waiting,
        "faults": {o.field: o for o in objections if o.field},
        "objections": objections,
        "made": made,
        "sealed_for": sealed_for or "",
        "limit": LIMIT // 1_000_000,
        "files": await attachments.own_attachments(by=door.user, sealed_for=sealed_for),
    }
    return page(door, "people/attach_file.html", context, status=422 if objections else 200)


async def _attach_file(request: Request[Any, Any, Any]) -> Response[Any]:
    """Attach a file: multipart with the file last, or JSON with base64; streamed, never spooled to disk."""
    door = open_door(request)
    carried: Mapping[str, str] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        upload = await read_upload(stream=request.stream(), content_type=kind)
        if not csrf_holds(request, upload.fields.get("_csrf_token")):
            raise PermissionDeniedException("the form's token does not hold")
        name, chunks, sealed_for = upload.name, upload.chunks, upload.fields.get("sealed_for") or None
        # The file itself is not read twice: its name and the length of what was sent tell one request from another.
        told: dict[str, Any] = {"name": name, "sealed_for": sealed_for, "of": request.headers.get("content-length")}
        carried = _carried(upload.fields)
    elif kind.startswith("application/json"):
        told = await read_body(request)
        sent = decode(AttachFile, told)
        name, chunks, sealed_for = sent.name, _decoded(sent.content_base64), sent.sealed_for
    else:
        raise HTTPException(status_code=415, detail="send multipart/form-data or application/json")
    attempt = await answered.begin(request=request, raw=told, now=door.now)
    if attempt and attempt.answer:
        return attempt.answer
    kept: list[Response[Any]] = []

    async def settle(made: attachments.AttachmentCard) -> None:
        """Answer in the transaction that makes the file somebody's: both or neither are kept."""
        as_json = wants_json(request)
        shown = await _file_page(door, objections=[], made=made, carried=carried) if not as_json else None
        kept.append(await answered.keep(attempt, shown or record_json(made, status=201)))

    try:
        await attachments.attach_file(
            name=name, chunks=chunks, sealed_for=sealed_for, settle=settle, by=door.user, now=door.now
        )
    except BaseException as error:
        await answered.forget(attempt)
        if isinstance(error, Refused) and not wants_json(request):
            return await _file_page(door, objections=error.objections, carried=carried)
        raise
    return kept[0]


def _carried(fields: Mapping[str, str]) -> dict[str, str]:
    """Return where to go back to, with which entries and for which field; {} when no form of this site waits."""
    back = fields.get("_return", "")
    local = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return {name: fields.get(name, "") for name in ("_return", "_field", "_kept")} if local else {}


async def _decoded(content: str) -> AsyncIterator[bytes]:
    try:
        yield base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused([Objection("content_base64", say("This is not base64."))]) from error


attach_file = Route(
    path="/attachments/attach-file",
    name=str(Act.ATTACH_FILE),
    handlers=[
        HTTPRouteHandler(
            "/attachments/attach-file",
            http_method="POST",
            name="do_attach_file",
            operation_id="attach-file",
            opt={"act": str(Act.ATTACH_FILE), "no_form": True},
        )(_attach_file),
        HTTPRouteHandler(
            "/attachments/attach-file",
            http_method="GET",
            name="ask_attach_file",
            opt={"act": str(Act.ATTACH_FILE), "asks": True},
        )(_ask_file),
    ],
    act=Act.ATTACH_FILE,
    form=AttachFile,
    returns=attachments.AttachmentCard,
    example={"name": "说明.txt", "content_base64": "56S+5Yy65pyN5Yqh6K+05piO"},
    summary="Attach a file.",
)


async def _show_file(request: Request[Any, Any, Any]) -> Stream:
    door = open_door(request)
    return await send_attachment(code=door.code, user=door.user)


attachment = Route(
    path="/attachments/{code:str}",
    name="open_attachment",
    handlers=[
        HTTPRouteHandler(
            "/attachments/{code:str}", http_method="GET", name="open_attachment", operation_id="open_attachment"
        )(_show_file)
    ],
    summary="Read a file.",
    media="*/*",
)


ROUTES: list[Route] = [attach_file, attachment]
