"""The contract as a file that is signed in itself: its print with two empty fields, and one signature more in it."""

from datetime import datetime
from functools import partial

from contracts.documents.contract import paper_of
from contracts.queries.cards import ContractCard
from contracts.rules.drafting import Requirement
from contracts.states import Side
from contracts.states.signing import Method
from market.base.paper import Place, stamp
from market.base.refusal import say
from market.base.signing.identities import Identity, certificate_of
from market.base.wording import when, words

LANG = "zh-CN"
"""What is signed is signed in Chinese, whatever language its signatories read the pages in."""


def file_to_sign(card: ContractCard, *, requirement: Requirement, address: str) -> bytes:
    """Print a contract for signing: the same text, with a field for each side that waits for its signature."""
    from market.base.signing import files  # noqa: PLC0415  it brings pyHanko, which takes a second

    paper = paper_of(card, requirement=requirement, address=address, lang=LANG, to_sign=True)
    return files.with_fields(paper.pdf(), fields=paper.places)


def sign_file(
    pdf: bytes, *, side: Side, method: Method, identity: Identity, name: str, code: str, now: datetime
) -> bytes:
    """Return the file with one side's signature more; what stands in it is not touched. Raises files.Unfit."""
    from market.base.signing import files  # noqa: PLC0415  likewise

    place = files.place_of(pdf, field=str(side))
    reason = words(say("Contract {code}", code=code), LANG)
    return files.sign(
        pdf,
        field=str(side),
        identity=identity,
        stamp=_stamp(place, method=method, identity=identity, name=name, now=now),
        reason=reason,
        name=name,
        now=now,
    )


def _stamp(place: Place, *, method: Method, identity: Identity, name: str, now: datetime) -> bytes:
    """Draw what is seen of a signature: by whom, when, under which certificate, and that the demo's binds nobody."""
    tell = partial(words, lang=LANG)
    serial = certificate_of(identity).serial
    lines = [
        tell(say("Electronic signature: {name}", name=name)),
        when(now, LANG),
        tell(say("Certificate {serial}", serial=serial)),
    ]
    if method is Method.DEMO:
        lines.append("演示签名，无法律效力 / demo signature, no legal effect")
    return stamp(lines, width=place.right - place.left, height=place.upper - place.lower)
