"""The invoice on paper."""

from functools import partial

import msgspec

from contracts.documents.acceptance import ISSUED_BY
from contracts.forms import TAX_WORDS
from contracts.queries.cards import InvoiceCard
from contracts.states import TaxStatus
from market.base.calendar import local_date
from market.base.paper import Column, Paper, Signature
from market.base.refusal import say
from market.base.wording import day, moment, money, words

_COPIED = (
    *("code", "contract", "supplier", "supplier_name", "street", "street_name", "milestone", "milestone_title"),
    *("accepted_on", "certificate", "amount", "credited", "account_name", "bank", "bank_account", "tax_status"),
    *("submitted_at", "pay_by"),
)


def invoice_copy(card: InvoiceCard, *, verify: str) -> bytes:
    """Return what the invoice says as JSON, in the record's own words; amounts are strings in yuan."""
    said = {name: getattr(card, name) for name in _COPIED}
    return msgspec.json.format(msgspec.json.encode({**said, "verify": verify}), indent=2)


def invoice_paper(card: InvoiceCard, *, verify: str, lang: str) -> bytes:
    """Print an invoice: who asks whom for what, in figures and capitals, after which acceptance, paid where.

    `verify` is the address behind its QR code; the same facts are attached as JSON for programs.
    """
    tell = partial(words, lang=lang)
    number = f"{card.year}-{card.number:04d}"
    paper = Paper(title=tell(say("Invoice")), code=card.code, lang=lang, subtitle=card.contract_title)
    paper.facts(
        [
            (tell(say("Invoice number")), number),
            (tell(say("Issued")), moment(card.submitted_at, lang)),
            (tell(say("From")), f"{card.supplier_name}\n{card.supplier}"),
            (tell(say("To")), f"{card.street_name}\n{card.street}"),
            (tell(say("Contract")), card.contract),
            (tell(say("Tax status")), tell(TAX_WORDS[TaxStatus(card.tax_status)])),
        ]
    )
    paper.table(
        columns=[
            Column(tell(say("Milestone")), 3),
            Column(tell(say("Acceptance")), 5),
            Column(tell(say("Amount")), 2, "right"),
        ],
        rows=[
            [
                f"{card.milestone}. {card.milestone_title}",
                tell(
                    say(
                        "Certificate {code}, accepted on {accepted_on} by {name}",
                        code=f"{card.contract}-A{card.milestone}",
                        accepted_on=card.accepted_on,
                        name=card.accepted_name,
                    )
                ),
                money(card.amount, lang),
            ]
        ],
    )
    paper.amount(tell(say("Amount asked")), card.amount)
    if card.credited:
        paper.facts([(tell(say("Taken back by credit notes")), money(card.credited, lang))])
    paper.heading(tell(say("Where the money goes")))
    paper.facts(
        [
            (tell(say("Account holder")), card.account_name),
            (tell(say("Bank and branch")), card.bank),
            (tell(say("Account number")), card.bank_account),
            (tell(say("To be paid by")), day(card.pay_by, lang)),
            *([(tell(say("Note")), card.note)] if card.note else []),
        ]
    )
    paper.text(
        tell(say("This is a request for payment; the tax invoice (fapiao) follows the tax authority’s rules.")),
        small=True,
    )
    # Whoever signs sees the amount on the same page; what is for checking stands last.
    paper.signatures([Signature(f"{tell(ISSUED_BY)}\n{card.supplier_name}", "", local_date(card.submitted_at))])
    name = f"{card.code}.json"
    paper.code(verify, words=tell(say("Scan to verify this invoice: {address}", address=verify)))
    paper.text(tell(say("A machine-readable copy is attached to this file: {name}", name=name)), small=True)
    paper.attach(name, invoice_copy(card, verify=verify))
    return paper.pdf()
