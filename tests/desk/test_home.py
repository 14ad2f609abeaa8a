"""The home of each role: what waits, the street's year, the organization's desk, the overseer's signs."""

import re
from datetime import date
from decimal import Decimal

import pytest

from market.base.database import one, rows
from market.desk import queries
from market.desk.drawings import context_of
from market.desk.queries.oversight import AuditorDesk
from market.desk.rules import Stage
from market.oversight.rules import Sign
from market.people.queries import user_named
from market.people.states import ANYONE, Role, User
from market.seed import people
from market.seed.people import PEOPLE, QINGHE, WARM_SUN, WUTONG
from tests.test_query_counts import counted
from tests.town import Town

# What waits for one person of each role when the town begins; () where a role has no part in a purchase yet.
WAITS: dict[str, set[tuple[str, str]]] = {
    "wang.fang": {
        ("answer-reply", "E-2026-0005"),
        ("answer-question", "T-2026-0015"),
        ("draft-contract", "T-2026-0001"),
        ("draft-contract", "T-2026-0005"),
        ("submit-need", "N-2026-0017"),
        ("draft-tender", "N-2026-0020"),
        ("answer-suggestion", "S-2026-0001"),
        ("answer-suggestion", "S-2026-0008"),
        ("draft-contract-from-result", "N-2025-0009"),
        ("hand-over", "N-2026-0023"),
        ("record-official-result", "N-2026-0022"),
    },
    "li.jun": {
        ("publish-evaluation", "E-2026-0007"),
        ("turn-key", "T-2026-0013"),
        ("confirm-award", "T-2026-0006"),
        ("answer-finding", "F-2026-0003"),
        ("review-need", "N-2026-0018"),
        ("publish-tender", "T-2026-0016"),
        ("answer-challenge", "CH-2026-0001"),
    },
    "zhao.min": {("review-need", "N-2026-0018")},
    "feng.lan": {("review-contract", "C-2026-0003")},
    "chu.qiang": {("approve-invoice", "I-52000000MJ400004XY-2026-0001")},
    "zhou.ping": {("answer-finding", "F-2026-0003"), ("accept-delivery", "C-2025-0007")},
    "he.jing": {
        ("submit-evidence", "E-2025-0002"),
        ("answer-survey", "E-2025-0002"),
        ("sign-contract", "C-2026-0002"),
        ("report-delivery", "C-2025-0005"),
        ("report-delivery", "C-2025-0006"),
        ("report-delivery", "C-2025-0008"),
        ("submit-invoice", "C-2025-0005"),
    },
    "lin.feng": {
        ("submit-final-quote", "T-2026-0008"),
        ("submit-evidence", "E-2025-0002"),
        ("report-delivery", "C-2025-0005"),
        ("report-delivery", "C-2025-0006"),
        ("report-delivery", "C-2025-0008"),
        ("submit-invoice", "C-2025-0005"),
    },
    "bi.yun": {("turn-key", "T-2026-0013")},
    "yang.mei": {("answer-survey", "E-2025-0002"), ("answer-survey", "E-2025-0005")},
    "zhu.gang": {("answer-survey", "E-2025-0002"), ("answer-survey", "E-2025-0005")},
    "chang.qing": {("give-opinion", "C-2025-0006"), ("answer-survey", "E-2025-0004")},
    "qin.shu": set(),
    "kong.xin": {
        ("score-evaluation", "E-2026-0003"),
        ("answer-reply", "E-2026-0005"),
        ("conclude-evaluation", "E-2026-0006"),
    },
    "cao.jie": {("review-listing", "LS-2026-0001"), ("review-listing", "LS-2026-0002")},
    "yan.li": {("turn-key", "T-2026-0013"), ("decide-complaint", "CP-2026-0001")},
    "hua.rong": {("close-finding", "F-2026-0002"), ("clear-flag", "FL-2025-0001"), ("clear-flag", "FL-2025-0002")},
    "jin.bo": set(),
}
DRAWN_AT_RANDOM = {"qin.shu"}
MOST_QUERIES = 45


