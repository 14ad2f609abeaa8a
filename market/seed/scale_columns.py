"""Into which columns of which tables the purchases of a large town are copied."""

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "need": (
        *("code", "street", "revision", "title", "item", "menu_item", "category", "description", "standard"),
        *("quantity", "unit", "served", "beneficiaries", "place", "term_months", "targets", "answers", "consulted_on"),
        *("consulted_how", "surveyed_on", "surveyed", "budget", "budget_line", "committed", "paid", "state", "hands"),
        *("drafted_by", "drafted_at", "submitted_at", "reviewed_by", "reviewed_at", "reason", "tender"),
    ),
    "tender": (
        *("id", "code", "revision", "need", "street", "title", "item", "requirement", "qualification", "budget"),
        *("closes_at", "opens_at", "service_from", "service_until", "panel_size", "price_points", "criteria"),
        *("milestones", "state", "drafted_by", "drafted_at", "published_by", "published_at", "questions_until"),
        *("opened_by", "opened_at", "ranked_at", "reported_at", "decided_by", "decided_at", "contract", "ended_at"),
        *("reason", "search_terms"),
    ),
    "documents_taken": ("tender", "organization", "taken_by", "taken_at"),
    "question": (
        *("tender", "number", "organization", "asked_by", "asked_at", "text", "answer", "answered_by", "answered_at"),
    ),
    "bid": (
        *("code", "tender", "organization", "state", "content", "content_key", "fingerprint", "submitted_at"),
        *("submitted_by", "submissions", "number", "price", "plan", "files", "on_no_list", "confirmed_at"),
        *("confirmed_by", "final_price", "quality", "price_score", "rank"),
    ),
    "seat": ("tender", "account", "name", "drawn_at", "signed_at", "agrees"),
    "contract": (
        *("id", "code", "tender", "live_tender", "need", "item", "street", "street_name", "supplier", "supplier_name"),
        *("award_sent_on", "sign_by", "title", "amount", "from_on", "until_on", "content", "quantity", "quality"),
        *("settlement", "duties", "breach", "late_payment", "acceptance", "fingerprint", "state", "drafted_by"),
        *("drafted_at", "reviewed_by", "reviewed_at", "signed_at", "publish_by", "closed_at"),
    ),
    "contract_signature": ("contract", "side", "account", "name", "organization", "fingerprint", "signed_at"),
    "contract_milestone": ("id", "contract", "number", "title", "due_on", "share", "amount", "accepted_at"),
    "contract_delivery": (
        *("id", "milestone", "number", "state", "note", "evidence", "reported_by", "reported_at", "technical"),
        *("service", "safety", "conclusion", "judged_by", "judged_name", "judged_at", "publish_by"),
    ),
    "contract_opinion": ("delivery", "account", "name", "organization_name", "satisfied", "text", "given_at"),
    "invoice": (
        *("id", "code", "supplier", "year", "number", "milestone", "amount", "account_name", "bank", "bank_account"),
        *("tax_status", "state", "submitted_by", "submitted_at", "pay_by", "judged_by", "judged_at"),
        "next_turn_at",
    ),
    "invoice_payment": ("invoice", "number", "amount", "paid_on", "reference", "recorded_by", "recorded_at"),
    "attachment": ("code", "owner", "uploaded_by", "name", "media_type", "size", "digest", "created_at"),
    "ledger_event": ("at", "tag", "code", "account", "actor_name", "roles", "organization", "public", "detail"),
}
"""The tables of purchases in the order in which they refer to each other, with the columns that are written."""
