"""Templates, words, money and moments as a reader sees them: Jinja2 with Babel, Chinese first and English second."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from operator import call
from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

import js_lib_htmx
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from market.base.calendar import is_provisional, last_day
from market.base.fields import in_groups
from market.base.refusal import Said
from market.base.wording import (
    LANGUAGES,
    act_words,
    day,
    gettext,
    moment,
    money,
    shown,
    state_words,
    tone_of,
    typed,
    when,
    words,
)

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
STATIC = (
    Path(__file__).resolve().parents[1] / "static",
    Path(js_lib_htmx.__file__).parent / "static" / "htmx",
)


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

    @property
    def by_reference(self) -> bool:
        """Tell whether below the procurement limit it is used by reference only."""


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
    for env in _ENVIRONMENTS.values():
        env.auto_reload = demo


async def freshen(now: datetime) -> None:
    """Read the law's citations again when they are older than ten seconds; called once a request."""
    if _Hooks.citations_on and (_Hooks.read_at is None or not timedelta(0) <= now - _Hooks.read_at < _KEPT):
        _Hooks.citations = await _Hooks.citations_on(now)
        _Hooks.read_at = now


class _InForce(Mapping[str, Citation]):
    """The citations of the present day as every template finds them, also one that is imported without a page."""

    def __getitem__(self, rule: str) -> Citation:
        """Return a rule's provision."""
        return _Hooks.citations[rule]

    def __iter__(self) -> Iterator[str]:
        """Run over the rules."""
        return iter(_Hooks.citations)

    def __len__(self) -> int:
        """Count the rules."""
        return len(_Hooks.citations)


def citations() -> Citations:
    """Return the provisions in force, by id, for showing beside deadlines and refusals; they judge nothing."""
    return _Hooks.citations


def ended(rule: str) -> Any:
    """Return the provision of a rule whose term is over and that nothing as near replaced, None when there is none."""
    return getattr(_Hooks.citations, "ended", {}).get(rule)


def _is_provisional(until: date | datetime) -> bool:
    """Tell whether the last day may still move because its year's holiday list is not issued."""
    return is_provisional(last_day(until) if isinstance(until, datetime) else until)


def cited(rule: str) -> str:
    """Return `L-1 政府采购法 第三十五条` for a rule's id, or the id alone when no provision carries it."""
    found = _Hooks.citations.get(rule)
    return f"{found.id} {found.article}" if found else rule


def cells(columns: Sequence[str | tuple[str, str]]) -> list[Markup]:
    """Return the attributes of a row's cells, column by column: the column's words for a card, and its class."""
    return _cells(tuple(columns))


@lru_cache(maxsize=1_024)
def _cells(columns: tuple[str | tuple[str, str], ...]) -> list[Markup]:
    made = []
    for column in columns:
        label, kind = (column, "") if isinstance(column, str) else column
        made.append(Markup(f' class="{kind}"' if kind else "") + Markup(' data-label="{}"').format(label))  # noqa: S704  our own words
    return made


def groups_named(groups: Sequence[tuple[Said | None, Any]], lang: str) -> list[tuple[str, str]]:
    """Return the anchor and words of a form's sections, for the way among them."""
    return [(f"g-{n}", words(said, lang)) for n, (said, _) in enumerate(groups, 1) if said is not None]


def _static() -> dict[str, str]:
    """Return the address of every static file by its name; it changes with the content, so browsers may keep it."""
    return {
        path.name: f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
        for folder in STATIC
        for path in sorted(folder.iterdir())
        if path.suffix in {".css", ".js", ".svg"}
    }


_SPECIAL = re.compile(r"[&<>\"']")


def written(value: Any) -> Any:
    """Return a value as text of a page: escaped, unless it is markup already or nothing in it needs it."""
    kind = type(value)
    return value if kind is Markup or (kind is str and not _SPECIAL.search(value)) else escape(value)


class _Translated(CodeGenerator):
    """Writes a template with its plain sentences translated: they are looked up once, when it is compiled.

    What a page shows is escaped by `written`, for most of it needs no escaping and is on its way into a longer text.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802  jinja's signature
        """Call straight: none of our functions asks for the page's context, which Jinja would look for each time."""
        self.write("environment.called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  jinja's name
        """Read an attribute where it is met, and ask Jinja only for what is none: an item, or nothing at all."""
        found = self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr(({found}_of := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr({found}_of, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  jinja's name
        """Put the translation in the place of every `_("…")` without values, then write as ever."""
        translate = cast("Callable[[str], str]", self.environment.globals["_"])

        class Translator(NodeTransformer):
            def visit_Call(self, node: nodes.Call, *args: Any, **more: Any) -> nodes.Node:  # noqa: N802  jinja's name
                self.generic_visit(node, *args, **more)
                is_sentence = isinstance(node.node, nodes.Name) and node.node.name == "_" and not node.kwargs
                if is_sentence and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
                    return nodes.Const(translate(node.args[0].value), lineno=node.lineno)
                return node

        super().visit_Template(Translator().visit(node), frame)


class _Template(Template):
    """A template whose macros are made once: nothing global is any page's own, so Jinja need not look for it."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  jinja's signature
        return super()._get_default_module()


class _Pages(Environment):
    """The templates of one language."""

    code_generator_class = _Translated
    template_class = _Template
    written = staticmethod(written)
    called: ClassVar[Any] = call  # a builtin is no method: it is not bound


def _environment(lang: str) -> Environment:
    """Return the templates of one language: what depends on it is bound once, and not looked up on every page."""
    env = _Pages(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def translate(msgid: str, **values: Any) -> str | Markup:
        text = gettext(lang, msgid)
        if not values:
            return text
        safe = {n: v if isinstance(v, Markup) else escape(shown(n, v, lang)) for n, v in values.items()}
        return Markup(text.format(**safe))  # noqa: S704  our own sentence; its values are escaped above

    env.globals["_"] = translate
    filters: dict[str, Callable[..., str]] = {
        "words": words,
        "money": money,
        "day": day,
        "moment": moment,
        "when": when,
    }
    env.filters.update({name: partial(function, lang=lang) for name, function in filters.items()})
    env.filters |= {"typed": typed, "in_groups": in_groups}
    env.globals["state_words"] = partial(state_words, lang=lang)
    env.globals["act_words"] = partial(act_words, lang=lang)
    env.globals["tone_of"] = tone_of
    env.globals["cells"] = cells
    env.globals["groups_named"] = partial(groups_named, lang=lang)
    env.globals["static"] = _static()
    env.globals["citations"] = _InForce()
    env.globals["ended"] = ended
    env.globals["is_provisional"] = _is_provisional
    return env


_ENVIRONMENTS = {lang: _environment(lang) for lang in LANGUAGES}


def render(template: str, context: Mapping[str, Any], *, lang: str, now: datetime | None = None) -> str:
    """Render a template with the law of today at hand as `citations`."""
    given = {"demo": _Hooks.demo, "lang": lang, "now": now, "languages": LANGUAGES}
    return _ENVIRONMENTS[lang].get_template(template).render({**given, **context})
