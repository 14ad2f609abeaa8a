"""What surrounds an organization on its public page: its hubs, its members, and the districts in which it works."""

from datetime import date

import msgspec

from market.base.database import one

_MOST_NAMED = 200


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """Another organization, by name."""

    code: str
    name: str


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """Which hubs keep its entries, which members' entries it keeps as a hub, and in which districts it offers work."""

    hubs: list[Neighbour]
    members: list[Neighbour]
    districts: list[str]
    is_cross_district: bool


_NAMED = "coalesce((SELECT jsonb_agg(jsonb_build_object('code', x.code, 'name', x.name) ORDER BY x.code) FROM"
_IN_FORCE = "m.shown AND m.state = 'granted' AND m.granted_on <= $2 AND m.until_on > $2"


async def surroundings_of(*, code: str, on: date) -> Surroundings:
    """Return what surrounds an organization on a day; nothing for a code that is none.

    Only mandates whose organization consents to be named with its hub are told.
    Its districts are those of the street offices whose areas it names as served; more than its own is cross-district.
    """
    row = await one(
        f"SELECT o.district, {_NAMED} (SELECT h.code, h.name FROM mandate m JOIN organization h ON h.id = m.hub"  # noqa: S608
        f" WHERE m.organization = o.id AND {_IN_FORCE} LIMIT {_MOST_NAMED}) x), '[]') AS hubs,"
        f" {_NAMED} (SELECT n.code, n.name FROM mandate m JOIN organization n ON n.id = m.organization"
        f" WHERE m.hub = o.id AND {_IN_FORCE} LIMIT {_MOST_NAMED}) x), '[]') AS members,"
        " coalesce((SELECT jsonb_agg(DISTINCT s.district) FROM organization s WHERE s.kind = 'street'"
        " AND s.street_code = ANY (p.streets) AND s.district <> ''), '[]') AS districts"
        " FROM organization o JOIN profile p ON p.organization = o.id WHERE o.code = $1",
        code,
        on,
    )
    if row is None:
        return Surroundings(hubs=[], members=[], districts=[], is_cross_district=False)
    crosses = any(district != row["district"] for district in row["districts"])
    return msgspec.convert({**row, "is_cross_district": crosses}, Surroundings)
