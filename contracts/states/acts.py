"""What is done in contracts."""

from enum import StrEnum


class Act(StrEnum):
    """What is done in contracts."""

    DRAFT_CONTRACT = "draft-contract"
    DRAFT_CONTRACT_FROM_RESULT = "draft-contract-from-result"
    REVIEW_CONTRACT = "review-contract"
    SIGN_CONTRACT = "sign-contract"
    AMEND_CONTRACT = "amend-contract"
    SUSPEND_CONTRACT = "suspend-contract"
    RESUME_CONTRACT = "resume-contract"
    TERMINATE_CONTRACT = "terminate-contract"
    SIGN_AMENDMENT = "sign-amendment"
    DECLINE_AMENDMENT = "decline-amendment"
    RECORD_SESSION = "record-session"
    REPORT_DELIVERY = "report-delivery"
    GIVE_OPINION = "give-opinion"
    ACCEPT_DELIVERY = "accept-delivery"
    RETURN_DELIVERY = "return-delivery"
    CLOSE_CONTRACT = "close-contract"
    SUBMIT_INVOICE = "submit-invoice"
    APPROVE_INVOICE = "approve-invoice"
    RETURN_INVOICE = "return-invoice"
    ISSUE_CREDIT_NOTE = "issue-credit-note"
    RECORD_FAPIAO = "record-fapiao"
    RECORD_PAYMENT = "record-payment"
    WARN_OF_PAYMENT = "warn-of-payment"
    MARK_PAYMENT_OVERDUE = "mark-payment-overdue"
