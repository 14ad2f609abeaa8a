"""The door to a contract's signatures, each examined anew whenever somebody looks."""

from contracts import queries
from contracts.forms import METHOD_WORDS
from contracts.states import Verdict
from contracts.states.signing import ACCOUNT
from market.base.refusal import say
from market.base.web import Door, Shown, read

VERDICT_WORDS = {
    Verdict.DEMO: say("Unaltered. The certificate is the demo’s own: no legal effect."),
    Verdict.UNKNOWN_ISSUER: say(
        "Unaltered. Whether the certificate’s issuer may be trusted is not known here: ask the issuer."
    ),
    Verdict.ALTERED: say("Altered: what is kept is not what was signed. Do not rely on it."),
    Verdict.MISSING: say("The file does not hold this signature, or is not there. Do not rely on it."),
    Verdict.PAPER: say("Signed on paper; who sent the scan attests it. Compare it with the print."),
    Verdict.ACCOUNT: say("Given by the person’s account, before contracts were signed as files."),
}
_ACCOUNT = say("By account")


@read(
    "/contracts/{code:str}/signatures",
    name="signatures_of",
    template="contracts/signatures.html",
    returns=queries.SignaturesCard,
)
async def signatures(door: Door[None]) -> Shown:
    """Examine the signatures of a contract by the bytes of its file, and say what each is worth."""
    card = await queries.signatures_of(code=door.code, user=door.user)
    methods = {**{str(method): said for method, said in METHOD_WORDS.items()}, ACCOUNT: _ACCOUNT}
    verdicts = {str(verdict): said for verdict, said in VERDICT_WORDS.items()}
    return Shown(card, {"methods": methods, "verdicts": verdicts})