async def page(town: Town, login: str | None, path: str = "/", *, lang: str = "zh-CN") -> str:
    """The home as HTML, by the person's token: signing in costs a second of hashing."""
    client = await town.client(login)
    answer = await client.get(path, headers={"Accept": "text/html", "Accept-Language": lang})
    assert answer.status_code == 200
    return answer.text


async def user(login: str) -> User:
    home = next(person.home for person in PEOPLE if person.login == login)
    return await user_named(account=login, organization=home)


async def desk_of(town: Town, login: str, *, year: int | None = None) -> queries.Home:
    return await queries.home(user=await user(login), now=await town.now(), lang="zh-CN", year=year)


def test_every_role_is_looked_at() -> None:
    roles = {person.role for person in PEOPLE if person.login in WAITS}
    assert roles == set(Role) - {Role.ANYONE, Role.CLOCK}


async def test_each_role_finds_its_work_and_nothing_else(town: Town) -> None:
    found = {}
    for login in set(WAITS) - DRAWN_AT_RANDOM:
        items = (await (await town.client(login)).get("/")).json()["items"]
        found[login] = {(item["act"], item["code"]) for item in items}
    assert found == {login: waits for login, waits in WAITS.items() if login not in DRAWN_AT_RANDOM}


async def test_experts_find_what_their_seats_ask_of_them(town: Town) -> None:
    seats = await rows("SELECT DISTINCT s.account, t.code FROM seat s JOIN tender t ON t.id = s.tender")
    for login in [person.login for person in PEOPLE if person.role == Role.PANEL_EXPERT]:
        items = (await (await town.client(login)).get("/")).json()["items"]
        mine = {row["code"] for row in seats if row["account"] == login}
        assert {item["code"] for item in items} <= mine
        desk = await desk_of(town, login)
        assert {panel.code for panel in desk.panels or []} == mine
        awarded = {p.code for p in desk.panels or [] if p.state in ("awarded", "contracted")}
        assert {panel.code for panel in desk.panels or [] if not panel.secret} == awarded


async def test_what_waits_can_be_done(town: Town) -> None:
    """Every act that the home offers is offered by the record too, and its form opens."""
    opened = set()
    for login in WAITS:
        client = await town.client(login)
        for item in (await client.get("/")).json()["items"]:
            record = await client.get(item["url"])
            assert record.status_code == 200, item
            if item["act"] == "answer-survey":
                assert item["acts"] == []
                continue
            assert item["acts"] == [{"act": item["act"], "method": "POST", "href": f"{item['url']}/{item['act']}"}]
            assert item["act"] in {link["act"] for link in record.json()["acts"]}, item
            if item["act"] not in opened:
                await page(town, login, item["acts"][0]["href"])
            opened.add(item["act"])
    assert len(opened) > 15


async def test_tasks_tell_their_days_and_come_in_order(town: Town) -> None:
    items = (await (await town.client("li.jun")).get("/")).json()["items"]
    days = [item["by_when"] or "9999" for item in items]
    assert days == sorted(days)
    late = next(item for item in items if item["code"] == "T-2026-0013")
    assert (late["state"], late["by_when"], late["working_days"]) == ("late", "2026-02-25", -4)
    undated = next(item for item in items if item["act"] == "publish-tender")
    assert (undated["state"], undated["working_days"], undated["provisional"]) == ("undated", None, False)


async def test_a_period_that_ends_at_midnight_ends_on_its_last_day(town: Town) -> None:
    items = (await (await town.client("li.jun")).get("/")).json()["items"]
    shown = next(item["by_when"] for item in items if item["act"] == "confirm-award")
    row = await one("SELECT confirm_until FROM tender WHERE code = 'T-2026-0006'")
    assert row is not None
    assert row["confirm_until"].isoformat() == "2026-03-03T16:00:00+00:00"  # 24:00 of 3 March in Shanghai
    assert shown == "2026-03-03"


