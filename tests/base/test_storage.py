import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from market.base.refusal import NotFound, Refused
from market.base.storage import Storage, clean_name, disposition, read_upload

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as inside:
        for name in names:
            inside.writestr(name, "x" * 4000)
    return packed.getvalue()


def workbook() -> bytes:
    packed = io.BytesIO()
    Workbook().save(packed)
    return packed.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")


async def chunks(content: bytes, size: int = 7000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


class Backwards:
    """A seal for tests: every byte is turned over."""

    async def seal(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield bytes(255 - byte for byte in chunk)

    def unseal(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        return self.seal(chunks)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(f"file://{tmp_path}/files")


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("方案.pdf", PDF, "application/pdf"),
        ("照片.PNG", PNG, "image/png"),
        ("照片.jpeg", JPEG, "image/jpeg"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("台账.xlsx", workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("总结.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("名册.csv", "姓名,次数\n甲,3\n".encode(), "text/csv"),
        ("名册.csv", "\ufeff姓名,次数\r\n".encode(), "text/csv"),
        ("note.txt", b"hello\tworld\n", "text/plain"),
    ],
)
async def test_it_keeps_what_is_on_the_list(storage: Storage, name: str, content: bytes, media_type: str) -> None:
    stored = await storage.save(chunks=chunks(content), name=name)
    assert (stored.name, stored.media_type, stored.size) == (name, media_type, len(content))
    assert stored.digest == hashlib.sha256(content).hexdigest()
    assert b"".join([chunk async for chunk in await storage.read(digest=stored.digest)]) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", archive("a.txt")),
        ("a.pdf", PNG),
        ("a.pdf", b"plain words"),
        ("a.png", JPEG),
        ("a.zip", archive("a.txt")),
        ("a.docx", archive("a.txt")),
        ("a.docx", workbook()),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04"),
        ("a.exe", b"MZ\x90\0"),
        ("a.html", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a", PDF),
        ("pdf", PDF),
        ("", PDF),
        ("报价\u202efdp.exe", PDF),
        ("a.txt", b"\0\1\2"),
        ("a.txt", PDF),
        ("a.txt", "姓名".encode("gbk")),
        ("a.csv", "姓名".encode()[:-1]),
        ("a.pdf", b""),
        ("a.txt", b""),
    ],
)
async def test_it_refuses_everything_else_and_keeps_nothing(
    storage: Storage, tmp_path: Path, name: str, content: bytes
) -> None:
    with pytest.raises(Refused) as refused:
        await storage.save(chunks=chunks(content), name=name)
    assert refused.value.objections[0].field == "file"
    assert kept(tmp_path) == []


@pytest.mark.parametrize("limit", [len(PDF) - 1, 10])
async def test_it_stops_reading_when_the_limit_is_passed(storage: Storage, tmp_path: Path, limit: int) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 100_000_000:
            taken += 65_536
            yield PDF.ljust(65_536)

    with pytest.raises(Refused, match="larger than"):
        await storage.save(chunks=endless(), name="a.pdf", limit=limit)
    assert taken == 65_536
    assert kept(tmp_path) == []


async def test_a_file_of_exactly_the_limit_is_kept(storage: Storage) -> None:
    assert (await storage.save(chunks=chunks(PDF), name="a.pdf", limit=len(PDF))).size == len(PDF)


async def test_a_large_file_is_never_whole_in_memory(storage: Storage) -> None:
    async def many() -> AsyncIterator[bytes]:
        yield PDF
        for _ in range(300):
            yield b"\n" * 65_536

    stored = await storage.save(chunks=many(), name="a.pdf")
    sizes = [len(chunk) async for chunk in await storage.read(digest=stored.digest)]
    assert sum(sizes) == stored.size > 19_000_000
    assert max(sizes) < 2_000_000


async def test_the_same_bytes_are_one_file(storage: Storage, tmp_path: Path) -> None:
    first = await storage.save(chunks=chunks(PDF), name="a.pdf")
    second = await storage.save(chunks=chunks(PDF, 3), name="b.pdf")
    assert first.digest == second.digest
    assert len(kept(tmp_path)) == 1
    assert await storage.has(first.digest)


async def test_a_sealed_file_is_never_on_the_disk_in_clear(storage: Storage, tmp_path: Path) -> None:
    stored = await storage.save(chunks=chunks(PDF), name="a.pdf", sealer=Backwards())
    (path,) = kept(tmp_path)
    assert b"%PDF" not in path.read_bytes()
    assert stored.sealed
    assert (stored.size, stored.media_type) == (len(PDF), "application/pdf")
    assert stored.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    opened = await storage.read(digest=stored.digest, sealer=Backwards())
    assert b"".join([chunk async for chunk in opened]) == PDF
    with pytest.raises(Refused):
        await storage.save(chunks=chunks(archive("a.txt")), name="a.pdf", sealer=Backwards())


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "0" * 64])
async def test_what_is_not_there_is_not_found(storage: Storage, digest: str) -> None:
    with pytest.raises(NotFound):
        await storage.read(digest=digest)


async def test_a_broken_stream_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield PDF
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await storage.save(chunks=breaking(), name="a.pdf")
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/方案.pdf", "方案.pdf"),
        ("C:\\Users\\甲\\方案.pdf", "方案.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("报价\u202efdp.exe", "报价fdp.exe"),
        ("  two   spaces .pdf ", "two spaces.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file"),
        ("\u200b\u200f", "file"),
        ("照片😀.png", "照片😀.png"),
        ("好" * 300 + ".pdf", "好" * 116 + ".pdf"),
        ("no ending", "no ending"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text())
def test_a_clean_name_is_short_visible_and_stays_clean(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= 120
    assert "/" not in clean
    assert clean.isprintable()
    assert clean_name(clean) == clean
    assert all(" " <= sign <= "~" for sign in disposition(name=name, media_type="text/plain")["Content-Disposition"])


@pytest.mark.parametrize(
    ("media_type", "way"),
    [
        ("application/pdf", "inline"),
        ("image/png", "inline"),
        ("image/jpeg", "inline"),
        ("text/plain", "attachment"),
        ("text/html", "attachment"),
        ("image/svg+xml", "attachment"),
    ],
)
def test_only_harmless_kinds_open_in_the_browser(media_type: str, way: str) -> None:
    headers = disposition(name='方案"; x=1.pdf', media_type=media_type)
    assert headers["Content-Disposition"].startswith(f'{way}; filename="___')
    assert headers["Content-Disposition"].count('"') == 2
    assert headers["Content-Disposition"].endswith("filename*=UTF-8''%E6%96%B9%E6%A1%88%22%3B%20x%3D1.pdf")
    assert headers["X-Content-Type-Options"] == "nosniff"


BOUNDARY = "multipart/form-data; boundary=edge"


def form(*parts: tuple[str, str | None, bytes]) -> bytes:
    body = b""
    for name, filename, content in parts:
        named = "" if filename is None else f'; filename="{filename}"'
        body += f'--edge\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
        body += content + b"\r\n"
    return body + b"--edge--\r\n"


@pytest.mark.parametrize("size", [1, 5, 64, 100_000])
async def test_a_form_gives_its_fields_first_and_then_its_file(size: int) -> None:
    body = form(("title", None, "方案".encode()), ("csrf", None, b"abc"), ("file", "方案.pdf", PDF))
    upload = await read_upload(stream=chunks(body, size), content_type=BOUNDARY)
    assert upload.fields == {"title": "方案", "csrf": "abc"}
    assert upload.name == "方案.pdf"
    assert b"".join([chunk async for chunk in upload.chunks]) == PDF


async def test_the_fields_are_there_before_the_file_has_come() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield form(("title", None, b"x"), ("file", "a.pdf", PDF))[:-20]
        raise ConnectionError

    upload = await read_upload(stream=slow(), content_type=BOUNDARY)
    assert upload.fields == {"title": "x"}
    with pytest.raises(ConnectionError):
        [chunk async for chunk in upload.chunks]


async def test_a_form_without_a_file_gives_an_empty_stream() -> None:
    upload = await read_upload(stream=chunks(form(("title", None, b"x"))), content_type=BOUNDARY)
    assert (upload.fields, upload.name) == ({"title": "x"}, "")
    assert [chunk async for chunk in upload.chunks] == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (form(("a", None, b"x")), "application/json"),
        (form(("a", None, b"x")), "multipart/form-data"),
        (form(("a", None, b"x")), "multipart/form-data; boundary=other"),
        (form(("a", None, b"x"))[:-12], BOUNDARY),
        (b"", BOUNDARY),
        (form(("a", None, b"\xff")), BOUNDARY),
        (form(("a", None, b"x" * 600_000), ("b", None, b"x" * 600_000)), BOUNDARY),
        (form(*[(f"a{number}", None, b"x") for number in range(66)]), BOUNDARY),
    ],
)
async def test_a_damaged_form_is_refused(body: bytes, content_type: str) -> None:
    with pytest.raises(Refused, match="did not arrive whole"):
        await read_upload(stream=chunks(body), content_type=content_type)


async def test_a_cut_off_file_is_refused_and_not_kept(storage: Storage, tmp_path: Path) -> None:
    upload = await read_upload(stream=chunks(form(("file", "a.pdf", PDF))[:-20], 30), content_type=BOUNDARY)
    with pytest.raises(Refused, match="did not arrive whole"):
        await storage.save(chunks=upload.chunks, name=upload.name)
    assert kept(tmp_path) == []


async def test_a_second_file_is_refused() -> None:
    body = form(("file", "a.pdf", PDF), ("file", "b.pdf", PDF))
    upload = await read_upload(stream=chunks(body), content_type=BOUNDARY)
    with pytest.raises(Refused, match="one file at a time"):
        [chunk async for chunk in upload.chunks]


async def test_the_rest_of_a_refused_file_is_thrown_away() -> None:
    taken = 0

    async def counted(content: bytes) -> AsyncIterator[bytes]:
        nonlocal taken
        async for chunk in chunks(content, 1000):
            taken += len(chunk)
            yield chunk

    body = form(("file", "a.pdf", b"x" * 50_000))
    upload = await read_upload(stream=counted(body), content_type=BOUNDARY)
    await upload.throw_away(1_000_000)
    assert taken == len(body)
    taken = 0
    upload = await read_upload(stream=counted(body), content_type=BOUNDARY)
    await upload.throw_away(10_000)
    assert taken < 15_000
