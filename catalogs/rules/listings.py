"""Judgement of listings and mandates: what is asked, decided and renewed; being listed decides nothing else."""

from collections.abc import Collection
from datetime import date, timedelta

import msgspec

from catalogs.rules.organizations import SupplierFacts, objections_to_kind, years_after
from catalogs.states import ListingState, Outcome, StandingKind
from market.base.calendar import add_working_days
from market.base.refusal import Objection, say
from market.law.states import Law

REMINDED_AT = (60, 30, 7)
"""So many days before its end an organization is reminded of a listing (HR-13)."""


class ListingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What of a listing its judgement asks for."""

    state: str
    listed_on: date | None = None
    expires_on: date | None = None
    returned: bool = False


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an application: its state, its term, and until when it may be repaired."""

    state: ListingState
    listed_on: date | None
    expires_on: date | None
    repair_until: date | None = None


def is_listed(*, listing: ListingFacts, on: date) -> bool:
    """Return whether a listing counts on a day: within its term, while a renewal waits too. Law: none; HR-11.

    Whether an organization is listed is information and no condition of any purchase (D-01).
    """
    if listing.state == ListingState.REFUSED or listing.listed_on is None or listing.expires_on is None:
        return False
    return listing.listed_on <= on < listing.expires_on


def objections_to_application(
    *,
    supplier: SupplierFacts,
    category: str,
    categories: Collection[str],
    alive: Collection[str],
    files: Collection[str],
) -> list[Objection]:
    """Object to an unknown category, one in which a listing lives already, no documents, or who may never supply.

    Law: 政府购买服务管理办法 for the kind (P-02, P-04); the documents are those of 政府采购法实施条例 第十七条 (P-08).
    """
    objections = [Objection("category", o.message, o.law) for o in objections_to_kind(supplier)]
    if category not in categories:
        objections.append(Objection("category", say("This category is not in use.")))
    elif category in alive:
        objections.append(
            Objection("category", say("A listing or an application in this category stands already: renew that one."))
        )
    return [*objections, *objections_to_documents(files)]


def objections_to_documents(files: Collection[str]) -> list[Objection]:
    """Object to an application without any document."""
    if files:
        return []
    return [Objection("files", say("Attach at least the registration certificate."), "P-08")]


def objections_to_review(*, outcome: Outcome, reason: str, listing: ListingFacts) -> list[Objection]:
    """Object to sending back or refusing without a reason, and to sending back a second time.

    Law: 优化营商环境条例 第四十条's one-time notice as a house rule (HR-12).
    """
    objections: list[Objection] = []
    if outcome is not Outcome.ACCEPT and not reason.strip():
        objections.append(Objection("reason", say("Say what is missing or why.")))
    if outcome is Outcome.RETURN and listing.returned:
        words = say("An application is returned once only: list it, or refuse it with the reason.")
        objections.append(Objection("outcome", words, "HR-12"))
    return objections


def judge(*, outcome: Outcome, listing: ListingFacts, on: date, law: Law) -> Judgement:
    """Return what the keeper's word makes of an application.

    A first listing counts from its day for the years of HR-11; a renewed one from its old end, when that lies ahead.
    A refused renewal lets the running term end by itself.
    """
    running = is_listed(listing=listing, on=on)
    if outcome is Outcome.ACCEPT:
        begins = listing.listed_on if running and listing.listed_on else on
        counts_from = listing.expires_on if running and listing.expires_on else on
        expires_on = years_after(counts_from, int(law.number("HR-11")))
        return Judgement(state=ListingState.LISTED, listed_on=begins, expires_on=expires_on)
    if outcome is Outcome.RETURN:
        until = add_working_days(on, int(law.number("HR-12")))
        return _with_term(ListingState.RETURNED, listing, repair_until=until)
    return closed(listing=listing, on=on)


def closed(*, listing: ListingFacts, on: date) -> Judgement:
    """Return what a refused application, or one not repaired in time, becomes: a running term runs to its end."""
    if is_listed(listing=listing, on=on):
        return _with_term(ListingState.LISTED, listing)
    return _with_term(ListingState.LAPSED if listing.listed_on else ListingState.REFUSED, listing)


def _with_term(state: ListingState, listing: ListingFacts, *, repair_until: date | None = None) -> Judgement:
    return Judgement(state=state, listed_on=listing.listed_on, expires_on=listing.expires_on, repair_until=repair_until)


def renewable_from(*, expires_on: date, law: Law) -> date:
    """Return the first day on which a listing may be renewed (HR-13)."""
    return expires_on - timedelta(days=int(law.number("HR-13")))


def objections_to_renewal(*, listing: ListingFacts, alive: bool, on: date, law: Law) -> list[Objection]:
    """Object to a renewal long before the end, or when another listing in the category lives. Law: HR-13."""
    objections: list[Objection] = []
    if listing.expires_on is not None and on < (first := renewable_from(expires_on=listing.expires_on, law=law)):
        words = say("This listing can be renewed from {day} on.", day=first)
        objections.append(Objection("", words, "HR-13"))
    if alive:
        objections.append(Objection("", say("A listing or an application in this category stands already.")))
    return objections


def objections_to_mandate(
    *, hub_standings: Collection[str], is_itself: bool, until_on: date, today: date, stands: bool, law: Law
) -> list[Objection]:
    """Object to a hub that is not designated, to oneself, to a term without sense, and to a second mandate.

    A mandate covers the directory alone: a hub that helped to shape a project must not manage or judge it (P-10).
    """
    objections: list[Objection] = []
    if is_itself:
        objections.append(Objection("hub", say("An organization needs no mandate for itself.")))
    elif StandingKind.HUB not in hub_standings:
        objections.append(Objection("hub", say("This organization is not designated as a hub today.")))
    if until_on <= today:
        objections.append(Objection("until_on", say("A mandate ends after today.")))
    elif until_on > years_after(today, longest := int(law.number("HR-14"))):
        words = say("A mandate lasts {years} years at most.", years=longest)
        objections.append(Objection("until_on", words, "HR-14"))
    if stands:
        objections.append(Objection("hub", say("This hub holds a mandate already; revoke it first.")))
    return objections