async def test_a_slip_that_was_used_waits_no_longer(town: Town) -> None:
    await rows("UPDATE survey_slip SET used_on = '2026-03-01' WHERE audience IN ('residents', 'committee')")
    items = (await (await town.client("yang.mei")).get("/")).json()["items"]
    assert items == []


@pytest.mark.parametrize("year", [2025, 2026])
async def test_the_years_numbers_are_the_databases(town: Town, year: int) -> None:
    shown = (await desk_of(town, "wang.fang", year=year)).street
    assert shown is not None
    assert (shown.street, shown.year, shown.years) == (WUTONG, year, [2026, 2025])
    lines = await rows("SELECT * FROM budget_line WHERE street = $1 AND year = $2", WUTONG, year)
    assert {line.code: (line.amount, line.reserved, line.committed, line.paid) for line in shown.lines} == {
        row["code"]: (row["amount"], row["reserved"], row["committed"], row["paid"]) for row in lines
    }
    for name in ("amount", "reserved", "committed", "paid"):
        assert getattr(shown.total, name) == sum(row[name] for row in lines)
    total = shown.total
    assert total.free == total.amount - total.reserved - total.committed - total.paid
    needs = await rows(
        "SELECT n.budget FROM need n JOIN budget_line l ON l.code = n.budget_line WHERE n.street = $1 AND l.year = $2",
        WUTONG,
        year,
    )
    assert sum(stage.count for stage in shown.stages) == len(needs)
    assert sum(stage.budget for stage in shown.stages) == sum(row["budget"] for row in needs)


async def test_stages_follow_the_purchases(town: Town) -> None:
    shown = (await desk_of(town, "wang.fang", year=2026)).street
    assert shown is not None
    assert {stage.stage: stage.count for stage in shown.stages} == {
        Stage.WRITING: 1,
        Stage.REVIEW: 1,
        Stage.APPROVED: 3,
        Stage.OUTSIDE: 1,
        Stage.BIDDING: 2,
        Stage.EVALUATION: 4,
        Stage.SIGNING: 3,
        Stage.DELIVERY: 1,
        Stage.CLOSED: 0,
    }


async def test_the_page_says_in_its_table_what_its_plot_draws(town: Town) -> None:
    text = await page(town, "sun.yue", "/?year=2025")
    lines = await rows("SELECT * FROM budget_line WHERE street = $1 AND year = 2025", WUTONG)
    for line in lines:
        for name in ("amount", "committed", "paid"):
            assert f"¥{line[name]:,.2f}" in text
    # The longest bar is the sum of all lines, under them; bars of nothing are not drawn.
    whole, paid = (float(sum(line[name] for line in lines)) for name in ("amount", "paid"))
    bars = [float(line["paid"]) for line in lines if line["paid"]] + ([paid] if len(lines) > 1 else [])
    drawn = re.findall(r'<rect class="plot-3" x="0%" y="\d+" width="([\d.]+)%"', text)
    assert sorted(map(float, drawn)) == pytest.approx(sorted(100 * bar / whole for bar in bars), abs=0.01)
    assert text.count('role="img"') == 3
    assert text.count("<details>") == 3


async def test_a_year_without_money_is_this_year(town: Town) -> None:
    for asked in ("1999", "abcd", "20260", "２０２５", ""):
        assert "2026年度总览" in await page(town, "wang.fang", f"/?year={asked}")


async def test_deadlines_are_those_of_the_street(town: Town) -> None:
    shown = (await desk_of(town, "wang.fang")).street
    assert shown is not None
    found = {(deadline.lane, deadline.url, str(deadline.on)) for deadline in shown.deadlines}
    assert {
        ("responses", "/tenders/T-2026-0015", "2026-03-10"),
        ("opening", "/tenders/T-2026-0013", "2026-02-25"),
        ("result", "/tenders/T-2026-0006", "2026-03-03"),
        ("signing", "/tenders/T-2026-0001", "2026-03-12"),
        ("signing", "/contracts/C-2026-0002", "2026-03-12"),
        ("payment", "/invoices/I-52000000MJ4000023C-2026-0002", "2026-03-11"),
        ("evaluation", "/evaluations/E-2026-0003", "2026-02-03"),
    } <= found
    assert ("responses", "/tenders/T-2026-0013", "2026-02-25") not in found  # it is closed; now it must be opened


