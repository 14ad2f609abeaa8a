"""What profiles said before and after, and personal data: marked in its table, covered for whoever may not see it."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest
from piccolo.table import Table

from catalogs.queries.history import covered_fields
from market.base import personal
from market.base.database import one, rows
from market.base.personal import COVER, personal_columns
from market.piccolo_conf import ROOMS
from market.seed import people
from tests.town import Town

URL = f"/organizations/{people.WARM_SUN}"
BODY = {
    "business_scope": "居家养老与失智照护。",
    "categories": ["LIFE"],
    "service_areas": "梧桐街道",
    "streets": [people.WUTONG_AREA],
    "contact_name": "何静",
    "contact_phone": "021-55550001",
    "party_organization": "joint",
    "registered_capital": "100000.00",
    "bank_name": "示例银行梧桐支行",
    "bank_account": "6200000000000040009",
}


async def test_each_change_is_kept_with_before_and_after(town: Town) -> None:
    administrator = await town.client("he.jing")
    assert (await administrator.post(f"{URL}/update-profile", json=BODY)).is_success
    lines = (await administrator.get(f"{URL}/history")).json()["items"]
    newest = {
        line["field"]: (line["before"], line["after"]) for line in lines if line["revision"] == lines[0]["revision"]
    }
    assert newest["service_areas"] == ("梧桐街道、清河街道", "梧桐街道")
    assert newest["bank_account"] == ("6200000000000040001", "6200000000000040009")
    assert newest["contact_phone"] == ("", "021-55550001")
    assert "bank_name" not in newest
    before = len(lines)
    assert (await administrator.post(f"{URL}/update-profile", json=BODY)).is_success
    assert len((await administrator.get(f"{URL}/history")).json()["items"]) == before


async def test_what_was_kept_is_never_changed(town: Town) -> None:
    assert await one("SELECT 1 AS found FROM profile_change LIMIT 1")
    for sql in ("UPDATE profile_change SET after = 'x'", "DELETE FROM profile_change"):
        with pytest.raises(Exception, match=r"append-only|permission denied"):
            await rows(sql)


@pytest.mark.parametrize(
    ("account", "phone", "bank"),
    [
        ("he.jing", "021-55550001", "6200000000000040009"),
        ("wang.fang", "021-55550001", COVER),
        ("cao.jie", "021-55550001", COVER),
        ("tang.yu", COVER, COVER),
        ("bi.yun", COVER, COVER),
        (None, COVER, COVER),
    ],
)
async def test_who_reads_which_personal_field(town: Town, account: str | None, phone: str, bank: str) -> None:
    assert (await (await town.client("he.jing")).post(f"{URL}/update-profile", json=BODY)).is_success
    client = await town.client(account)
    assert (await client.get(URL)).json()["contact_phone"] == phone
    lines = (await client.get(f"{URL}/history")).json()["items"]
    said = {line["field"]: line["after"] for line in reversed(lines)}
    assert (said["contact_phone"], said["bank_account"]) == (phone, bank)


async def test_consent_shows_the_contact_and_is_withdrawn(town: Town) -> None:
    administrator, anyone = await town.client("he.jing"), await town.client()
    await administrator.post(f"{URL}/update-profile", json={**BODY, "public_contact": True})
    assert (await anyone.get(URL)).json()["contact_phone"] == "021-55550001"
    await administrator.post(f"{URL}/update-profile", json=BODY)
    assert (await anyone.get(URL)).json()["contact_phone"] == COVER
    lines = (await anyone.get(f"{URL}/history")).json()["items"]
    given = [(line["before"], line["after"]) for line in lines if line["field"] == "public_contact"]
    assert given == [("True", "False"), ("False", "True")]


async def test_the_page_of_the_history(town: Town) -> None:
    page = await (await town.browser()).get(f"{URL}/history")
    assert page.status_code == 200
    assert "业务范围" in page.text
    assert (await (await town.client()).get("/organizations/52000000MJ9999999X/history")).status_code == 404


LOOKS_PERSONAL = re.compile(
    r"(^|_)(person|representative|phone|mobile|telephone|email|login|birthday|identity|wechat|bank_account|contact)(_|$)"
    r"|_by$|^contact_name$"
)
WITH_TABLES = [room for room in ROOMS if find_spec(f"{room}.tables")]


def tables_of(room: str) -> list[type[Table]]:
    module = import_module(f"{room}.tables")
    return sorted(
        {value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Table)} - {Table},
        key=lambda table: table.__name__,
    )


@pytest.mark.parametrize("room", WITH_TABLES)
def test_a_column_that_looks_personal_says_who_may_read_it(room: str) -> None:
    unmarked = [
        f"{table.__name__}.{column._meta.name}"
        for table in tables_of(room)
        if table.__module__.startswith(room)
        for column in table._meta.columns
        if LOOKS_PERSONAL.search(column._meta.name)
        and column._meta.name not in personal_columns(table)
        and type(column).__name__ in ("Varchar", "Text")
    ]
    assert unmarked == []


def test_every_personal_field_and_who_may_read_it() -> None:
    found = {
        f"{table.__name__}.{name}": sight
        for room in WITH_TABLES
        for table in tables_of(room)
        if table.__module__.startswith(room)
        for name, sight in personal_columns(table).items()
    }
    assert {name: sight for name, sight in found.items() if sight != personal.HANDS} == {
        "Account.email": personal.HERSELF,
        "Account.login": personal.PUBLISHED,
        "Account.name": personal.PUBLISHED,
        "Challenge.contact": personal.PARTNERS,
        "Complaint.contact": personal.PARTNERS,
        "Invoice.bank_account": personal.OWN,
        "Invitation.email": personal.HERSELF,
        "PhoneCode.phone": personal.NOBODY,
        "Profile.bank_account": personal.OWN,
        "Profile.contact_name": personal.PARTNERS,
        "Profile.contact_phone": personal.PARTNERS,
        "Profile.legal_representative": personal.PUBLISHED,
        "Profile.responsible_person": personal.PUBLISHED,
        "Registration.contact_name": personal.HERSELF,
        "Registration.email": personal.HERSELF,
        "Signature.certificate_subject": personal.OWN,
        "Voice.account": personal.HERSELF,
        "Voice.phone": personal.NOBODY,
    }


def test_what_is_covered_follows_the_columns() -> None:
    assert covered_fields(is_own=True, is_partner=False) == frozenset()
    assert covered_fields(is_own=False, is_partner=True) == {"bank_account"}
    assert covered_fields(is_own=False, is_partner=False) == {"bank_account", "contact_name", "contact_phone"}
