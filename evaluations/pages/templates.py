"""The editions of indicator templates: read by everybody, added by a keeper."""

from evaluations import actions, forms, queries
from evaluations.queries.templates import built_in, may_add
from evaluations.rules.leaves import facts_behind
from evaluations.rules.templates import branch_weight, is_scored_with
from evaluations.states import AUDIENCES, Act
from market.base.web import Door, Filled, Shown, act, listing, read

PATH = "/evaluations/templates"


@listing(PATH, name="templates_page", template="evaluations/templates.html", returns=queries.TemplateLine)
async def templates(door: Door[None]) -> Shown:
    """List the editions of all indicator templates."""
    found = await queries.templates_page(now=door.now)
    return Shown(found, {"may_add": may_add(door.user)})


@read(PATH + "/{code:str}", name="template_card", template="evaluations/template.html", returns=queries.TemplateCard)
async def template(door: Door[None]) -> Shown:
    """Show an edition: its tree, weights, formulas, evidence and source."""
    card = await queries.template_card(code=door.code, user=door.user, now=door.now)
    weights = {b.code: b.points or branch_weight(card.template, b.code) for b in card.template.branches}
    facts = {leaf.code: facts_behind(leaf) for leaf in card.template.leaves}
    return Shown(card, {"audiences": AUDIENCES, "weights": weights, "facts": facts})


async def _fill(_: Door[None]) -> Filled:
    families = {each.family: each for each in built_in().values() if is_scored_with(each)}
    return Filled(choices={"families": [(code, f"{code} {each.title_zh}") for code, each in families.items()]})


@act(
    Act.ADD_TEMPLATE, f"{PATH}/add-template", form=forms.AddTemplate, returns=queries.TemplateCard, fill=_fill,
    example={
        "family": "SH-COMM", "code": "SH-COMM-2027", "title_zh": "社区服务绩效评价指标（2027）",
        "title_en": "Indicators for purchased community services (2027)", "in_force_from": "2027-01-01",
        "source": "根据2026年度评价情况，覆盖率由四分调为五分，服务量由十二分调为十一分。",
        "changes": [{"leaf": "C11", "weight": 11}, {"leaf": "C12", "weight": 5}],
    },
)  # fmt: skip
async def add_template(door: Door[forms.AddTemplate]) -> queries.TemplateCard:
    """Add an edition of an indicator template."""
    sent = door.form
    return await actions.add_template(
        family=sent.family, code=sent.code, title_zh=sent.title_zh, title_en=sent.title_en,
        in_force_from=sent.in_force_from, source=sent.source, changes=[row.change() for row in sent.changes],
        by=door.user, now=door.now,
    )  # fmt: skip
