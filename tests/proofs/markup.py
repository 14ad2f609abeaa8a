"""What a page's markup must be: well-formed, as the browser will really see it, and easy to find one's way in.

The parser is turbohtml's, which follows the WHATWG's algorithm and names what it had to mend in the text; whatever it
mended in the tree shows by comparing the tree with the tags as they are written. It takes a millisecond a page, so
every page that any test opens is judged (`tests/town.py`).
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import turbohtml
from turbohtml import Element, TokenType


def these(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


VOID = these("area base br col embed hr img input link meta source track wbr")
IMPLIED = frozenset({"html", "head", "body", "tbody", "colgroup"})
OBSOLETE = these(
    "acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing "
    "marquee menuitem nobr noembed noframes plaintext rb rtc spacer strike tt xmp"
)
OBSOLETE_ATTRIBUTES = these("align alink background bgcolor border cellpadding cellspacing char clear valign")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What holds only words, and what may never stand inside it.
PHRASING = these("p span label button a abbr em strong small b i code time h1 h2 h3 h4 h5 h6 dt legend")
BLOCKS = these(
    "address article aside blockquote details dialog dd div dl dt fieldset figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul"
)
BLOCKS_IN = {"a": frozenset({"p", "li"}), "legend": BLOCKS - frozenset(HEADINGS), "label": BLOCKS, "button": BLOCKS}
CHILDREN = {
    "ul": {"li", "template"},
    "ol": {"li", "template"},
    "dl": {"dt", "dd", "div"},
    "tr": {"th", "td"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "select": {"option", "optgroup", "hr"},
    "datalist": {"option"},
}
PRESSED = frozenset({"a", "button", "select", "textarea", "label", "summary"})
POINTING = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-details",
    "aria-errormessage",
    "headers",
    "list",
)


def faults_of(html: str, *, fragment: bool = False) -> list[str]:
    """Return every fault of a page, or of what stands in its `main` when it is a fragment; [] when there is none."""
    whole = html
    if fragment:
        whole = (
            f'<!doctype html><html lang="zh"><head><title>part</title></head><body><main>{html}</main></body></html>'
        )
    tree = turbohtml.parse(whole)
    elements = list(tree.iter_elements())
    found = [f"line {e.line}: {e.code}" for e in tree.errors]
    found += _badly_nested(whole)
    found += _mended(whole, elements)
    found += _of_elements(elements)
    found += _of_references(elements, fragment=fragment)
    found += _of_controls(elements)
    if not fragment:
        found += _of_the_whole(whole, elements)
    return found


def _badly_nested(html: str) -> Iterator[str]:
    """Every tag is closed by its own end tag, in order; what the standard lets one leave out is not left out here."""
    opened: list[tuple[str, int]] = []
    for token in turbohtml.tokenize(html):
        if token.type is TokenType.START_TAG:
            foreign = any(tag in ("svg", "math") for tag, _ in opened)
            if token.self_closing and not foreign and token.tag not in (*VOID, "svg"):
                yield f"line {token.line}: <{token.tag}/> does not close itself"
            if token.tag not in VOID and not (token.self_closing and foreign):
                opened.append((str(token.tag), token.line))
        elif token.type is TokenType.END_TAG:
            if not opened or opened[-1][0] != token.tag:
                within = f" inside <{opened[-1][0]}> of line {opened[-1][1]}" if opened else ""
                yield f"line {token.line}: </{token.tag}>{within}"
                return
            opened.pop()
    yield from (f"line {line}: <{tag}> is never closed" for tag, line in opened)


def _mended(html: str, elements: list[Element]) -> Iterator[str]:
    """The tree has just the elements that are written, in their order: the parser moved, closed and added nothing."""
    written = [str(t.tag) for t in turbohtml.tokenize(html) if t.type is TokenType.START_TAG and t.tag not in IMPLIED]
    seen = [element.tag.lower() for element in elements if element.tag not in IMPLIED]
    if written != seen:
        place = next((n for n, pair in enumerate(zip(written, seen, strict=False)) if pair[0] != pair[1]), len(seen))
        yield f"the parser had to mend the tree after {' '.join(written[max(0, place - 3) : place + 1])}"
    # A drawing's own title is no second title of the page.
    own = [element for element in elements if element.tag != "title" or element.parent.tag == "head"]
    depths = Counter(element.tag for element in own if element.parent is not None)
    yield from (f"there are {depths[tag]} <{tag}>" for tag in ("main", "body", "title") if depths[tag] > 1)


def _of_elements(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        tag, at = element.tag, f"line {element.source_line}: <{element.tag}>"
        attributes = set(element.attrs)
        if tag in OBSOLETE:
            yield f"{at} is obsolete"
        if gone := attributes & OBSOLETE_ATTRIBUTES:
            yield f"{at} has the obsolete {', '.join(sorted(gone))}"
        if inline := [name for name in attributes if name == "style" or name.startswith("on")]:
            yield f"{at} carries {', '.join(sorted(inline))}, which the content policy forbids"
        if tag == "style" or (tag == "script" and not element.attr("src")):
            yield f"{at} stands inline, which the content policy forbids"
        parent = element.parent.tag if isinstance(element.parent, Element) else ""
        if parent in CHILDREN and tag not in CHILDREN[parent] | {"script", "template"}:
            yield f"{at} may not stand in <{parent}>"
        if parent in PHRASING and tag in BLOCKS_IN.get(parent, BLOCKS):
            yield f"{at} may not stand in <{parent}>"
        above = {ancestor.tag for ancestor in element.ancestors if isinstance(ancestor, Element)}
        if tag in PRESSED - {"label"} and above & {"a", "button"}:
            yield f"{at} may not stand in something else that is pressed"
        if tag == "img" and "alt" not in attributes:
            yield f"{at} has no alt"


def _of_references(elements: list[Element], *, fragment: bool) -> Iterator[str]:
    """Ids are unique, and whatever points at one finds it."""
    ids = Counter(_words(element, "id", one=True)[0] for element in elements if element.attr("id") is not None)
    yield from (f"the id {name} stands {count} times" for name, count in ids.items() if count > 1)
    yield from (f"“{name}” is no id" for name in ids if not name or any(letter.isspace() for letter in name))
    for element in elements:
        for attribute in (*POINTING, "for"):
            for name in _words(element, attribute, one=False):
                if name not in ids:
                    yield f"line {element.source_line}: {attribute}={name} points nowhere"
        target = _words(element, "href", one=True)
        if target and target[0].startswith("#") and not fragment and target[0] != "#" and target[0][1:] not in ids:
            yield f"line {element.source_line}: {target[0]} leads nowhere"


def _of_controls(elements: list[Element]) -> Iterator[str]:
    """Every control can be called by a name."""
    labelled = {_words(element, "for", one=True)[0] for element in elements if element.attr("for")}
    for element in elements:
        kind = str(element.attr("type") or "")
        named = element.attr("aria-label") or element.attr("aria-labelledby") or element.attr("title")
        if element.tag in ("input", "select", "textarea") and kind not in ("hidden", "submit", "image", "button"):
            inside = any(isinstance(a, Element) and a.tag == "label" for a in element.ancestors)
            if not (named or inside or str(element.attr("id") or "") in labelled):
                yield f"line {element.source_line}: <{element.tag} name={element.attr('name')}> has no label"
        pictured = any(inner.tag == "img" and inner.attr("alt") for inner in element.iter_elements())
        if element.tag in ("a", "button", "summary") and not (named or element.text.strip() or pictured):
            yield f"line {element.source_line}: <{element.tag}> says nothing"


def _of_the_whole(html: str, elements: list[Element]) -> Iterator[str]:
    """The page names its language, its title and one subject, and its headings form a tree."""
    if not html.lstrip().lower().startswith("<!doctype html>"):
        yield "it does not begin with its doctype"
    root = next((element for element in elements if element.tag == "html"), None)
    if root is None or not root.attr("lang"):
        yield "it names no language"
    if not any(element.tag == "title" and element.text.strip() for element in elements):
        yield "it has no title"
    levels = [int(element.tag[1]) for element in elements if element.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"it has {levels.count(1)} h1"
    if levels and levels[0] != 1:
        yield f"its first heading is h{levels[0]}"
    yield from (f"h{after} follows h{before}" for before, after in pairwise(levels) if after > before + 1)
    yield from (f"a heading is empty (h{e.tag[1]})" for e in elements if e.tag in HEADINGS and not e.text.strip())


def _words(element: Element, attribute: str, *, one: bool) -> list[str]:
    given = element.attr(attribute)
    if given is None:
        return []
    text = given if isinstance(given, str) else " ".join(given)
    return [text] if one else text.split()
