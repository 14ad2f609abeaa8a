"""The words of evaluations: their states and acts, kinds and grades, and the indicator template as plain values."""

from evaluations.states.acts import Act
from evaluations.states.evaluations import KINDS, LIFECYCLE, LIFECYCLES, Kind, State
from evaluations.states.templates import (
    AUDIENCES,
    GRADES,
    VETOES,
    Audience,
    Branch,
    Grade,
    Leaf,
    LeafKind,
    Template,
    Veto,
)

__all__ = [
    "AUDIENCES",
    "GRADES",
    "KINDS",
    "LIFECYCLE",
    "LIFECYCLES",
    "VETOES",
    "Act",
    "Audience",
    "Branch",
    "Grade",
    "Kind",
    "Leaf",
    "LeafKind",
    "State",
    "Template",
    "Veto",
]
