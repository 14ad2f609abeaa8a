"""Reading evaluations, their slips and reports."""

from typing import Any

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from contracts.queries import service_standard_under
from evaluations import actions, documents, queries
from evaluations.rules.leaves import source_of
from evaluations.states import AUDIENCES, GRADES, KINDS, REFUSALS, VETOES, Template
from market.base.records import Listing
from market.base.refusal import NotFound, Said
from market.base.web import Door, Filled, Route, Shown, file, listing, open_door, read
from market.people.actions import public_address
from market.people.sending import send_attachment
from market.people.sensitive import Sensitive, note_read

_WORDS = {"kinds": KINDS, "grades": GRADES, "audiences": AUDIENCES, "vetoes": VETOES, "refusals": REFUSALS}
PATH = "/evaluations/{code:str}"


def _sources(card: queries.EvaluationCard, template: Template) -> dict[str, Said]:
    """Return the facts behind each computed leaf, in words."""
    facts = queries.facts_again(card.facts)
    found = {leaf.code: source_of(leaf=leaf, facts=facts) for leaf in template.leaves}
    computed = {leaf.code for leaf in card.leaves if leaf.basis == "computed" and leaf.points is not None}
    return {code: said for code, said in found.items() if said is not None and code in computed}


async def _context(card: queries.EvaluationCard) -> dict[str, Any]:
    template = await queries.template_named(card.template)
    return {**_WORDS, "branches": template.branches, "sources": _sources(card, template), "template": template}


@listing("/evaluations", name="evaluations_page", template="evaluations/list.html", returns=queries.EvaluationLine)
async def evaluations(door: Door[None]) -> Shown:
    """List the evaluations one may see, newest first."""
    found: Listing[queries.EvaluationLine] = await queries.evaluations_page(user=door.user, after=door.after)
    return Shown(found, _WORDS)


@read(PATH, name="evaluation_for", template="evaluations/evaluation.html", returns=queries.EvaluationCard)
async def evaluation(door: Door[None]) -> Shown:
    """Show an evaluation as far as one may see it."""
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    if card.comments:
        await note_read(kind=Sensitive.SURVEY_WORDS, code=card.code, by=door.user, now=door.now)
    if door.wants_json:
        return Shown(card)
    standard = await service_standard_under(contract=card.contract)
    return Shown(card, {**await _context(card), "service_standard": standard})


@read(
    f"{PATH}/slips",
    name="slips_for",
    template="evaluations/slips.html",
    returns=queries.SlipSheet,
    signed_in=True,
)
async def slips(door: Door[None]) -> Shown:
    """Show the survey slips that one hands out."""
    secret = actions.survey_secret()
    return Shown(await queries.slips_for(code=door.code, user=door.user, secret=secret), _WORDS)


@read(f"{PATH}/slips.pdf", name="slips_on_paper", media="application/pdf", signed_in=True)
async def slips_on_paper(door: Door[None]) -> Response[bytes]:
    """Return the unused slips that one hands out as PDF, to print and cut."""
    sheet = await queries.slips_for(code=door.code, user=door.user, secret=actions.survey_secret())
    pdf = documents.slips(sheet=sheet, address=public_address)
    return file(pdf, name=f"{sheet.code}-slips.pdf", media_type="application/pdf")


@read(f"{PATH}/report", name="evaluation_report", media="application/pdf")
async def report(door: Door[None]) -> Response[bytes]:
    """Return the evaluation report as PDF, once there is a score that one may see."""
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    if card.score is None:
        raise NotFound
    template = await queries.template_named(card.template)
    pdf = documents.report(card=card, template=template, sources=_sources(card, template))
    return file(pdf, name=f"{card.code}.pdf", media_type="application/pdf")


async def fill(door: Door[None]) -> Filled:
    """Start a form from its evaluation."""
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    return Filled(record=card, context=await _context(card))


async def _show_file(request: Request[Any, Any, Any]) -> Stream:
    door = open_door(request)
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    wanted = str(request.path_params["attachment"])
    if all(wanted not in row.attachments for row in card.evidence):
        raise NotFound
    return await send_attachment(code=wanted)


evidence_file = Route(
    path=f"{PATH}/files/{{attachment:str}}",
    name="evidence_file",
    handlers=[
        HTTPRouteHandler(
            f"{PATH}/files/{{attachment:str}}",
            http_method="GET",
            name="evidence_file",
            operation_id="evidence_file",
            opt={"signed_in": True},
        )(_show_file)
    ],
    summary="Read a file of the organization's account.",
    media="*/*",
)
