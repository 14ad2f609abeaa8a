"""The tours of organizations, experts and evaluators."""

from tests.tours.telling import Step, Tour

ORGANIZATION = Tour(
    "organization",
    ("Administrator and bidder of a social organization", "社会组织管理员和投标经办"),
    (
        "The bidder finds notices, bids and reports; the administrator signs. Five people are enough for all of it.",
        "经办查找公告、提交响应文件、报告进度；管理员签署合同。五个人的组织也能全部办到。",
    ),
    (
        Step(
            "fei.xue",
            "/",
            "The bidder’s home: deadlines first, then open notices that fit you, with the reason why they fit.",
            "经办的首页：先列期限，再列适合的采购公告和适合的原因。",
            picture="organization-home",
        ),
        Step(
            "fei.xue",
            "/tenders/T-2026-0015",
            "A notice tells on one screen until when, how much, who may bid and how it is scored.",
            "公告一页看全：截止时间、预算、资格和评分办法。",
            picture="organization-notice",
        ),
        Step(
            "fei.xue",
            "/tenders/T-2026-0015",
            "Write price and plan, and do not name yourself: it is scored blind. Before it is sealed you see everything"
            " once more.",
            "填写报价和方案，不要出现本组织名称：评审为匿名进行。密封前会再次显示全部内容供核对。",
            act="submit-bid",
            fill={
                "price": "228000.00",
                "plan": "每周上门两次，每次不少于四十分钟；配备三名持证社工，节假日有人值守，记录当日上传。",
                "declared": "true",
            },
            picture="organization-bid",
            picture_after="organization-receipt",
        ),
        Step(
            "fei.xue",
            "/tenders/T-2026-0008",
            "The panel asks for final quotes. Repeat your price if you do not want to change it; who does not quote"
            " in time drops out.",
            "磋商小组要求最后报价。不变价的也要再报一次；逾期未报的退出。",
            act="submit-final-quote",
        ),
        Step(
            "fei.xue",
            "/contracts/C-2025-0003",
            "On the way home from a visit: enter it in the service ledger from your phone.",
            "上门回来的路上，用手机登记服务台账。",
            act="record-session",
            fill={"held_on": "2026-02-27", "quantity": "12", "unit": "人次", "place": "梧桐一村助餐点"},
            picture="organization-session",
            phone=True,
        ),
        Step(
            "fei.xue",
            "/contracts/C-2025-0003",
            "The contract shows milestones, acceptance and money, and what is due next.",
            "合同页面显示里程碑、验收和付款情况，以及下一步。",
            picture="organization-contract",
        ),
        Step(
            "he.jing",
            "/contracts/C-2026-0002",
            "The administrator signs. The fingerprint of the text you read is compared with the text that is signed.",
            "由管理员签署合同。系统会核对您所读文本的指纹。",
            act="sign-contract",
            picture="organization-sign",
        ),
    ),
)

EXPERT = Tour(
    "panel-expert",
    ("Panel expert", "评审专家"),
    (
        (
            "The lot decides who sits on a panel. Look on the home pages of qin.shu, you.bo, xu.ning, he.wen, lv.an,"
            " shi.yu and zhang.heng: who was drawn finds the bids there, and nobody else knows."
        ),
        (
            "专家由随机抽取产生。请依次查看 qin.shu、you.bo、xu.ning、he.wen、lv.an、shi.yu、zhang.heng 的首页："
            "被抽中者会看到待评文件，他人无从得知。"
        ),
    ),
    (
        Step(
            "whoever: score-bid on /tenders/T-2026-0010",
            "/",
            "The home of an expert who was drawn.",
            "被抽中专家的首页。",
            picture="expert-home",
        ),
        Step(
            "whoever: score-bid on /tenders/T-2026-0010",
            "/tenders/T-2026-0010",
            "Bids have numbers and no names. Your points stand beside them; nobody else’s do before all have scored.",
            "响应文件只有编号，没有名称。只显示您自己的分数，全体评完之前看不到他人的。",
            picture="expert-panel",
        ),
        Step(
            "whoever: score-bid on /tenders/T-2026-0010",
            "/tenders/T-2026-0010",
            "Score criterion by criterion. If you are tied to a bidder, declare it instead and step back.",
            "逐项打分。如与供应商有利害关系，请申请回避。",
            act="score-bid",
            picture="expert-score",
        ),
        Step(
            "whoever: seal-report on /tenders/T-2026-0007",
            "/tenders/T-2026-0007",
            "When the clock has ranked the bids, read the report and sign it, or write your dissent.",
            "系统排序之后，通读报告并签署，或写明不同意见。",
            act="seal-report",
            fill={"agrees": "true"},
            picture="expert-sign",
        ),
    ),
)

EVALUATOR = Tour(
    "evaluator",
    ("Third-party evaluator", "第三方评价机构"),
    (
        "Most of a score is computed from the records. You judge the rest, listen to the reply, and conclude.",
        "大部分得分由系统根据记录计算。您评判其余指标，听取意见，作出结论。",
    ),
    (
        Step("kong.xin", "/", "What waits for you.", "待您办理的事项。", picture="evaluator-home"),
        Step(
            "kong.xin",
            "/evaluations/E-2026-0003",
            "The survey is over. Here stand the organization’s own account, the facts on record and what"
            " residents said.",
            "调查已结束。这里有自评材料、履约记录和居民的评价。",
            picture="evaluator-record",
        ),
        Step(
            "kong.xin",
            "/evaluations/E-2026-0003",
            "Give points for what people judge; an indicator that does not apply needs a reason.",
            "对需人工评判的指标打分；不适用的须说明理由。",
            act="score-evaluation",
            picture="evaluator-score",
        ),
        Step(
            "kong.xin",
            "/evaluations/E-2026-0005",
            "The organization disagrees. Answer point by point, and change points where it is right.",
            "组织对初稿提出意见。逐条答复，意见成立的调整分数。",
            act="answer-reply",
        ),
        Step(
            "kong.xin",
            "/evaluations/E-2026-0006",
            "The reply window is over: conclude. Afterwards nothing can be changed, and the street publishes it.",
            "意见期已满，作出结论。此后不能更改，由街道公布。",
            act="conclude-evaluation",
            fill={},
            picture="evaluator-conclude",
        ),
    ),
)