LINK = re.compile(r'href="/(needs|tenders|contracts|evaluations|invoices|budget|findings)/([A-Z0-9-]+)')
# Whose a record is, and whether everybody may read it.
OWNER = {
    "needs": "SELECT ARRAY[street] AS who, state IN ('approved', 'tendering', 'contracted') AS public FROM need",
    "tenders": (
        "SELECT ARRAY[street] || ARRAY(SELECT b.organization FROM bid b WHERE b.tender = tender.id) AS who,"
        " published_at IS NOT NULL AS public, state = 'open' AS open FROM tender"
    ),
    "contracts": "SELECT ARRAY[street, supplier] AS who, signed_at IS NOT NULL AS public FROM contract",
    "evaluations": "SELECT ARRAY[street, supplier, evaluator] AS who, state = 'published' AS public FROM evaluation",
    "invoices": (
        "SELECT ARRAY[c.street, c.supplier] AS who, false AS public FROM contract c"
        " JOIN contract_milestone m ON m.contract = c.id JOIN invoice ON invoice.milestone = m.id"
    ),
    "budget": "SELECT ARRAY[street] AS who, false AS public FROM budget_line",
    "findings": "SELECT ARRAY[street] AS who, false AS public FROM finding",
}
TABLES = {"budget": "budget_line", **{kind: kind.removesuffix("s") for kind in OWNER if kind != "budget"}}


async def test_no_strangers_record_appears(town: Town) -> None:
    """What a home lists is its reader's own, or a notice open to all; what they were told may be public besides."""
    looked_at = 0
    for login in ("wang.fang", "wu.tao", "shen.yan", "wei.na", "lin.feng", "fei.xue", "tang.yu", "ni.shan"):
        mine = next(person.home for person in PEOPLE if person.login == login)
        whole = await page(town, login)
        told = "".join(re.findall(r"<aside.*?</aside>", whole, re.DOTALL))
        for kind, code in sorted(set(LINK.findall(whole))):
            row = await one(f"{OWNER[kind]} WHERE {TABLES[kind]}.code = $1", code)
            assert row is not None, (kind, code)
            allowed = row["public"] if f"/{kind}/{code}" in told else row.get("open", False)
            assert mine in row["who"] or allowed, (login, kind, code)
            looked_at += 1
    assert looked_at > 50


async def test_an_organization_sees_why_a_notice_fits(town: Town) -> None:
    desk = (await desk_of(town, "lin.feng")).supplier
    assert desk is not None
    (fitting,) = desk.fitting
    assert fitting.notice.code == "T-2026-0015"
    assert fitting.fit.categories == ["LIFE"]
    assert (fitting.fit.serves_street, fitting.fit.may_supply, fitting.working_days) == (True, True, 6)
    text = await page(town, "lin.feng")
    assert "社区生活服务类" in text
    assert "贵单位在该街道提供服务" in text


async def test_another_categorys_organization_is_not_told_of_it(town: Town) -> None:
    desk = (await desk_of(town, "lei.hao")).supplier
    assert desk is not None
    assert desk.fitting == []
    assert desk.has_categories


async def test_a_bids_place_is_told_only_after_the_award(town: Town) -> None:
    desk = (await desk_of(town, "lin.feng")).supplier
    assert desk is not None
    ranked = {bid.code for bid in desk.bids if bid.rank is not None}
    decided = {bid.code for bid in desk.bids if bid.tender_state in ("awarded", "contracted")}
    assert ranked == decided != set()
    assert len(desk.bids) > len(decided)


