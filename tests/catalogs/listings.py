"""Steps to a listing, shared by the tests of its acts."""

from market.seed import people
from tests.town import Town

ORGANIZATION = people.WARM_SUN
APPLY = f"/organizations/{ORGANIZATION}/apply-for-listing"


async def file_of(town: Town, account: str) -> str:
    """Attach a certificate as somebody and return its code."""
    client = await town.client(account)
    answer = await client.post(
        "/attachments/attach-file", files={"file": ("证书.txt", "登记证书".encode(), "text/plain")}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def applied(town: Town, *, account: str = "he.jing", organization: str = ORGANIZATION) -> str:
    """Apply for a listing under charity and return its code."""
    body = {"category": "CHARITY", "statement": "志愿探访。", "files": [await file_of(town, account)]}
    client = await town.client(account)
    answer = await client.post(f"/organizations/{organization}/apply-for-listing", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def reviewed(town: Town, code: str, **body: str) -> dict[str, object]:
    """Let the keeper decide."""
    keeper = await town.client("cao.jie")
    answer = await keeper.post(f"/listings/{code}/review-listing", json=body)
    assert answer.is_success, answer.text
    return dict(answer.json())
