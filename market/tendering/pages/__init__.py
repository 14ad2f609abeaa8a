"""The doors of tendering, by subject."""

from market.base.web import Route
from market.tendering.pages import award, bidding, notice, panel, papers, reading

ROUTES: list[Route] = [
    reading.tenders,
    reading.tender,
    reading.my_bid,
    notice.draft_tender,
    notice.publish_tender,
    bidding.take_documents,
    bidding.ask_question,
    notice.answer_question,
    bidding.save_draft_bid,
    bidding.submit_bid,
    bidding.withdraw_bid,
    panel.turn_key,
    panel.confirm_opening,
    panel.draw_panel,
    panel.declare_conflict,
    panel.check_bid,
    panel.score_bid,
    panel.request_final_quotes,
    bidding.submit_final_quote,
    award.seal_report,
    award.confirm_award,
    notice.cancel_tender,
    papers.notice_paper,
    papers.opening_paper,
    papers.report_paper,
    papers.award_letter_paper,
    papers.blind_file,
]
