"""The papers of a tender: notice, opening record, evaluation report, award letter; Chinese unless asked otherwise."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from market.base.calendar import local_date
from market.base.paper import Column, Paper, Signature
from market.base.refusal import Said, say
from market.base.wording import day, moment, money, words
from market.law.states import VERIFICATION_WORDS, Unit
from market.tendering.queries.awards import ResultNotice
from market.tendering.queries.bids import OpeningLine
from market.tendering.queries.reports import EvaluationReport, ReportedBid
from market.tendering.queries.tenders import TenderCard
from market.tendering.rules.notice import Period
from market.tendering.rules.terms import Criterion, MilestoneTerm
from market.tendering.states import MATTER_WORDS

UNITS = {Unit.DAYS: say("days"), Unit.WORKING_DAYS: say("working days")}


class Wording:
    """The words of one paper in its language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, sentence: Said) -> str:
        """Return a sentence in the paper's language."""
        return words(sentence, self.lang)

    def moment(self, value: Any) -> str:
        """Return a moment as it is written, "" for none."""
        return moment(value, self.lang) if value else ""

    def day(self, value: Any) -> str:
        """Return a day as it is written."""
        return day(value, self.lang)

    def money(self, value: Decimal | None) -> str:
        """Return an amount as it is written, a dash for none."""
        return money(value, self.lang) if value is not None else "—"


def project(tender: TenderCard, w: Wording) -> list[tuple[str, str]]:
    """Return the facts that head every paper of a tender."""
    return [
        (w(say("Project code")), tender.code),
        (w(say("Project name")), tender.title),
        (w(say("Buyer")), tender.street_name),
        (w(say("Procurement method")), w(say("Competitive consultation (house rule by reference)"))),
        (w(say("Item code")), tender.item),
    ]


def _service(tender: TenderCard, w: Wording) -> str:
    """Return the service days as readers say them, with the last day instead of the first one after."""
    return f"{w.day(tender.service_from)} — {w.day(tender.service_last_on)}"


def notice(*, tender: TenderCard, lang: str = "zh-CN") -> bytes:
    """Return the notice under the headings of the prescribed layout (财办库〔2020〕50号)."""
    w = Wording(lang)
    paper = Paper(
        title=w(say("Notice of competitive consultation")), code=tender.code, lang=lang, subtitle=tender.title
    )
    paper.heading(w(say("1 Project"))).facts(
        [
            *project(tender, w),
            (w(say("Service period")), _service(tender, w)),
        ]
    )
    paper.amount(w(say("Budget")), tender.budget).text(tender.requirement)
    paper.heading(w(say("2 Who may bid"))).text(tender.qualification)
    paper.heading(w(say("3 Documents, closing and opening"))).facts(_moments(tender, w))
    paper.heading(w(say("4 Evaluation")))
    paper.table(columns=_criteria_columns(w), rows=_criteria(tender.criteria, tender.price_points, w))
    paper.heading(w(say("5 Milestones and payment")))
    paper.table(
        columns=[w(say("Milestone")), w(say("Due on")), Column(w(say("Share of the price")), 0.6, "right")],
        rows=_milestones(tender.milestones, w),
    )
    _periods(paper, tender.periods, w)
    return paper.pdf()


def _periods(paper: Paper, periods: Sequence[Period], w: Wording) -> None:
    """Write each period with its article, length, last day and mark; below, what the marks mean."""
    columns = [
        Column(w(say("Rule")), 2.0),
        Column(w(say("Length")), 0.8, "right"),
        Column(w(say("Last day")), 1.2),
        Column(w(say("Checked")), 0.6),
    ]
    paper.heading(w(say("6 Periods"))).table(columns=columns, rows=[_period(period, w) for period in periods])
    for mark in dict.fromkeys(period.verification for period in periods):
        paper.text(f"{mark}: {w(VERIFICATION_WORDS[mark])}")


def _period(period: Period, w: Wording) -> list[str]:
    unit = w(UNITS[period.unit])
    provisional = f" ({w(say('provisional'))})" if period.provisional else ""
    return [
        period.article,
        f"{period.length} {unit}",
        f"{w.day(period.last_day)}{provisional}",
        str(period.verification),
    ]


