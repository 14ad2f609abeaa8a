"""What a reader reads: sentences in two languages, money, days, moments, states and acts."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from babel import dates, numbers

from market.base.clock import SHANGHAI
from market.base.lifecycle import HOUSE, Tone
from market.base.refusal import Said
from market.base.words import translations

LANGUAGES = ("zh-CN", "en")


def locale_of(lang: str) -> str:
    """Return Babel's name of a language."""
    return "zh_Hans_CN" if lang.startswith("zh") else "en_GB"


def gettext(lang: str, msgid: str) -> str:
    """Translate a sentence; English is its own translation."""
    return translations(lang).gettext(msgid)


def words(said: Said | str, lang: str) -> str:
    """Return what is said in the reader's language, with its values formatted as a reader expects them."""
    if isinstance(said, str):
        return said
    text = gettext(lang, said.msgid)
    return (
        text.format(**{name: shown(name, value, lang) for name, value in said.values.items()}) if said.values else text
    )


def shown(name: str, value: Any, lang: str) -> str:
    """Format one value for a reader; a name that ends in `_yuan` is money."""
    if isinstance(value, Said):
        return words(value, lang)
    if isinstance(value, Decimal) and name.endswith("yuan"):
        return money(value, lang)
    if isinstance(value, Decimal):
        return _number(str(value), lang)
    if isinstance(value, datetime):
        return moment(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, (list, tuple)):
        return ("、" if lang.startswith("zh") else ", ").join(shown("", v, lang) for v in value)
    return str(value)


@lru_cache(maxsize=4_096)
def _number(value: str, lang: str) -> str:
    return numbers.format_decimal(Decimal(value), locale=locale_of(lang), decimal_quantization=False)


class _Names:
    """The names of days and months and the sign of the yuan in one language, as Babel has them, looked up once."""

    def __init__(self, lang: str) -> None:
        """Read the names of a language."""
        locale = locale_of(lang)
        self.zh = lang.startswith("zh")
        self.days = dates.get_day_names("abbreviated", locale=locale)
        self.months = dates.get_month_names("abbreviated", locale=locale)
        self.yuan = numbers.get_currency_symbol("CNY", locale=locale)


_NAMES = {lang: _Names(lang) for lang in LANGUAGES}


def money(value: Decimal | str, lang: str) -> str:
    """Return an amount of yuan with its sign and two decimals, as Babel writes it; pages show too many to ask it."""
    amount = Decimal(value)
    return f"{'-' if amount < 0 else ''}{_NAMES[lang].yuan}{abs(amount):,.2f}"


def day(value: date, lang: str) -> str:
    """Return a day in the reader's medium format, with the weekday."""
    names = _NAMES[lang]
    weekday = names.days[value.weekday()]
    if names.zh:
        return f"{value.year}年{value.month}月{value.day}日 {weekday}"
    return f"{weekday} {value.day} {names.months[value.month]} {value.year}"


def moment(value: datetime, lang: str) -> str:
    """Return a moment to the minute, in Shanghai's time."""
    local = value.astimezone(SHANGHAI)
    names = _NAMES[lang]
    clock = f"{local.hour:02}:{local.minute:02}"
    if names.zh:
        return f"{local.year}年{local.month}月{local.day}日 {clock}"
    return f"{local.day} {names.months[local.month]} {local.year}, {clock}"


def when(value: date | datetime | str, lang: str) -> str:
    """Return a moment or a day as a reader expects it; words stay as they are."""
    if isinstance(value, datetime):
        return moment(value, lang)
    return day(value, lang) if isinstance(value, date) else value


def typed(value: Any) -> str:
    """Return a value as its control takes it: a moment in Shanghai's time to the minute, a number without exponent."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def state_words(kind: str, state: str, lang: str) -> str:
    """Return the words of a state of a kind of record."""
    found = cast("Mapping[str, Said]", HOUSE.lifecycles[kind].states).get(state)
    return words(found, lang) if found else state


def tone_of(kind: str, state: str) -> str:
    """Return how a state looks: the tone its lifecycle gives it, else that of a draft."""
    return cast("Mapping[str, Tone]", HOUSE.lifecycles[kind].tones).get(state, Tone.DRAFT).value


def act_words(act: str, lang: str) -> str:
    """Return the words of an act."""
    return words(HOUSE.steps[act][1].label, lang) if act in HOUSE.steps else act
