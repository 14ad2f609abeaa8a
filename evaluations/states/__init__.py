"""The words of evaluations: their states and acts, kinds and grades, and the indicator template as plain values."""

from evaluations.states.acts import Act
from evaluations.states.editions import TEMPLATE, TemplateState
from evaluations.states.evaluations import KINDS, LIFECYCLE, Kind, State
from evaluations.states.templates import (
    AUDIENCES,
    GRADES,
    REFUSALS,
    VETOES,
    Audience,
    Branch,
    Grade,
    Leaf,
    LeafKind,
    Refusal,
    Template,
    Veto,
)

LIFECYCLES = (LIFECYCLE, TEMPLATE)

__all__ = [
    "AUDIENCES",
    "GRADES",
    "KINDS",
    "LIFECYCLE",
    "LIFECYCLES",
    "REFUSALS",
    "TEMPLATE",
    "VETOES",
    "Act",
    "Audience",
    "Branch",
    "Grade",
    "Kind",
    "Leaf",
    "LeafKind",
    "Refusal",
    "State",
    "Template",
    "TemplateState",
    "Veto",
]