def _moments(tender: TenderCard, w: Wording) -> list[tuple[str, str]]:
    return [
        (w(say("Published")), w.moment(tender.published_at)),
        (w(say("Questions until")), w.moment(tender.questions_until)),
        (w(say("Closing")), w.moment(tender.closes_at)),
        (w(say("Opening")), w.moment(tender.opens_at)),
    ]


def _criteria_columns(w: Wording) -> list[Column]:
    return [
        Column(w(say("Criterion")), 1.0),
        Column(w(say("How it is scored")), 2.0),
        Column(w(say("Most points")), 0.5, "right"),
    ]


def _criteria(criteria: Sequence[Criterion], price_points: Decimal, w: Wording) -> list[list[str]]:
    how = w(say("Lowest final quote divided by the quote, times the points"))
    return [[c.title, c.guide, _points(c.points)] for c in criteria] + [[w(say("Price")), how, _points(price_points)]]


def _points(points: Decimal) -> str:
    """Return points as people write them: 20, not 20.00."""
    return f"{points.normalize():f}"


def _milestones(milestones: Sequence[MilestoneTerm], w: Wording) -> list[list[str]]:
    return [[m.title, w.day(m.due_on), f"{(m.share * 100).normalize():f}%"] for m in milestones]


def opening_record(*, tender: TenderCard, lines: Sequence[OpeningLine], lang: str = "zh-CN") -> bytes:
    """Return the opening record as its reader may see it: prices only where they may be shown."""
    w = Wording(lang)
    paper = Paper(title=w(say("Opening record")), code=tender.code, lang=lang, subtitle=tender.title)
    paper.facts([*project(tender, w), (w(say("Bids opened at")), w.moment(tender.opened_at))])
    paper.table(
        columns=[
            Column(w(say("Tenderer")), 1.4),
            Column(w(say("Submitted")), 1.1),
            Column(w(say("Price")), 0.9, "right"),
            Column(w(say("Fingerprint")), 1.4),
            Column(w(say("Confirmed")), 1.1),
        ],
        rows=[
            [
                line.name,
                w.moment(line.submitted_at),
                w.money(line.price),
                line.fingerprint[:16],
                w.moment(line.confirmed_at),
            ]
            for line in lines
        ],
    )
    for line in lines:
        if line.remark:
            paper.text(f"{line.name}: {line.remark}")
    return paper.pdf()


def evaluation_report(*, tender: TenderCard, report: EvaluationReport, lang: str = "zh-CN") -> bytes:
    """Return the evaluation report with every member's points, low prices, refusals, ranking and dissent."""
    w = Wording(lang)
    paper = Paper(title=w(say("Evaluation report")), code=tender.code, lang=lang, subtitle=tender.title)
    paper.heading(w(say("Project"))).facts(
        [*project(tender, w), (w(say("Bids opened at")), w.moment(tender.opened_at))]
    )
    paper.heading(w(say("Method and criteria")))
    paper.table(columns=_criteria_columns(w), rows=_criteria(tender.criteria, tender.price_points, w))
    _checks(paper, report, w)
    _sheets(paper, tender, report, w)
    _low_prices(paper, report, w)
    _clarifications(paper, report, w)
    _ranking(paper, report, w)
    _signatures(paper, report, w)
    return paper.pdf()


def _member(number: int, name: str, w: Wording) -> str:
    return name or w(say("Member {number}", number=number))


def _checks(paper: Paper, report: EvaluationReport, w: Wording) -> None:
    paper.heading(w(say("Qualification and conformity")))
    passed = w(say("passed"))
    paper.table(
        columns=[Column(w(say("Bid")), 0.4), Column(w(say("Tenderer")), 1.5), Column(w(say("Outcome")), 1.5)],
        rows=[[str(b.number), b.supplier_name, b.refusal or passed] for b in _by_number(report)],
    )


def _by_number(report: EvaluationReport) -> list[ReportedBid]:
    return sorted(report.bids, key=lambda bid: bid.number)


def _sheets(paper: Paper, tender: TenderCard, report: EvaluationReport, w: Wording) -> None:
    paper.heading(w(say("Points of each member")))
    titles = [Column(c.title, 0.8, "right") for c in tender.criteria]
    paper.table(
        columns=[Column(w(say("Bid")), 0.4), Column(w(say("Member")), 0.8), *titles],
        rows=[
            [str(sheet.number), _member(sheet.member, sheet.name, w), *(str(points) for points in sheet.points)]
            for sheet in report.sheets
        ],
    )


