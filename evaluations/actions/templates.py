"""Editions of indicator templates: added by a keeper, never changed; what is planned keeps the edition of its day."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from evaluations.queries.templates import TemplateCard, template_card, templates_known
from evaluations.rules.templates import Change, changed, edition_on, objections_to_changes, objections_to_template
from evaluations.states import Act, Template
from evaluations.tables import IndicatorTemplate
from market.base.calendar import local_date
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.refusal import Objection, refuse_if, say
from market.law.queries import law_on
from market.people.states import User


async def add_template(
    *,
    family: str,
    code: str,
    title_zh: str,
    title_en: str,
    in_force_from: date,
    source: str,
    changes: Sequence[Change],
    by: User,
    now: datetime,
) -> TemplateCard:
    """Add an edition of a template, told by what it changes about the newest one, in force from a day to come.

    Refused when its weights are not 100, a formula cannot be computed, or its code or day is taken.
    """
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext('indicator-template'), 0)")
        known = await templates_known()
        base = edition_on(family=family, day=date.max, known=known)
        if base is None:
            refuse_if([Objection("family", say("There is no template “{family}”.", family=family))])
        assert base is not None  # noqa: S101  refused otherwise
        template = msgspec.structs.replace(
            base,
            code=code,
            in_force_from=in_force_from,
            title_zh=title_zh,
            title_en=title_en,
            source=source,
            status="D",
            leaves=changed(base.leaves, changes),
        )
        today = local_date(now)
        refuse_if(
            objections_to_changes(changes=changes, leaves=base.leaves)
            + objections_to_template(template=template, known=known, today=today, law=await law_on(day=today))
        )
        await IndicatorTemplate.insert(_row(template, by=by, now=now))
        await record(
            room="evaluations", act=Act.ADD_TEMPLATE, code=code, by=by, now=now, public=msgspec.to_builtins(template)
        )
        return await template_card(code=code, user=by, now=now)


def _row(template: Template, *, by: User, now: datetime) -> IndicatorTemplate:
    return IndicatorTemplate(
        code=template.code,
        family=template.family,
        in_force_from=template.in_force_from,
        title_zh=template.title_zh,
        title_en=template.title_en,
        source=template.source,
        branches=msgspec.to_builtins(template.branches),
        leaves=msgspec.to_builtins(template.leaves),
        added_by=by.account,
        added_at=now,
    )
