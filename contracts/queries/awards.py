"""What a contract is made of: the award of a tender here, or the result of its need bought outside, in one shape."""

from datetime import date

from market.base.calendar import add_days
from market.law.queries import law_on
from market.needs.queries.official import OfficialAward, official_award
from market.tendering.queries import AwardFacts, award_facts, buying_hands
from market.tendering.rules.terms import MilestoneTerm


async def award_behind(*, tender: str, need: str) -> AwardFacts:
    """Return the award of a tender, or without one the result of its need outside. Raises NotFound."""
    if tender:
        return await award_facts(tender=tender)
    award = await official_award(need=need)
    law = await law_on(day=award.awarded_on, district=award.district, street=award.street)
    return _as_award(award, sign_by=add_days(award.awarded_on, int(law.number("L-11"))))


def _as_award(award: OfficialAward, *, sign_by: date) -> AwardFacts:
    return AwardFacts(
        tender="",
        need=award.need,
        title=award.title,
        street=award.street,
        street_name=award.street_name,
        supplier=award.supplier,
        supplier_name=award.supplier_name,
        amount=award.amount,
        awarded_on=award.awarded_on,
        item=award.item,
        notice_url=f"/needs/{award.need}",
        service_from=award.service_from,
        service_until=award.service_until,
        state=award.state,
        sign_by=sign_by,
        terms=[MilestoneTerm(number=m.number, title=m.title, due_on=m.due_on, share=m.share) for m in award.milestones],
    )


async def hands_behind(*, tender: str, need: str) -> frozenset[str]:
    """Return the accounts that bought the service, here or outside, for the separation of duties (E-13)."""
    if tender:
        return await buying_hands(tender=tender)
    return (await official_award(need=need)).hands