def _low_prices(paper: Paper, report: EvaluationReport, w: Wording) -> None:
    paper.heading(w(say("Abnormally low prices")))
    if not report.low_prices:
        paper.text(w(say("No final quote fell below a limit.")))
        return
    paper.table(
        columns=[w(say("Bid")), w(say("Rule")), w(say("Final quote")), w(say("Limit"))],
        rows=[[str(low.number), low.law, w.money(low.price), w.money(low.limit)] for low in report.low_prices],
    )


def _clarifications(paper: Paper, report: EvaluationReport, w: Wording) -> None:
    if not report.clarifications:
        return
    paper.heading(w(say("Questions of the panel to bidders")))
    for asked in report.clarifications:
        matter = w(MATTER_WORDS[asked.matter]) + (f" ({asked.law})" if asked.law else "")
        title = say("{number}. Bid {bid}: {matter}", number=asked.number, bid=asked.bid, matter=matter)
        facts = [
            (w(say("Question")), asked.question),
            (w(say("Answer")), asked.answer or w(say("not answered in time"))),
            (w(say("Files of the answer")), str(len(asked.files))),
        ]
        if asked.explained is not None:
            outcome = say("explained") if asked.explained else say("not explained: the bid is out")
            facts.append((w(say("Outcome")), w(outcome)))
        for vote in asked.votes:
            said = [w(say("explained")) if vote.explained else w(say("not explained")), vote.reason, vote.looked_up]
            facts.append((_member(vote.member, vote.name, w), "；".join(part for part in said if part)))
        paper.heading(w(title), level=2).facts(facts)


def _ranking(paper: Paper, report: EvaluationReport, w: Wording) -> None:
    ranked = [bid for bid in report.bids if bid.rank is not None]
    paper.heading(w(say("Ranking and recommendation")))
    paper.table(
        columns=[
            Column(w(say("Rank")), 0.4, "right"),
            Column(w(say("Tenderer")), 1.5),
            Column(w(say("Final quote")), 1.0, "right"),
            Column(w(say("Quality score")), 0.6, "right"),
            Column(w(say("Price score")), 0.6, "right"),
            Column(w(say("Total")), 0.6, "right"),
        ],
        rows=[
            [str(b.rank), b.supplier_name, w.money(b.final_price), str(b.quality), str(b.price_score), str(b.total)]
            for b in ranked
        ],
    )
    first = ranked[0]
    reason = say("Recommended: {name}, ranked first with {total} points.", name=first.supplier_name, total=first.total)
    paper.text(w(reason))


def _signatures(paper: Paper, report: EvaluationReport, w: Wording) -> None:
    paper.heading(w(say("Signatures")))
    agreed, dissented = w(say("agrees")), say("dissents: {reasons}")
    paper.table(
        columns=[Column(w(say("Member")), 0.6), Column(w(say("Word")), 2.0)],
        rows=[
            [
                _member(m.member, m.name, w),
                agreed if m.agrees else w(Said(dissented.msgid, {"reasons": m.dissent})),
            ]
            for m in report.members
        ],
    )


def award_letter(*, tender: TenderCard, result: ResultNotice, signer: str, lang: str = "zh-CN") -> bytes:
    """Return the letter of award, which binds both sides (政府采购法 第四十六条).

    `signer` is who confirmed the award for the street; "" when the period ended in silence, which the letter then says.
    """
    w = Wording(lang)
    paper = Paper(title=w(say("Letter of award")), code=tender.code, lang=lang, subtitle=tender.title)
    paper.facts(
        [
            (w(say("Supplier chosen")), f"{result.supplier_name} ({result.supplier})"),
            *project(tender, w),
            (w(say("Service period")), _service(tender, w)),
            (w(say("Sign the contract by")), w.day(result.sign_by)),
        ]
    )
    paper.amount(w(say("Amount awarded")), result.amount)
    paper.text(w(say("You are the supplier chosen. Please sign the contract with us by the day named above.")))
    name = signer or w(say("deemed confirmed: the period ended without a word"))
    paper.signatures([Signature(party=tender.street_name, name=name, signed_on=local_date(result.decided_at))])
    return paper.pdf()