async def test_receivables_are_what_was_accepted_and_not_paid(town: Town) -> None:
    for login, code in (("he.jing", WARM_SUN), ("tang.yu", people.NEIGHBOURS), ("lian.bin", people.SILVER)):
        desk = (await desk_of(town, login)).supplier
        assert desk is not None
        row = await one(
            "SELECT coalesce(sum(m.amount), 0) - coalesce((SELECT sum(p.amount) FROM invoice_payment p"
            " JOIN invoice i ON i.id = p.invoice WHERE i.supplier = $1), 0) AS open FROM contract c"
            " JOIN contract_milestone m ON m.contract = c.id WHERE c.supplier = $1 AND m.accepted_at IS NOT NULL",
            code,
        )
        assert row is not None
        assert sum((aged.amount for aged in desk.receivables), Decimal(0)) == row["open"]


async def test_the_auditor_sees_every_sign_that_is_planted(town: Town) -> None:
    before = {flag.sign for flag in (await _audit(town)).flags}
    assert before == {Sign.RESULT_OVERDUE}
    await rows("UPDATE contract SET sign_by = '2025-08-01' WHERE code = 'C-2025-0003'")
    await rows("UPDATE contract SET sign_by = '2026-03-01' WHERE code = 'C-2026-0002'")
    await rows("UPDATE invoice SET pay_by = '2026-02-27' WHERE state = 'approved'")
    await rows("UPDATE tender SET decided_by = 'clock' WHERE code = 'T-2026-0001'")
    await rows(
        "UPDATE bid SET final_price = 0.44 * t.budget FROM tender t WHERE t.id = bid.tender AND bid.rank = 1"
        " AND t.code = 'T-2026-0003'"
    )
    await rows(
        "UPDATE bid SET state = 'disqualified', refusal = '…', rank = NULL FROM tender t WHERE t.id = bid.tender"
        " AND bid.rank = 3 AND t.code = 'T-2026-0005'"
    )
    await rows("UPDATE finding SET answer_by = '2026-02-27' WHERE state = 'open'")
    found = {(flag.sign, flag.code) for flag in (await _audit(town)).flags if flag.sign is not Sign.RESULT_OVERDUE}
    assert found == {
        (Sign.SIGNED_LATE, "C-2025-0003"),
        (Sign.SIGNED_LATE, "C-2026-0002"),
        (Sign.PAID_LATE, "I-52000000MJ4000023C-2026-0002"),
        (Sign.SILENT_AWARD, "T-2026-0001"),
        (Sign.LOW_PRICE, "T-2026-0003"),
        (Sign.FEW_BIDS, "T-2026-0005"),
        (Sign.ANSWER_OVERDUE, "F-2026-0003"),
    }
    text = await page(town, "hua.rong")
    assert "合同应于2025年8月1日 周五前签订，实际于2025年8月" in text
    assert "财政部令第74号 第十九条" in text


async def _audit(town: Town) -> AuditorDesk:
    desk = (await desk_of(town, "hua.rong")).auditor
    assert desk is not None
    return desk


async def test_the_auditor_reads_how_the_ledger_stands(town: Town) -> None:
    ledger = (await _audit(town)).ledger
    row = await one("SELECT max(id) AS head FROM ledger_event")
    assert row is not None
    assert (ledger.head, ledger.guarded, ledger.verified_at) == (row["head"], True, None)


