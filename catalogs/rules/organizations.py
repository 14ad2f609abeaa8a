"""Judgement of the directory: who may supply on a day, what a standing must say, words for the search."""

from datetime import date

import msgspec

from catalogs.states import BARS, REASON_WORDS, STANDING_WORDS, TERMS, StandingKind
from market.base.refusal import Objection, say
from market.base.terms import terms
from market.law.states import Law
from market.people.states import OrganizationKind

MAY_SUPPLY = frozenset(
    {
        OrganizationKind.ASSOCIATION,
        OrganizationKind.SERVICE_INSTITUTION,
        OrganizationKind.FOUNDATION,
        OrganizationKind.ENTERPRISE,
        OrganizationKind.INSTITUTION_2,
        OrganizationKind.COMMITTEE,
        OrganizationKind.INDIVIDUAL,
        OrganizationKind.MASS_ORGANIZATION,
    }
)
"""The kinds named by P-04; a mass organization only without fiscal funding."""


class StandingFact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an authority recorded: from a day, until a day (exclusive) when it has a term, by which document."""

    kind: str
    from_on: date
    until_on: date | None = None
    lifted_on: date | None = None
    document: str = ""
    value: str = ""
    authority: str = ""
    reason: str = ""


class SupplierFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an organization that could decide whether it may supply; grades and listings do not."""

    kind: str
    public_class: str = ""
    fiscally_funded: bool = False
    legal_person: bool = True
    standings: tuple[StandingFact, ...] = ()


class CertificateFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a certificate tells that P-02 and P-06 ask for."""

    public_class: str = ""
    fiscally_funded: bool = False
    legal_person: bool = True


def certificate_of(kind: str) -> CertificateFacts:
    """Return what a new organization's certificate tells by its kind, until a document shows otherwise.

    A mass organization counts as fiscally funded, a public institution here as of the second class (P-02, P-04).
    """
    return CertificateFacts(
        public_class="2" if kind == OrganizationKind.INSTITUTION_2 else "",
        fiscally_funded=kind == OrganizationKind.MASS_ORGANIZATION,
        legal_person=kind != OrganizationKind.INDIVIDUAL,
    )


def objections_to_supplier(*, supplier: SupplierFacts, on: date, law: Law) -> list[Objection]:
    """Return every reason why an organization may not supply on a day, each with its rule; empty when it may.

    The directory never bars: whether, where and under which grade an organization is listed is no reason, at any
    amount (D-01 to D-07). Law: 政府购买服务管理办法 for kinds (P-02, P-04), 政府采购法 第二十二条 (P-06),
    沪府令65号 第三十二条 for the three lists (P-11), 民政部令第60号 for the civil-affairs list (P-15).
    """
    return [
        *objections_to_kind(supplier),
        *_objections_to_liability(supplier),
        *(_bar(standing) for standing in supplier.standings if is_barring(standing=standing, on=on, law=law)),
    ]


def objections_to_kind(supplier: SupplierFacts) -> list[Objection]:
    """Object to what may never supply by what it is. Law: 政府购买服务管理办法 (P-02, P-04)."""
    if supplier.public_class == "1":
        return [Objection("supplier", say("A public institution of the first class may not supply."), "P-02")]
    if supplier.kind == OrganizationKind.MASS_ORGANIZATION and supplier.fiscally_funded:
        return [Objection("supplier", say("A mass organization with fiscal funding may not supply."), "P-02")]
    if supplier.kind not in MAY_SUPPLY:
        return [Objection("supplier", say("This kind of organization is not among those who may supply."), "P-04")]
    return []


def _objections_to_liability(supplier: SupplierFacts) -> list[Objection]:
    if supplier.legal_person or supplier.kind == OrganizationKind.INDIVIDUAL:
        return []
    words = say("An organization that is only filed with the street bears no civil liability of its own.")
    return [Objection("supplier", words, "P-06")]


def _bar(standing: StandingFact) -> Objection:
    words = say(
        "{standing}, from {day} on (document: {document}).",
        standing=STANDING_WORDS[standing.kind],
        day=standing.from_on,
        document=standing.document,
    )
    return Objection("supplier", words, BARS[standing.kind])


def is_barring(*, standing: StandingFact, on: date, law: Law) -> bool:
    """Return whether a standing bars its organization on a day.

    A penalty bars for the years of P-06 and no longer than its own term (P-07); a list as long as one is on it.
    """
    if standing.kind not in BARS or not is_standing_in_force(standing=standing, on=on):
        return False
    if standing.kind == StandingKind.SERIOUS_ILLEGALITY:
        return on < years_after(standing.from_on, int(law.number("P-06.record")))
    return True


def is_standing_in_force(*, standing: StandingFact, on: date) -> bool:
    """Return whether a standing has begun, not ended and not been lifted on a day."""
    if on < standing.from_on:
        return False
    return not any(end is not None and end <= on for end in (standing.until_on, standing.lifted_on))


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March where there is none.

    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


GRADES = ("1A", "2A", "3A", "4A", "5A")
CHECKS = ("合格", "基本合格", "不合格", "未参检", "年报已报")


def objections_to_standing(*, standing: StandingFact, today: date) -> list[Objection]:
    """Object to a standing without document, from a day to come, ending before it begins, or with a strange value.

    Law: 上海市社会信用条例 第三十二条 (X-7): only what an authority has decided and published may be recorded.
    """
    objections: list[Objection] = []
    if standing.kind not in STANDING_WORDS:
        objections.append(Objection("kind", say("This kind of standing is not known.")))
    if not standing.document.strip():
        objections.append(Objection("document", say("Name the authority's document with its number."), "X-7"))
    if standing.from_on > today:
        objections.append(Objection("from_on", say("A standing cannot begin in the future.")))
    if standing.until_on is not None and standing.until_on <= standing.from_on:
        objections.append(Objection("until_on", say("A standing ends after it begins.")))
    if standing.reason and not _is_reason_of(standing.kind, standing.reason):
        objections.append(Objection("reason", say("This reason belongs to another list."), "X-7"))
    if standing.kind == StandingKind.GRADE and standing.value not in GRADES:
        objections.append(Objection("value", say("An assessment grade is one of 1A to 5A."), "X-8"))
    if standing.kind == StandingKind.ANNUAL_CHECK and standing.value not in CHECKS:
        objections.append(
            Objection("value", say("The result of an annual check is one of: {known}.", known=list(CHECKS)))
        )
    return objections


def _is_reason_of(kind: str, reason: str) -> bool:
    return reason in REASON_WORDS and reason.rpartition("-")[0] == kind


def ends_by_itself(*, standing: StandingFact, law: Law) -> date | None:
    """Return the day from which a standing no longer counts: of its own term, else of the years its kind holds for.

    A grade holds for five years (X-8, 民政部令第39号), a tax exemption for five (X-11, 财税〔2018〕13号), deductible
    donations for three (X-12, 财政部公告2020年第27号); everything else until it is lifted.
    """
    if standing.until_on is None and standing.kind in TERMS:
        return years_after(standing.from_on, int(law.number(TERMS[standing.kind])))
    return standing.until_on


def organization_terms(
    *, code: str, name: str, name_en: str, business_scope: str, service_areas: str
) -> tuple[str, ...]:
    """Return the terms under which an organization is found: by its names, and by what it says it does and where."""
    return terms(code, name, name_en, also=(business_scope, service_areas))
