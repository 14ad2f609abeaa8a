"""The tours of those who work for a street office."""

from tests.tours.telling import FIRST, Step, Tour

WUTONG = "11000000002468133W"

PURCHASER = Tour(
    "purchaser",
    ("Purchaser of a street office", "街道采购人员"),
    (
        "You turn what residents need into a purchase: need, notice, contract. Others review, publish and pay.",
        "把居民需求变成一次采购：编写需求、起草公告、起草合同。审查、发布、付款由他人负责。",
    ),
    (
        Step(
            "wang.fang",
            "/",
            "The home page lists what waits for you, with the working days left and the article. Begin at the top.",
            "首页列出待您办理的事项、剩余工作日和依据。从最上面一项开始。",
            picture="purchaser-home",
        ),
        Step(
            "wang.fang",
            "/tenders/T-2026-0015",
            "Somebody asks about a notice. Choose the question, answer it for everybody, and check it once more before"
            " it is published.",
            "有供应商就公告提问。选择问题，写出答复，核对后公开。",
            act="answer-question",
            fill={"question": FIRST, "answer": "不能替代。雨雪天气可以顺延一天上门，当天须电话问候并作记录。"},
            picture="purchaser-answer",
        ),
        Step(
            "wang.fang",
            "/tenders/T-2026-0015",
            "The notice on one screen: until when, how much, who may bid, how it is scored, what happened and what"
            " comes next. Your answer stands below, without the asker’s name.",
            "公告一页看全：截止时间、预算、资格、评分、进程。答复已列在下方，不显示提问人。",
            picture="purchaser-notice",
        ),
        Step(
            "wang.fang",
            "/needs",
            "Write a need. Help stands beside the form: what to have at hand, what often goes wrong. What you do not"
            " know yet may stay open.",
            "编写需求。表单旁有办理说明：需要准备什么、常见错误。尚不清楚的可以先空着。",
            act="draft-need",
            fill={
                "title": "梧桐街道2026年社区认知障碍筛查",
                "menu_item": FIRST,
                "budget_line": FIRST,
                "budget": "60000.00",
            },
            picture="purchaser-need",
        ),
        Step(
            "wang.fang",
            "/needs/N-2026-0017",
            "A need that is complete goes to review, and its money is reserved. Everything that is missing would be"
            " named here with its article.",
            "内容完整的需求提交审查，资金同时预留。如有缺项，会连同依据逐项列出。",
            act="submit-need",
            fill={},
            picture="purchaser-submit",
        ),
        Step(
            "wang.fang",
            "/needs/N-2026-0020",
            "Make a notice of an approved need: the form shows the earliest lawful closing, criteria and price"
            " points sum to 100, milestones to 100 %.",
            "由已通过的需求起草公告：表单会显示依法最早的截止时间；评审因素与价格分合计100分，里程碑合计100%。",
            act="draft-tender",
            picture="purchaser-tender",
        ),
        Step(
            "wang.fang",
            "/tenders/T-2026-0005",
            "After the award you draft the contract. Parties, price and milestones are already fixed.",
            "成交之后起草合同。双方、金额和里程碑已固定。",
            act="draft-contract",
        ),
        Step(
            "wang.fang",
            f"/streets/{WUTONG}",
            "What your residents read of all this.",
            "居民看到的就是这一页。",
            picture="purchaser-street",
        ),
    ),
)

REVIEWERS = Tour(
    "street-reviewers",
    ("Approver, legal reviewer, budget officer and supervisor of a street office", "街道审批、法务、财务和监督人员"),
    (
        "Every purchase needs other hands: nobody approves, accepts or pays what they wrote themselves.",
        "每一项采购都要经过不同的人：谁也不能审批、验收或支付自己经手的事项。",
    ),
    (
        Step(
            "zhao.min",
            "/",
            "The legal reviewer’s home: a need waits for review.",
            "法务审查人员的首页：有一项需求待审查。",
            picture="reviewers-legal-home",
        ),
        Step(
            "zhao.min",
            "/needs/N-2026-0018",
            "Read the need beside the form. Approve it, or name the field and what must stand there.",
            "对照需求内容审查。同意，或写明哪一项应改成什么。",
            act="review-need",
            fill={"decision": "approve"},
            picture="reviewers-need",
        ),
        Step(
            "li.jun",
            "/",
            "The approver’s home, with the year of the street at a glance.",
            "审批人员的首页，附街道全年概况。",
            picture="reviewers-approver-home",
        ),
        Step(
            "li.jun",
            "/tenders/T-2026-0016",
            "Publish the notice that somebody else drafted. From now on the periods run; check it as a bidder would.",
            "发布他人起草的公告，期限自此起算；请以供应商的眼光核对。",
            act="publish-tender",
            picture="reviewers-publish",
        ),
        Step(
            "li.jun",
            "/tenders/T-2026-0006",
            "Confirm the award: result, report and letter go out at once. Who drafted the tender cannot do this.",
            "确认成交结果：结果、评审报告和成交通知书同时发出。起草公告的人不能确认。",
            act="confirm-award",
            fill={},
            picture="reviewers-award",
        ),
        Step(
            "zhou.ping",
            "/contracts/C-2025-0007",
            "The supervisor accepts a delivery, standard by standard, after the residents have spoken.",
            "监督人员在居民代表出具意见之后，按各项标准验收。",
            act="accept-delivery",
            fill={
                "milestone": FIRST,
                "technical": "抽查十二份记录，时长和频次均符合合同。",
                "service": "回访八户，均表示满意。",
                "safety": "未发生安全事故，应急预案齐全。",
                "conclusion": "验收合格。",
            },
            picture="reviewers-accept",
        ),
        Step(
            "sun.yue",
            "/",
            "The budget officer’s home: an approved invoice with the last day for paying it.",
            "财务人员的首页：已审批的付款申请及最后付款日。",
            follow="/invoices/",
            picture="reviewers-invoice",
        ),
        Step(
            "li.jun",
            "/evaluations/E-2026-0007",
            "Publish the result of an evaluation that somebody else concluded; good or bad, it is read by everybody.",
            "公布他人作出的评价结论；无论好坏，均向社会公开。",
            act="publish-evaluation",
            fill={},
        ),
    ),
)
