"""Templates, words, money and moments as a reader sees them: Jinja2 with Babel, Chinese first and English second."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Protocol

from babel import dates, numbers
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from market.base.clock import SHANGHAI
from market.base.lifecycle import HOUSE
from market.base.refusal import Said
from market.base.words import translations

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LANGUAGES = ("zh-CN", "en")


class Citation(Protocol):
    """What a citation shows of a provision; the law room's `Provision` fits."""

    @property
    def id(self) -> str:
        """Name the rule."""

    @property
    def article(self) -> str:
        """Return the Chinese citation."""

    @property
    def verification(self) -> StrEnum:
        """Tell how far the text was checked."""

    @property
    def house_rule(self) -> bool:
        """Tell whether it binds here only because the house says so."""


Citations = Mapping[str, Citation]


CitationsOn = Callable[[datetime], Awaitable[Citations]]
_KEPT = timedelta(seconds=10)


class _Hooks:
    """What upper rooms give the templates; the citations are kept for seconds, since every page shows some."""

    citations_on: CitationsOn | None = None
    demo = False
    citations: ClassVar[Citations] = {}
    read_at: datetime | None = None


def furnish(*, citations: CitationsOn | None, demo: bool) -> None:
    """Hand in what the ground floor cannot know: the law's citations, and whether this is the demo."""
    _Hooks.citations_on = citations
    _Hooks.demo = demo
    _Hooks.read_at = None


async def freshen(now: datetime) -> None:
    """Read the law's citations again when they are older than ten seconds; called once a request."""
    if _Hooks.citations_on and (_Hooks.read_at is None or not timedelta(0) <= now - _Hooks.read_at < _KEPT):
        _Hooks.citations = await _Hooks.citations_on(now)
        _Hooks.read_at = now


def citations() -> Citations:
    """Return the provisions in force, by id, for showing beside deadlines and refusals; they judge nothing."""
    return _Hooks.citations


def cited(rule: str) -> str:
    """Return `L-1 政府采购法 第三十五条` for a rule's id, or the id alone when no provision carries it."""
    found = _Hooks.citations.get(rule)
    return f"{found.id} {found.article}" if found else rule


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
        return numbers.format_decimal(value, locale=locale_of(lang), decimal_quantization=False)
    if isinstance(value, datetime):
        return moment(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, (list, tuple)):
        return ("、" if lang.startswith("zh") else ", ").join(shown("", v, lang) for v in value)
    return str(value)


def money(value: Decimal | str, lang: str) -> str:
    """Return an amount of yuan with its sign and two decimals."""
    return numbers.format_currency(Decimal(value), "CNY", locale=locale_of(lang))


def day(value: date, lang: str) -> str:
    """Return a day in the reader's medium format, with the weekday."""
    return dates.format_date(
        value, "yyyy年M月d日 EEE" if lang.startswith("zh") else "EEE d MMM yyyy", locale=locale_of(lang)
    )


def moment(value: datetime, lang: str) -> str:
    """Return a moment to the minute, in Shanghai's time."""
    pattern = "yyyy年M月d日 HH:mm" if lang.startswith("zh") else "d MMM yyyy, HH:mm"
    return dates.format_datetime(value.astimezone(SHANGHAI), pattern, locale=locale_of(lang))


def state_words(kind: str, state: str, lang: str) -> str:
    """Return the words of a state of a kind of record."""
    found = next((said for key, said in HOUSE.lifecycles[kind].states.items() if key == state), None)
    return words(found, lang) if found else state


def act_words(act: str, lang: str) -> str:
    """Return the words of an act."""
    return words(HOUSE.steps[act][1].label, lang) if act in HOUSE.steps else act


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    @pass_context
    def translate(context: Context, msgid: str, **values: Any) -> str | Markup:
        lang = context["lang"]
        text = gettext(lang, msgid)
        if not values:
            return text
        safe = {n: v if isinstance(v, Markup) else escape(shown(n, v, lang)) for n, v in values.items()}
        return Markup(text).format(**safe)  # noqa: S704  our own sentence; its values are escaped above

    def with_lang(function: Callable[..., str]) -> Callable[..., str]:
        @pass_context
        def wrapped(context: Context, *args: Any) -> str:
            return function(*args, context["lang"])

        return wrapped

    env.globals["_"] = translate
    filters: dict[str, Callable[..., str]] = {"words": words, "money": money, "day": day, "moment": moment}
    env.filters.update({name: with_lang(function) for name, function in filters.items()})
    env.globals["state_words"] = with_lang(state_words)
    env.globals["act_words"] = with_lang(act_words)
    return env


ENVIRONMENT = _environment()


def render(template: str, context: Mapping[str, Any], *, lang: str, now: datetime) -> str:
    """Render a template with the law of today at hand as `citations`."""
    given = {"demo": _Hooks.demo, "lang": lang, "now": now, "citations": _Hooks.citations, "languages": LANGUAGES}
    return ENVIRONMENT.get_template(template).render({**given, **context})
