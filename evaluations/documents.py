"""The evaluation report as paper: project, method and sample, indicators and points, analysis, opinion, reply."""

from collections.abc import Callable, Mapping

from evaluations.queries import EvaluationCard, LeafRow, SlipSheet
from evaluations.rules.surveys import ITEMS
from evaluations.states import AUDIENCES, GRADES, KINDS, VETOES, LeafKind, Template
from market.base.calendar import last_day, local_date
from market.base.money import round_half_up
from market.base.paper import Column, Paper, Signature
from market.base.refusal import Said, say
from market.base.wording import day, moment, words

_ZH = "zh-CN"
_BASES = {
    LeafKind.COMPUTED: say("computed"),
    LeafKind.JUDGED: say("judged"),
    LeafKind.SURVEY: say("survey"),
}


def report(*, card: EvaluationCard, template: Template, sources: Mapping[str, Said]) -> bytes:
    """Return the report of a scored evaluation as PDF; until it is concluded the paper says that it is a draft."""
    draft = "" if card.concluded_at else "（初稿，供承接主体提出意见）"
    paper = Paper(title="绩效评价报告", code=card.code, subtitle=f"{card.title}{draft}")
    _project(paper, card)
    _method(paper, card, template)
    _points(paper, card, template, sources)
    _analysis(paper, card, template)
    _words(paper, card)
    paper.signatures(
        [
            Signature(party=f"评价机构：{card.evaluator_name}"),
            Signature(party=f"购买主体：{card.street_name}"),
        ]
    )
    return paper.pdf()


def slips(*, sheet: SlipSheet, address: Callable[[str], str]) -> bytes:
    """Return the unused slips of a survey as PDF: each with its QR code, the address to type, and what it is for."""
    until = day(last_day(sheet.survey_until), _ZH)
    paper = Paper(title="满意度调查凭条", code=sheet.code, subtitle=sheet.title)
    paper.text(
        "沿虚线剪开，每人一张。扫码或者在手机浏览器里输入网址作答，不用登记姓名，每张只能答一次。服务对象的凭条由居委会发放，"
        f"不得由承接主体代发、代填。答到{until}为止（含当日）。"
    )
    for audience in AUDIENCES:
        mine = [slip for slip in sheet.slips if slip.audience == audience and not slip.used]
        if mine:
            paper.heading(words(AUDIENCES[audience], _ZH))
            paper.tickets([(address(slip.url), _slip_words(sheet, slip.number, address(slip.url))) for slip in mine])
    return paper.pdf()


def _slip_words(sheet: SlipSheet, number: int, url: str) -> str:
    return f"{sheet.title}\n请您评一评（第 {number} 张）\n{url}\n五个问题，两分钟，不记名。"


def _project(paper: Paper, card: EvaluationCard) -> None:
    paper.heading("一、项目基本情况").facts(
        [
            ("项目名称", card.title),
            ("合同编号", card.contract),
            ("购买主体", card.street_name),
            ("承接主体", card.supplier_name),
            ("评价类型", words(KINDS[card.kind], _ZH)),
            ("服务对象", f"{card.population} 人"),
            ("评价机构", card.evaluator_name),
            ("评分日期", day(local_date(card.scored_at), _ZH) if card.scored_at else ""),
        ]
    )


def _method(paper: Paper, card: EvaluationCard, template: Template) -> None:
    items = "；".join(words(item, _ZH).rstrip("？") for item in ITEMS.values())
    paper.heading("二、评价方法和样本")
    paper.text(
        f"采用“{template.title_zh}”。客观指标由平台记录计算，判断指标由第三方评价机构依据佐证评判并说明理由，"
        f"满意度由一次性问卷取得，问卷不记名，每张凭条只能使用一次。问卷内容：{items}。"
    )
    paper.table(
        columns=[
            Column("调查对象", 3), Column("发放", 1, "right"), Column("回收", 1, "right"), Column("有效", 1, "right"),
            Column("有效率", 1.2, "right"), Column("下限", 1, "right"), Column("平均分", 1.2, "right"),
            Column("误差", 1.1, "right"), Column("是否计分", 1.4, "centre"),
        ],
        rows=[
            [
                words(AUDIENCES[row.audience], _ZH), str(row.slips), str(row.answers), str(row.valid),
                f"{row.rate}%", str(row.least), "—" if row.mean is None else f"{row.mean}",
                "—" if row.margin is None else f"±{row.margin}", "计分" if row.counts else "作废",
            ]
            for row in card.surveys
        ],
    )  # fmt: skip


def _points(paper: Paper, card: EvaluationCard, template: Template, sources: Mapping[str, Said]) -> None:
    paper.heading("三、指标体系与评分")
    titles = {branch.code: branch.title_zh for branch in template.branches}
    paper.table(
        columns=[
            Column("指标", 3.4), Column("权重", 1, "right"), Column("得分", 1.1, "right"), Column("方式", 1, "centre"),
            Column("依据或者理由", 5),
        ],
        rows=[
            [
                f"{row.code} {row.title_zh}\n{titles[row.branch]}", str(row.weight),
                "不计" if row.points is None else f"{row.points}", words(_BASES[row.basis], _ZH),
                _reason(row, sources),
            ]
            for row in card.leaves
        ],
    )  # fmt: skip
    paper.facts(
        [
            ("总分", f"{card.score}（四舍五入至两位小数，等级按未舍入的总分确定）"),
            ("等级", words(GRADES[card.grade], _ZH) if card.grade else ""),
            ("否决事项", words(VETOES[card.veto], _ZH) if card.veto else "无"),
        ]
    )
    if card.veto_evidence:
        paper.text(card.veto_evidence)
    paper.text(
        "不计分的指标，其权重按比例分摊到同一一级指标内的其他指标；一级指标全部不计的，分摊到其余指标。", small=True
    )


def _reason(row: LeafRow, sources: Mapping[str, Said]) -> str:
    if row.reason:
        return words(say(row.reason), _ZH) if row.points is None else row.reason
    return words(sources[row.code], _ZH) if row.code in sources else "满意度问卷"


def _analysis(paper: Paper, card: EvaluationCard, template: Template) -> None:
    paper.heading("四、绩效分析")
    titles = {branch.code: branch.title_zh for branch in template.branches}
    rows = [
        [
            titles[branch.code],
            f"{branch.weight}",
            f"{branch.counted}",
            f"{round_half_up(branch.counted * 100 / branch.weight, 1)}%" if branch.weight else "—",
        ]
        for branch in card.branches
    ]
    paper.table(
        columns=[
            Column("一级指标", 3), Column("计分权重", 1.4, "right"), Column("计分得分", 1.4, "right"),
            Column("得分率", 1.2, "right"),
        ],
        rows=rows,
    )  # fmt: skip


def _words(paper: Paper, card: EvaluationCard) -> None:
    paper.heading("五、经验、问题和建议").text(card.opinion or "")
    paper.heading("六、承接主体的意见和答复")
    if card.reply and card.replied_at:
        paper.text(f"承接主体意见（{moment(card.replied_at, _ZH)}）：{card.reply}")
        for each in card.objections:
            against = f"（{each.leaf}）" if each.leaf else ""
            paper.text(f"{each.number}．{against}{each.words}　答复：{each.answer or '尚未答复。'}")
        paper.text(f"答复：{card.answer or '尚未答复。'}")
    else:
        paper.text("承接主体在规定期限内未提出意见。" if card.concluded_at else "意见期限未满。")
