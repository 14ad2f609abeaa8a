"""Bodies of tendering's acts that are valid in a fresh demo town, whose clock stands at 2 March 2026."""

from typing import Any

from market.tendering.queries import TenderCard

DRAFT: dict[str, Any] = {
    "qualification": "符合《中华人民共和国政府采购法》第二十二条规定；不要求列入任何名录。",
    "closes_at": "2026-03-18T09:30:00+08:00",
    "service_from": "2026-04-15",
    "service_until": "2026-10-15",
    "price_points": "20",
    "criteria": [
        {"title": "服务方案", "points": "40", "guide": "针对性、可行性和应急安排"},
        {"title": "服务团队", "points": "25", "guide": "人员配备和持证情况"},
        {"title": "质量保障", "points": "15", "guide": "检查、回访和整改办法"},
    ],
    "milestones": [
        {"title": "启动并完成首月服务", "due_on": "2026-05-15", "percent": "30"},
        {"title": "中期考核", "due_on": "2026-07-15", "percent": "40"},
        {"title": "期末验收", "due_on": "2026-10-14", "percent": "30"},
    ],
}
QUESTION = {"text": "雨天无法户外开展的活动，可否改在室内进行？"}
PUBLICATION = {"closes_at": DRAFT["closes_at"]}
DRAFT_BID: dict[str, Any] = {"plan": "第一部分：服务对象分析。"}
BID: dict[str, Any] = {
    "price": "98000.00",
    "plan": "按需分班，每周三次上门服务，建立一人一档和回访制度。",
    "declared": True,
    "files": [],
}
PASSPHRASE = "shecai-demo-key-2026"  # noqa: S105  the demo's keyholders all have this one, and the town says so
TURN = {"passphrase": PASSPHRASE}
_NEW = "another-long-passphrase"
NEW_KEY: dict[str, Any] = {"new_passphrase": _NEW, "repeated": _NEW, "lost": True}
NEW_PASSPHRASE = {"old_passphrase": PASSPHRASE, "new_passphrase": _NEW, "repeated": _NEW}
CONFLICT = {"reason": "近三年内与其中一家供应商有劳动关系。"}
CHECK: dict[str, Any] = {"bid": 1, "passed": True}
SCORES: dict[str, Any] = {
    "bid": 1,
    "points": [
        {"criterion": 1, "points": "34"},
        {"criterion": 2, "points": "21.5"},
        {"criterion": 3, "points": "12"},
    ],
}
ASKED: dict[str, Any] = {
    "bid": 1,
    "matter": "meaning",
    "question": "方案中“每周固定服务日”是否包括节假日？",
    "until": "2026-03-02T17:00:00+08:00",
}
ANSWERED: dict[str, Any] = {"clarification": 1, "answer": "包括，法定节假日由值班人员按同样标准服务。", "files": []}
JUDGED: dict[str, Any] = {
    "clarification": 1,
    "explained": True,
    "looked_up": "查询了同类社区服务项目的公开成交价格，区间相近。",
}
ROUND = {"until": "2026-03-02T17:00:00+08:00"}
QUOTE = {"price": "95000.00"}
SIGNATURE: dict[str, Any] = {"agrees": True}
CANCELLING = {"reason": "采购任务取消。"}


def answer(card: TenderCard) -> dict[str, Any]:
    """Return an answer to the first question of a tender that has none yet."""
    waiting = next((question.number for question in card.questions if question.answer is None), 1)
    return {"question": waiting, "answer": "可以，但须提前一天告知居民。"}


CORRECTION: dict[str, Any] = {
    "reason": "公告遗漏了服务时段。",
    "requirement": "按需求公告提供服务；服务时段为每日八时至十八时，节假日照常。",
}
ANSWER_TO_CHALLENGE: dict[str, Any] = {
    "outcome": "unfounded",
    "answer": "经查，评审过程和打分符合采购文件规定，质疑事项不成立。",
    "grounds": "评审报告及各评委打分表；政府采购法第五十三条、财政部令第94号第十三条。",
}
COMPLAINT: dict[str, Any] = {
    "facts": "答复未说明服务团队一项的扣分理由。",
    "grounds": "政府采购法第五十五条；财政部令第94号第十七条。",
    "request": "请求责令重新评审。",
    "contact": "示例区和平路1号，林枫，000-0000-0000",
    "files": [],
}
DECISION: dict[str, Any] = {
    "outcome": "unfounded",
    "decision": "投诉事项缺乏事实依据，驳回投诉。",
    "grounds": "评审报告、质疑答复；财政部令第94号第二十九条。",
}
_CHALLENGE: dict[str, Any] = {
    "matter": "成交结果公告未说明推荐理由。",
    "facts": "公告仅列明得分和排名。",
    "grounds": "政府采购法第五十二条。",
    "request": "请求补充说明推荐理由。",
    "contact": "示例区和平路1号，林枫，000-0000-0000",
    "files": [],
}


def challenge(card: TenderCard) -> dict[str, Any]:
    """Return a challenge of the last thing that has come to an end in a tender."""
    if card.result is not None:
        return {**_CHALLENGE, "kind": "result"}
    if card.opened_at is not None:
        return {**_CHALLENGE, "kind": "process", "stage": "opening"}
    return {**_CHALLENGE, "kind": "document"}
