"""The invented organizations of a large town, their people and the services of its menu, as rows to be copied.

Codes are of region 000000 and pass both check digits, so that they are well-formed and cannot be real. Nobody here can
sign in: no password has the hash that is kept.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from stdnum.cn import uscc

from catalogs.rules import certificate_of, entry_terms
from catalogs.rules.shelves import shelve_organization
from catalogs.states import Checked, EntryState, Register
from market.base.terms import sort_key
from market.people.codes import inner_check_digit
from market.people.states import OrganizationKind, Role
from market.seed import scale_words as words
from market.seed.scale_plan import Size, mixed

FOUNDED = datetime(2020, 11, 2, 1, 0, tzinfo=UTC)
NO_PASSWORD = "none"  # noqa: S105  it is the hash of nothing

Row = tuple[Any, ...]


class House(NamedTuple):
    """An organization with what the directory says of it."""

    code: str
    name: str
    kind: OrganizationKind
    district: str
    street_code: str
    established_on: date
    scope: str
    category: str


class Hand(NamedTuple):
    """Somebody who acts for an organization, and how the ledger names them."""

    login: str
    name: str
    organization: str
    roles: tuple[Role, ...]


@lru_cache(maxsize=400_000)
def unified_code(prefix: str, series: str, number: int) -> str:
    """Return the n-th code of a series (two signs), with both check digits, in region 000000."""
    inner = f"{series}{number:06d}"
    whole = f"{prefix}000000{inner}{inner_check_digit(inner)}"
    return whole + str(uscc.calc_check_digit(whole + "0"))


class People:
    """Who lives in a town of a size and a seed: told by number, kept by nobody."""

    def __init__(self, *, size: Size, seed: int) -> None:
        """Keep the size and the seed."""
        self.size = size
        self.seed = seed
        # Told again and again by every purchase; the cache is bounded, so that a larger town takes no more memory.
        self.office = lru_cache(maxsize=1_000)(self._office)
        self.committee = lru_cache(maxsize=1_000)(self._committee)
        self.supplier = lru_cache(maxsize=30_000)(self._supplier)
        self.hand = lru_cache(maxsize=10_000)(self._hand)
        self.bidder = lru_cache(maxsize=30_000)(self._bidder)
        self.expert = lru_cache(maxsize=1_000)(self._expert)

    def district(self, office: int) -> str:
        """Return the name of an office's district."""
        return f"示例{words.DISTRICTS[office % self.size.districts]}区"

    def street(self, office: int) -> str:
        """Return the short name of an office's street."""
        return self._street_words(office) + "街道"

    def _street_words(self, office: int) -> str:
        around, which = divmod(office // self.size.districts, len(words.STREETS))
        return words.STREETS[which] + (words.FIRST[around % len(words.FIRST)] if around else "")

    def _office(self, number: int) -> House:
        """Return a street office."""
        district = self.district(number)
        return House(
            code=unified_code("11", "70", number),
            name=f"{district}{self.street(number)}办事处",
            kind=OrganizationKind.STREET,
            district=district,
            street_code=f"000000{900 + number:06d}",
            established_on=date(1996, 4, 1),
            scope="",
            category="",
        )

    def _committee(self, number: int) -> House:
        """Return the residents' committee that speaks for an office's residents."""
        house = self.office(number)
        name = f"{house.district}{self._street_words(number)}新村居民委员会"
        return house._replace(code=unified_code("55", "MN", number), name=name, kind=OrganizationKind.COMMITTEE)

    def experts(self, district: int) -> House:
        """Return the office that keeps a district's experts."""
        house = self.office(district)
        return house._replace(
            code=unified_code("11", "71", district),
            name=f"{house.district}评审专家管理办公室",
            kind=OrganizationKind.AUTHORITY,
            street_code="",
        )

    def _supplier(self, number: int) -> House:
        """Return an organization that bids."""
        drawn = mixed(self.seed + 2, number)
        prefix, kind, ending = _KINDS[_KIND_OF[drawn % 100]]
        district = self.district(drawn // 100 % self.size.districts)
        field = words.FIELDS[drawn // 1_000 % len(words.FIELDS)]
        brand = words.FIRST[number % len(words.FIRST)] + words.SECOND[number // len(words.FIRST) % len(words.SECOND)]
        several = number // (len(words.FIRST) * len(words.SECOND))
        if several:
            brand += words.SECOND[(several + number) % len(words.SECOND)]
        return House(
            code=unified_code(prefix, "MA" if prefix == "91" else "MK", number),
            name=f"{district}{brand}{field}{ending}",
            kind=kind,
            district=district,
            street_code="",
            established_on=date(2004 + drawn % 16, 1 + drawn // 7 % 12, 1 + drawn // 11 % 28),
            scope=f"{field}、{words.FIELDS[drawn // 30 % len(words.FIELDS)]}，面向{district}各街道。",
            category=_CATEGORIES[drawn // 50 % len(_CATEGORIES)],
        )

    def houses(self) -> Iterator[House]:
        """Tell every organization, in the order in which they are numbered."""
        yield from (self.experts(n) for n in range(self.size.districts))
        for number in range(self.size.offices):
            yield self.office(number)
            yield self.committee(number)
        yield from (self.supplier(n) for n in range(self.size.organizations))

    def _hand(self, office: int, role: Role, which: int = 0) -> Hand:
        """Return somebody of a street office, or of its committee when the role is the residents'."""
        place = list(OFFICE_ROLES).index((role, which))
        house = self.committee(office) if role == Role.RESIDENT_REPRESENTATIVE else self.office(office)
        login = f"s{office:03d}.{role}{which or ''}"
        return Hand(login, words.person(mixed(self.seed + 3, office * 16 + place) % 20_000), house.code, (role,))

    def _bidder(self, supplier: int) -> Hand:
        """Return who acts for a supplier."""
        name = words.person(mixed(self.seed + 4, supplier) % 20_000)
        return Hand(f"o{supplier:06d}", name, self.supplier(supplier).code, BIDDER_ROLES)

    def _expert(self, district: int, number: int) -> Hand:
        """Return an expert of a district."""
        name = words.person(mixed(self.seed + 5, district * EXPERTS + number) % 20_000)
        login = f"e{district:02d}{number:02d}"
        return Hand(login, name, self.experts(district).code, (Role.PANEL_EXPERT,))

    def hands(self) -> Iterator[Hand]:
        """Tell everybody."""
        for district in range(self.size.districts):
            yield from (self.expert(district, number) for number in range(EXPERTS))
        for office in range(self.size.offices):
            yield from (self.hand(office, role, which) for role, which in OFFICE_ROLES)
        yield from (self.bidder(n) for n in range(self.size.organizations))


EXPERTS = 30
BIDDER_ROLES = (Role.BIDDER, Role.ORGANIZATION_ADMINISTRATOR)
OFFICE_ROLES = (
    (Role.PURCHASER, 0),
    (Role.APPROVER, 0),
    (Role.LEGAL_REVIEWER, 0),
    (Role.BUDGET_OFFICER, 1),
    (Role.BUDGET_OFFICER, 2),
    (Role.STREET_SUPERVISOR, 0),
    (Role.RESIDENT_REPRESENTATIVE, 0),
)
_CATEGORIES = ("LIFE", "CHARITY", "CULTURE", "MEDIATION", "SUPPORT")
_KINDS = (
    ("52", OrganizationKind.SERVICE_INSTITUTION, "中心"),
    ("51", OrganizationKind.ASSOCIATION, "促进会"),
    ("91", OrganizationKind.ENTERPRISE, "有限公司"),
    ("53", OrganizationKind.FOUNDATION, "基金会"),
)
_KIND_OF = [0] * 78 + [1] * 12 + [2] * 8 + [3] * 2

ORGANIZATION = ("id", "code", "name", "kind", "district", "street_code", "established_on", "registered_at")
PROFILE = (
    *("organization", "terms", "sort_key", "marks", "public_class", "fiscally_funded", "legal_person"),
    *(
        "business_scope",
        "categories",
        "service_areas",
        "address",
        "responsible_person",
        "full_time_staff",
        "social_workers",
        "volunteers",
    ),
    *("bank_name", "bank_account", "changed_at"),
)
ACCOUNT = ("id", "login", "name", "email", "password_hash", "created_at")
MEMBERSHIP = ("account", "organization", "role", "granted_at", "granted_by")
ENTRY = (
    *(
        "register",
        "code",
        "name_zh",
        "terms",
        "sort_key",
        "level",
        "unit_zh",
        "item",
        "category",
        "price_from",
        "price_until",
    ),
    *("checked", "state", "changed_at"),
)


def organization_row(house: House, *, number: int) -> Row:
    """Return the row of an organization."""
    return (
        number,
        house.code,
        house.name,
        house.kind,
        house.district,
        house.street_code,
        house.established_on,
        FOUNDED,
    )


def profile_row(house: House, *, number: int, place: int) -> Row:
    """Return the row of an organization's profile; those that do not supply tell little of themselves."""
    certificate = certificate_of(house.kind)
    supplies = bool(house.category)
    areas = f"{house.district}各街道" if supplies else ""
    categories = [house.category] if supplies else []
    shelved = shelve_organization(
        code=house.code,
        name=house.name,
        name_en="",
        kind=house.kind,
        business_scope=house.scope,
        service_areas=areas,
        categories=categories,
    )
    drawn = random.Random(place)  # noqa: S311  no secret
    staff = drawn.randrange(3, 60) if supplies else None
    return (
        number,
        shelved.terms,
        shelved.sort_key,
        shelved.marks,
        certificate.public_class,
        certificate.fiscally_funded,
        certificate.legal_person,
        house.scope,
        categories,
        areas,
        f"{house.district}{words.STREETS[place % len(words.STREETS)]}路{1 + place % 900}号" if supplies else "",
        words.person(place) if supplies else "",
        staff,
        drawn.randrange(0, staff) if staff else None,
        drawn.randrange(0, 200) if supplies else None,
        "示例银行" if supplies else "",
        bank_account(place) if supplies else "",
        FOUNDED,
    )


def bank_account(supplier: int) -> str:
    """Return the number of a supplier's bank account."""
    return f"62000000{supplier:011d}"


def entry_row(number: int, *, code: str, item: str, category: str, seed: int) -> Row:
    """Return the row of the n-th service of the menu."""
    name, service = words.service_name(number)
    price = Decimal(20 + mixed(seed + 6, number) % 480)
    found = entry_terms(code=code, name_zh=name, name_en="")
    return (
        *(Register.MENU, code, name, found, sort_key(name), 0, service.unit, item, category, price, price * 2),
        *(Checked.OWN, EntryState.IN_USE, FOUNDED),
    )
