"""Files: streamed in, judged by what they are, read only by who may."""

import base64

from tests.town import Town, objections

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def sent(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "content_base64": base64.b64encode(content).decode()}


async def test_it_works_as_json_and_as_a_form(town: Town) -> None:
    client = await town.client("wang.fang")
    made = await client.post("/attachments/attach-file", json=sent("说明.txt", "社区服务说明".encode()))
    assert made.status_code == 201, made.text
    read = await client.get(made.json()["url"])
    assert read.content.decode() == "社区服务说明"
    assert read.headers["content-disposition"].startswith("attachment")
    browser = await town.browser("wang.fang")
    page = await browser.get("/attachments/attach-file")
    token = page.text.rsplit('name="_csrf_token" value="', 1)[1].split('"')[0]
    posted = await browser.inner.post(
        "/attachments/attach-file", data={"_csrf_token": token}, files={"file": ("a.pdf", PDF, "application/pdf")}
    )
    assert posted.status_code == 200, posted.text
    assert "a.pdf" in posted.text


async def test_what_is_not_what_its_name_says_is_refused(town: Town) -> None:
    client = await town.client("wang.fang")
    for name, content in (
        ("a.pdf", b"PK\x03\x04" + b"0" * 100),
        ("a.txt", b""),
        ("a.html", b"<script>"),
        ("a.txt", b"\x00\x01"),
    ):
        assert objections(await client.post("/attachments/attach-file", json=sent(name, content))), name


async def test_strangers_see_nothing_and_auditors_read(town: Town) -> None:
    made = (await (await town.client("wang.fang")).post("/attachments/attach-file", json=sent("a.txt", b"abc"))).json()
    assert (await (await town.client("he.jing")).get(made["url"])).status_code == 404
    assert (await (await town.client()).get(made["url"])).status_code == 404
    assert (await (await town.client("li.jun")).get(made["url"])).status_code == 200
    assert (await (await town.client("hua.rong")).get(made["url"])).status_code == 200


async def test_a_form_without_its_token_is_refused(town: Town) -> None:
    browser = await town.browser("wang.fang")
    answer = await browser.inner.post("/attachments/attach-file", files={"file": ("a.pdf", PDF, "application/pdf")})
    assert answer.status_code == 403
