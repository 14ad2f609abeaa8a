"""The doors of evaluations."""

from evaluations.pages.reading import evaluation, evaluations, evidence_file, report, slips, slips_on_paper
from evaluations.pages.scoring import (
    answer_reply,
    conclude_evaluation,
    plan_evaluation,
    publish_evaluation,
    reply_to_evaluation,
    score_evaluation,
    submit_evidence,
)
from evaluations.pages.surveys import answer_survey, survey
from evaluations.pages.templates import add_template, template, templates
from market.base.web import Route

ROUTES: list[Route] = [
    evaluations, evaluation, slips, slips_on_paper, survey, report, evidence_file, plan_evaluation, submit_evidence,
    score_evaluation, reply_to_evaluation, answer_reply, conclude_evaluation, publish_evaluation, answer_survey,
    templates, template, add_template,
]  # fmt: skip
