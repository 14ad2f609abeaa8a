"""A form with one file, read as it comes in: the fields first, then the file's own stream.

The form must put its file last. Nothing is spooled, so a sealed file's clear bytes go from the socket straight
into the seal.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TypeAlias

from multipart import (  # type: ignore[import-untyped]  # it ships no types
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from market.base.refusal import Objection, Refused, say

_MOST_FIELDS = 64
_MOST_IN_FIELDS = 1_000_000  # a form's entries travel with its file, bodies of text among them
_Event: TypeAlias = MultipartSegment | bytes | bytearray | None


class Upload:
    """A form's fields, and its one file as a name and a stream that can be read once."""

    def __init__(self, *, fields: Mapping[str, str], name: str, chunks: AsyncIterator[bytes]) -> None:
        """Take what `read_upload` found; `name` is "" when the form carries no file."""
        self.fields = fields
        self.name = name
        self.chunks = chunks

    async def throw_away(self, limit: int) -> None:
        """Read on past a refused file, at most `limit` bytes, so that its sender hears the answer."""
        try:
            async for chunk in self.chunks:
                limit -= len(chunk)
                if limit < 0:
                    return
        except Refused:
            return


async def read_upload(*, stream: AsyncIterator[bytes], content_type: str) -> Upload:
    """Read a form up to the first byte of its file.

    Refuses what is not a form of this kind, a damaged or endless one, fields that are not text, and (while the file
    is read) anything that follows the file.
    """
    events = _events(stream, _parser(content_type))
    fields: dict[str, str] = {}
    left = _MOST_IN_FIELDS
    async for event in events:
        if not isinstance(event, MultipartSegment):
            continue
        if event.filename is not None:
            return Upload(fields=fields, name=event.filename, chunks=_file_chunks(events))
        if len(fields) >= _MOST_FIELDS:
            raise _damaged()
        value = await _field(events, most=left)
        left -= len(value)
        fields[event.name or ""] = _text(value)
    return Upload(fields=fields, name="", chunks=_nothing())


def _parser(content_type: str) -> PushMultipartParser:
    media_type, options = parse_options_header(content_type)
    try:
        if media_type != "multipart/form-data":
            raise _damaged()
        return PushMultipartParser(options.get("boundary", ""), max_segment_count=_MOST_FIELDS + 1)
    except MultipartError:
        raise _damaged() from None


async def _events(stream: AsyncIterator[bytes], parser: PushMultipartParser) -> AsyncIterator[_Event]:
    try:
        async for chunk in stream:
            # An empty chunk would tell the parser that the form has ended.
            if chunk:
                for event in _parsed(parser, chunk):
                    yield event
        parser.close()
    except MultipartError:
        raise _damaged() from None


def _parsed(parser: PushMultipartParser, chunk: bytes) -> Iterator[_Event]:
    yield from parser.parse(chunk)


async def _field(events: AsyncIterator[_Event], *, most: int) -> bytes:
    value = bytearray()
    async for event in events:
        if not isinstance(event, bytes | bytearray):
            break
        value += event
        if len(value) > most:
            raise _damaged()
    return bytes(value)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise _damaged() from None


async def _file_chunks(events: AsyncIterator[_Event]) -> AsyncIterator[bytes]:
    async for event in events:
        if isinstance(event, MultipartSegment):
            raise Refused([Objection("file", say("Send one file at a time, as the last part of the form."))])
        if event:
            yield bytes(event)


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""


def _damaged() -> Refused:
    return Refused([Objection("", say("The form did not arrive whole; send it again."))])
