"""Whether the guiding catalogue in force covers what a need asks for (N-7), or consent comes first (N-8); pure."""

from collections.abc import Collection, Mapping

import msgspec


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of the guiding catalogue under which something may be bought; empty when none covers it."""

    entries: tuple[str, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Tell whether it may be bought once a budget is approved; otherwise the government consents first."""
        return bool(self.entries)

    @property
    def rule(self) -> str:
        """Return the rule that holds: N-7 for what is covered, N-8 for what is not."""
        return "N-7" if self.is_covered else "N-8"


def coverage_of(*, categories: Collection[str], guiding: Mapping[str, Collection[str]]) -> Coverage:
    """Return which entries of the guiding catalogue cover a service of these categories.

    `guiding` are the entries in use, each with the categories that count it among their own. The registers meet in
    the four categories and nowhere else, so that an item of none of them is covered by none.
    Law: 上海市政府购买服务管理办法（沪财发〔2021〕3号） 第十五条、第十六条.

    >>> coverage_of(categories=["LIFE"], guiding={"A0401": ["LIFE"], "A0502": ["CULTURE"]}).entries
    ('A0401',)
    """
    wanted = set(categories)
    return Coverage(entries=tuple(sorted(code for code, own in guiding.items() if wanted & set(own))))
