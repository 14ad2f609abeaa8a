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
ROUND = {"until": "2026-03-02T17:00:00+08:00"}
QUOTE = {"price": "95000.00"}
SIGNATURE: dict[str, Any] = {"agrees": True}
CANCELLING = {"reason": "采购任务取消。"}


def answer(card: TenderCard) -> dict[str, Any]:
    """Return an answer to the first question of a tender that has none yet."""
    waiting = next((question.number for question in card.questions if question.answer is None), 1)
    return {"question": waiting, "answer": "可以，但须提前一天告知居民。"}
