"""The papers of what is set right or disputed: correction notice, answer to a challenge, decision on a complaint."""

from market.base.calendar import local_date
from market.base.paper import Paper, Signature
from market.base.refusal import Said, say
from market.tendering.documents.tenders import Wording, project
from market.tendering.queries.corrections import CorrectionLine
from market.tendering.queries.disputes import ChallengeCard, ComplaintCard
from market.tendering.queries.tenders import TenderCard
from market.tendering.states.disputes import KIND_WORDS, OUTCOME_WORDS, PATH_WORDS, Kind, Outcome, Path

FIELD_WORDS: dict[str, Said] = {
    "title": say("Title"),
    "requirement": say("What is asked for"),
    "qualification": say("Who may bid"),
    "budget": say("Budget in yuan"),
    "closes_at": say("Closing"),
    "opens_at": say("Opening"),
    "service_from": say("Service begins on"),
    "service_until": say("Service ends before"),
}


def correction_notice(*, tender: TenderCard, correction: CorrectionLine, lang: str = "zh-CN") -> bytes:
    """Return a correction under the headings of the prescribed layout: project, what is corrected, when."""
    w = Wording(lang)
    paper = Paper(title=w(say("Notice of correction")), code=tender.code, lang=lang, subtitle=tender.title)
    paper.heading(w(say("1 Project"))).facts(
        [*project(tender, w), (w(say("First published")), w.moment(tender.published_at))]
    )
    paper.heading(w(say("2 What is corrected")))
    paper.facts(
        [
            (w(say("Number of the correction")), str(correction.number)),
            (w(say("Corrected at")), w.moment(correction.corrected_at)),
            (w(say("Reason of the correction")), correction.reason),
        ]
    )
    paper.table(
        columns=[w(say("Matter")), w(say("Before")), w(say("After"))],
        rows=[
            [w(FIELD_WORDS[c["field"]]), _shown(c["field"], c["original"], w), _shown(c["field"], c["corrected"], w)]
            for c in correction.changes
        ],
    )
    if correction.touches_bids:
        void = say("It touches how bids are made: bids submitted before it are void and may be submitted again.")
        paper.text(w(void))
    return paper.pdf()


def _shown(field: str, value: object, w: Wording) -> str:
    return w.moment(value) if field in ("closes_at", "opens_at") else str(value)


def challenge_answer(*, card: ChallengeCard, signer: str, lang: str = "zh-CN") -> bytes:
    """Return the written answer with the notice of the right to complain (财政部令第94号 第十五条)."""
    w = Wording(lang)
    paper = Paper(title=w(say("Answer to a challenge")), code=card.code, lang=lang, subtitle=card.title)
    if card.organization_name:
        paper.facts([(w(say("Challenger")), card.organization_name)])
    paper.facts(
        [
            (w(say("Received")), w.moment(card.filed_at)),
            (w(say("Project name")), card.title),
            (w(say("Project code")), card.tender),
            (w(say("What is challenged")), w(KIND_WORDS[Kind(card.kind)])),
        ]
    )
    paper.heading(w(say("What exactly is wrong"))).text(card.matter)
    paper.heading(w(say("Answer"))).text(w(OUTCOME_WORDS[Outcome(card.outcome or "")]))
    paper.text(w(PATH_WORDS[Path(card.path or "")])).text(card.answer)
    paper.heading(w(say("Facts and legal grounds"))).text(card.answer_grounds)
    paper.heading(w(say("Your right to complain")))
    right = say(
        "If you do not accept this answer, you may complain to the district finance supervisor until {day}.",
        day=card.complain_until,
    )
    paper.text(w(right))
    signed_on = local_date(card.answered_at) if card.answered_at else None
    paper.signatures([Signature(party=card.street_name, name=signer, signed_on=signed_on)])
    return paper.pdf()


def complaint_decision(*, card: ComplaintCard, party: str, signer: str, lang: str = "zh-CN") -> bytes:
    """Return the decision on a complaint (财政部令第94号 第三十三条)."""
    w = Wording(lang)
    paper = Paper(title=w(say("Decision on a complaint")), code=card.code, lang=lang, subtitle=card.title)
    paper.facts(
        [
            (w(say("Complainant")), card.organization_name),
            (w(say("Respondent")), card.street_name),
            (w(say("Project name")), card.title),
            (w(say("Project code")), card.tender),
            (w(say("Received")), w.moment(card.filed_at)),
        ]
    )
    paper.heading(w(say("What exactly is wrong"))).text(card.matter)
    paper.heading(w(say("Decision"))).text(w(OUTCOME_WORDS[Outcome(card.outcome or "")]))
    paper.text(w(PATH_WORDS[Path(card.path or "")])).text(card.decision)
    paper.heading(w(say("Facts and legal grounds"))).text(card.decision_grounds)
    signed_on = local_date(card.decided_at) if card.decided_at else None
    paper.signatures([Signature(party=party, name=signer, signed_on=signed_on)])
    return paper.pdf()
