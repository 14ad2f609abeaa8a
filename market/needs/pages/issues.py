"""The doors of lists of issues."""

from typing import Any

from market.base.checking import rehearse
from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.needs import forms
from market.needs.actions import issues as actions
from market.needs.queries import issues as queries
from market.needs.queries.needs import NeedCard, need_for
from market.needs.states import ISSUE_FATE_WORDS, ISSUE_SOURCE_WORDS, Act
from market.people.attachments import own_attachments
from market.people.states import Role

_WORDS = {"source_words": ISSUE_SOURCE_WORDS, "fate_words": ISSUE_FATE_WORDS}


@listing("/issues", name="issue_lists_page", template="needs/issues.html", returns=queries.IssueListCard,
         signed_in=True)  # fmt: skip
async def issue_lists(door: Door[None]) -> Shown:
    """List the lists of issues one's street took in; the page shows all issues by kind and place."""
    found: Listing[queries.IssueListCard] = await queries.issue_lists_page(user=door.user, after=door.after)
    street = door.user.organization or ""
    groups = [] if door.wants_json else await queries.issue_groups(street=street)
    return Shown(found, {"groups": groups, "may_import": Role.PURCHASER in door.user.roles, **_WORDS})


@read("/issues/{code:str}", name="issue_list_for", template="needs/issue_list.html", returns=queries.IssueListCard,
      signed_in=True)  # fmt: skip
async def issue_list(door: Door[None]) -> Shown:
    """Show a list of issues by kind and place."""
    return Shown(await queries.issue_list_for(code=door.code, user=door.user), _WORDS)


async def _fill_import(door: Door[Any]) -> Filled:
    """Return the form; on its check, what becomes of each row."""
    files = await own_attachments(by=door.user)
    tables = [(each.code, each.name) for each in files if each.name.lower().endswith((".xlsx", ".csv"))]
    context: dict[str, Any] = dict(_WORDS)
    if door.form is not None:
        _, judged = await actions.read_issues(source=door.form.source, file=door.form.file, by=door.user, now=door.now)
        context |= {"beside": "needs/_fates.html", "rows": actions.rows_shown(judged, lang=door.lang)}
    return Filled(choices={"files": tables}, context=context)


async def _import(door: Door[forms.ImportIssues]) -> queries.IssueListCard:
    sent = door.form
    return await actions.import_issues(source=sent.source, file=sent.file, by=door.user, now=door.now, lang=door.lang)


@act(Act.IMPORT_ISSUES, "/issues/import-issues", form=forms.ImportIssues, returns=queries.IssueListCard,
     fill=_fill_import)  # fmt: skip
async def import_issues(door: Door[forms.ImportIssues]) -> queries.IssueListCard:
    """Take in a list of issues; `dry_run` only shows what would become of each row."""
    card: queries.IssueListCard = await (rehearse(_import, door) if door.form.dry_run else _import(door))
    return card


def _name(kind: str, place: str) -> str:
    return f"{kind} | {place}"


async def _fill_cite(door: Door[Any]) -> Filled:
    card = await need_for(code=door.code, user=door.user)
    groups = await queries.issue_groups(street=door.user.organization or "")
    choices = [(_name(g.kind, g.place), f"{_name(g.kind, g.place)} ({g.number})") for g in groups]
    return Filled(record=card, choices={"groups": choices})


@act(Act.CITE_ISSUES, "/needs/{code:str}/cite-issues", form=forms.CiteIssues, returns=NeedCard, fill=_fill_cite,
     example={"group": "独居老人求助 | 梧桐一村"})  # fmt: skip
async def cite_issues(door: Door[forms.CiteIssues]) -> NeedCard:
    """Cite a group of the street's issues as evidence of a need."""
    groups = await queries.issue_groups(street=door.user.organization or "")
    named = {_name(g.kind, g.place): (g.kind, g.place) for g in groups}
    first, _, last = door.form.group.rpartition("|")
    kind, place = named.get(door.form.group, (first.strip(), last.strip()))
    return await actions.cite_issues(code=door.code, kind=kind, place=place, by=door.user, now=door.now)


ROUTES: list[Route] = [issue_lists, issue_list, import_issues, cite_issues]
