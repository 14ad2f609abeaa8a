"""What is sent about a contract's text, review and signing."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from contracts.queries.drafting import STANDARD_CLAUSES
from contracts.states import Method, Review
from market.base.forms import Code, KeyFile, Line, Secret, Words
from market.base.refusal import say

__all__ = ["METHOD_WORDS", "REVIEW_WORDS", "STANDARD_CLAUSES", "DraftContract", "ReviewContract", "SignContract"]

REVIEW_WORDS = {Review.PASS: say("Pass"), Review.RETURN: say("Send back")}


class DraftContract(msgspec.Struct, frozen=True, kw_only=True):
    """What the purchaser writes; parties, amount and milestones are the award's."""

    content: Annotated[Words, Meta(title="Content of the service", extra={"law": "C-1", "group": say("Service")})]
    quantity: Annotated[Words, Meta(title="Quantity", extra={"law": "C-1"})]
    quality: Annotated[Words, Meta(title="Quality and service standards", extra={"law": "C-1"})]
    settlement: Annotated[
        Words,
        Meta(title="Settlement and progress of payment", extra={"law": "C-17", "group": say("Payment and duties")}),
    ]
    duties: Annotated[Words, Meta(title="Rights and duties", extra={"law": "C-1"})]
    breach: Annotated[Words, Meta(title="Liability for breach", extra={"law": "C-1"})]
    late_payment: Annotated[Words, Meta(title="Liability for late payment", extra={"law": "C-15"})]
    late_rate: Annotated[
        Decimal | None,
        Meta(
            title="Daily rate of late interest",
            description="What this clause comes to a day, in per cent; the delay is reckoned by it.",
            extra={"law": "C-20", "unit": say("% a day")},
        ),
    ] = None
    acceptance: Annotated[
        Words,
        Meta(
            title="Standard and method of acceptance", extra={"law": "C-10", "group": say("Acceptance of the service")}
        ),
    ]
    from_on: Annotated[
        date | None,
        Meta(
            title="Service begins on",
            description="Left empty: the day announced in the notice.",
            extra={"group": say("Term of the service")},
        ),
    ] = None
    until_on: Annotated[
        date | None,
        Meta(
            title="Service ends before",
            description="The first day after the service. Left empty: the day announced in the notice.",
            extra={"law": "C-2"},
        ),
    ] = None
    multi_year_basis: Annotated[
        Words | None,
        Meta(
            title="Basis for more than one year",
            description="Only for longer terms: why budget, content, funding and price are stable.",
            extra={"law": "C-2.longest"},
        ),
    ] = None


class ReviewContract(msgspec.Struct, frozen=True, kw_only=True):
    """What the legal review concludes."""

    conclusion: Annotated[Review, Meta(title="Conclusion", extra={"words": REVIEW_WORDS, "law": "B-4"})]
    reasons: Annotated[
        Words | None, Meta(title="Opinion of the legal review", description="Needed when the contract is sent back.")
    ] = None


METHOD_WORDS = {
    Method.DEMO: say("A certificate of the demo, without legal effect"),
    Method.CERTIFICATE: say("My own certificate and key (PKCS#12)"),
    Method.PAPER: say("On paper, with a scan"),
}


class SignContract(msgspec.Struct, frozen=True, kw_only=True):
    """The text that was read, how it is signed, and why it is signed late if it is."""

    fingerprint: Annotated[
        Line | None,
        Meta(
            title="Fingerprint of the text you read",
            description="Compared with the text to be signed; a machine may leave it out.",
        ),
    ] = None
    late_reason: Annotated[
        Words | None,
        Meta(
            title="Reason for the delay",
            description="Only when the last day for signing has passed.",
            extra={"law": "L-11"},
        ),
    ] = None
    method: Annotated[
        Method | None,
        Meta(
            title="How you sign",
            description="The signature is written into the contract’s PDF; on paper you sign its print.",
            extra={"group": say("Your signature"), "words": METHOD_WORDS},
        ),
    ] = None
    certificate: Annotated[
        KeyFile | None,
        Meta(
            title="File with your key and certificate",
            description="A .p12 or .pfx file. It is used for this one signature and kept nowhere.",
        ),
    ] = None
    passphrase: Annotated[
        Secret | None,
        Meta(
            title="Passphrase of this file",
            description="Only with a certificate of your own. It is kept nowhere.",
            extra={"autocomplete": "off"},
        ),
    ] = None
    scan: Annotated[
        list[Code],
        Meta(
            title="Scan of the signed contract",
            description="Only on paper: one PDF, JPEG or PNG file of the whole signed and sealed print.",
            extra={"choices": "files"},
        ),
    ] = []
    attested: Annotated[
        bool,
        Meta(title="I attest that the scan shows this contract, signed for my side and unaltered"),
    ] = False