async def test_every_home_opens_in_both_languages_with_few_queries(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (None, *WAITS):
        for lang in ("zh-CN", "en"):
            with counted(monkeypatch) as sent:
                await page(town, person, lang=lang)
            assert 0 < len(sent) <= MOST_QUERIES, "\n".join(query[:110] for query in sent)


async def test_anyone_sees_what_is_public_and_nothing_else(town: Town) -> None:
    text = await page(town, None)
    assert set(LINK.findall(text)) == {
        ("tenders", "T-2026-0015"),
        *(
            ("contracts", row["code"])
            for row in await rows("SELECT code FROM contract WHERE signed_at IS NOT NULL ORDER BY id DESC LIMIT 5")
        ),
        ("evaluations", "E-2025-0001"),
        ("evaluations", "E-2025-0003"),
    }
    assert (await (await town.client()).get("/")).json() == {"items": [], "next": None}


async def test_a_committee_sees_its_own_street(town: Town) -> None:
    for login, street in (("yang.mei", WUTONG), ("an.ning", QINGHE)):
        residents = (await desk_of(town, login)).residents
        assert residents is not None
        assert residents.street == street
        signed = await rows("SELECT code FROM contract WHERE street = $1 AND signed_at IS NOT NULL", street)
        assert {contract.code for contract in residents.front.contracts} <= {row["code"] for row in signed}
        assert residents.front.contracts


async def test_ones_own_last_deeds_lead_to_their_records(town: Town) -> None:
    client = await town.client("wang.fang")
    answer = await client.post("/needs/N-2026-0017/submit-need", json={})
    text = await page(town, "wang.fang")
    done = "N-2026-0017" if answer.status_code == 200 else "N-2026-0020"
    assert re.search(rf'提交审查</strong> <a href="/needs/{done}">', text)
    deeds = (await desk_of(town, "wang.fang")).deeds
    assert all("sign" not in deed.act for deed in deeds)


async def test_a_token_without_the_act_is_not_offered_it(town: Town) -> None:
    client = await town.client("wang.fang")
    made = await client.post("/account/create-token", json={"name": "narrow", "acts": ["answer-question"], "days": 30})
    assert made.status_code in (200, 201), made.text
    secret = made.json()["token"]
    narrow = await town.client()
    items = (await narrow.get("/", headers={"Authorization": f"Bearer {secret}"})).json()["items"]
    offered = {item["act"] for item in items if item["acts"]}
    assert offered <= {"answer-question"}


async def test_the_keeper_sees_what_lapses(town: Town) -> None:
    assert (await desk_of(town, "cao.jie")).keeper.lapsing == []  # type: ignore[union-attr]
    ends = "next_turn_at = $1::date::timestamp AT TIME ZONE 'Asia/Shanghai'"
    first, second = date(2026, 4, 1), date(2026, 5, 1)
    await rows(f"UPDATE standing SET until_on = $1, {ends} WHERE code = 'ST-2026-0009'", first)
    await rows(f"UPDATE standing SET from_on = '2021-05-01', {ends} WHERE code = 'ST-2026-0001'", second)
    keeper = (await desk_of(town, "cao.jie")).keeper
    assert keeper is not None
    assert [(each.url, str(each.ends_on), each.law) for each in keeper.lapsing] == [
        ("/standings/ST-2026-0009", "2026-04-01", "X-7"),
        ("/standings/ST-2026-0001", "2026-05-01", "X-8"),
    ]


async def test_the_administrator_sees_how_the_installation_does(town: Town) -> None:
    desk = (await desk_of(town, "jin.bo")).administrator
    assert desk is not None
    counted_rows = await one("SELECT (SELECT count(*) FROM account) AS accounts")
    assert counted_rows is not None
    assert desk.accounts["accounts"] == counted_rows["accounts"]
    assert dict(desk.turns)["market.tendering"] is not None
    assert "待发邮件" in await page(town, "jin.bo")


async def test_finance_sees_each_streets_money(town: Town) -> None:
    finance = (await desk_of(town, "yan.li", year=2025)).finance
    assert finance is not None
    found = await rows("SELECT street, sum(amount) AS amount FROM budget_line WHERE year = 2025 GROUP BY street")
    assert {line.street: line.amount for line in finance.streets} == {row["street"]: row["amount"] for row in found}


async def test_nobody_has_another_roles_desk(town: Town) -> None:
    assert (await queries.home(user=ANYONE, now=await town.now(), lang="en")).auditor is None
    for person in PEOPLE:
        desk = await desk_of(town, person.login)
        assert (desk.auditor is not None) == (person.role == Role.AUDITOR)
        assert (desk.finance is not None) == (person.role == Role.FINANCE_SUPERVISOR)
        assert (desk.administrator is not None) == (person.role == Role.PLATFORM_ADMINISTRATOR)
        assert (desk.street is not None) == (person.home in (WUTONG, QINGHE))
        assert context_of([], desk=desk, now=await town.now(), lang="zh-CN")["groups"] == []
