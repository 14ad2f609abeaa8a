"""Judgement of the desk: what a home shows, and what a street's year leads to."""

from market.desk.rules.home import (
    AGE_WORDS,
    STAGE_WORDS,
    URGENCY_WORDS,
    Age,
    Fit,
    Stage,
    TimeLeft,
    Urgency,
    age_of,
    fit_of,
    horizon,
    moment_between,
    serves,
    stage_of,
    time_left,
    urgency_of,
)

__all__ = [
    "AGE_WORDS",
    "STAGE_WORDS",
    "URGENCY_WORDS",
    "Age",
    "Fit",
    "Stage",
    "TimeLeft",
    "Urgency",
    "age_of",
    "fit_of",
    "horizon",
    "moment_between",
    "serves",
    "stage_of",
    "time_left",
    "urgency_of",
]
