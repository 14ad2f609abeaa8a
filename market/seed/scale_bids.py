"""Who asks, bids and judges in a large town: questions, sealed bids, panels and results."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from market.base.money import round_half_up
from market.seed import scale_words as words
from market.seed.scale_people import EXPERTS, Hand
from market.seed.scale_plan import Plan, is_over
from market.tendering.rules.scoring import consultation_price_score
from market.tendering.rules.terms import Offer
from market.tendering.sealing import Vault, seal

if TYPE_CHECKING:  # the book holds the bids
    from market.seed.scale_rows import Book

_PADDED_TO = 1024
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_HUNDREDS = Decimal(100)
DECIDED = frozenset({"awarded", "contracted"})
OPENED = DECIDED | {"opened"}


class Bids:
    """Writes into the book what others than the street do to a notice."""

    def __init__(self, book: "Book") -> None:
        """Keep the book."""
        self._book = book

    def ask(self, plan: Plan, *, number: int, code: str, buyer: Hand) -> None:
        """Write the questions about a notice and what the street answered."""
        drawn = plan.random
        asked = drawn.choice((0, 0, 1, 2)) if plan.suppliers else 0
        for which, (text, answer) in enumerate(drawn.sample(words.QUESTIONS, asked), 1):
            asker = self._book.people.bidder(plan.suppliers[0])
            at = plan.dates.published_at + which * _DAY
            answered = at + _DAY
            known = is_over(answered)
            if not is_over(at):
                break
            self._book.series[f"question-{code}"] = which
            self._book.rows["question"].append(
                (
                    *(number, which, asker.organization, asker.login, at, text),
                    *((answer, buyer.login, answered) if known else (None, None, None)),
                )
            )
            if known:
                public = {"tender": code, "question": which, "text": text, "answer": answer}
                self._book.event("tendering:answer-question", code, by=buyer, at=answered, public=public)

    def bid(self, plan: Plan, *, number: int, code: str) -> list[dict[str, Any]]:
        """Write the bids that came, as far as they are opened and judged, best first."""
        opened, decided = plan.fate in OPENED, plan.fate in DECIDED
        bids, dates = [], plan.dates
        for place, (supplier, part) in enumerate(zip(plan.suppliers, plan.shares, strict=True)):
            hand = self._book.people.bidder(supplier)
            at = dates.closes_at - (place + 1) * timedelta(hours=3)
            if not is_over(at):
                continue
            price, final = price_of(plan.budget, part + Decimal("0.01")), price_of(plan.budget, part)
            bid = random_code(plan)
            offer = Offer(price=price, plan=words.PLANS[(plan.number + place) % len(words.PLANS)], declared=True)
            content, key, fingerprint = _sealed(offer, plan, tender=code, bid=bid)
            quality = Decimal(780 - 25 * place + plan.number % 20) / 10
            lowest = price_of(plan.budget, plan.shares[0])
            points = consultation_price_score(lowest=lowest, price=final, points=Decimal(words.PRICE_POINTS))
            self._book.rows["documents_taken"].append(
                (number, hand.organization, hand.login, dates.published_at + _DAY / 2)
            )
            row = {
                "code": bid,
                "tender": number,
                "organization": hand.organization,
                "state": "valid" if decided else "opened" if opened else "submitted",
                "content": content,
                "content_key": key,
                "fingerprint": fingerprint,
                "submitted_at": at,
                "submitted_by": hand.login,
                "submissions": 1,
                "number": place + 1 if opened else None,
                "price": price if opened else None,
                "plan": offer.plan if opened else None,
                "files": [] if opened else None,
                "on_no_list": True if opened else None,
                "confirmed_at": dates.opened_at + _HOUR / 4 if opened and is_over(dates.opened_at + _HOUR) else None,
                "confirmed_by": hand.login if opened and is_over(dates.opened_at + _HOUR) else None,
                "final_price": final if decided else None,
                "quality": quality if decided else None,
                "price_score": points if decided else None,
                "rank": place + 1 if decided else None,
            }
            self._book.add("bid", row)
            bids.append(row)
        return bids

    def seat(self, plan: Plan, number: int) -> list[str]:
        """Write the panel, whose members all agreed, and return their names."""
        district, dates = plan.office % self._book.people.size.districts, plan.dates
        names = []
        for place in sorted(plan.random.sample(range(EXPERTS), 3)):
            expert = self._book.people.expert(district, place)
            at = dates.opened_at + _HOUR / 2
            self._book.rows["seat"].append((number, expert.login, expert.name, at, dates.reported_at, True))
            names.append(expert.name)
        return sorted(names)

    def result(self, plan: Plan, bids: list[dict[str, Any]], experts: list[str]) -> dict[str, Any]:
        """Return the result as it is published."""
        suppliers = [self._book.people.supplier(number) for number in plan.suppliers]
        clock = plan.dates.award
        lines = [
            {
                "rank": bid["rank"],
                "supplier": house.code,
                "supplier_name": house.name,
                "quality": bid["quality"],
                "price_score": bid["price_score"],
                "total": bid["quality"] + bid["price_score"],
                "by_lot": False,
            }
            for bid, house in zip(bids, suppliers, strict=True)
        ]
        return {
            "supplier": suppliers[0].code,
            "supplier_name": suppliers[0].name,
            "amount": bids[0]["final_price"],
            "decided_at": plan.dates.decided_at,
            "deemed": False,
            "ranking": lines,
            "experts": experts,
            **msgspec.structs.asdict(clock),
        }


def price_of(budget: Decimal, part: Decimal) -> Decimal:
    """Return a part of the budget, to whole hundreds."""
    return round_half_up(budget * part / _HUNDREDS, 0) * _HUNDREDS


def random_code(plan: Plan) -> str:
    """Return a bid's code from the plan's own dice."""
    return "B-" + "".join(plan.random.choices(_ALPHABET, k=10))


def _sealed(offer: Offer, plan: Plan, *, tender: str, bid: str) -> tuple[bytes, bytes, str]:
    """Seal an offer as bidding does, but with a key from the plan's own dice, so that it can be told again."""
    if Vault.holder is None:
        raise RuntimeError("no key holder was handed in")
    clear, key = msgspec.json.encode(offer), plan.random.randbytes(32)
    content = seal(clear + b" " * (-len(clear) % _PADDED_TO), key)
    wrapped = Vault.holder.wrap(key, tender=tender, subject=f"bid:{bid}")
    return content, wrapped, hashlib.sha256(content).hexdigest()
