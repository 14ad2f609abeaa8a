"""Paper: PDF documents with embedded Chinese type, built as `Paper(title=…, code=…, lang=…).facts(…).pdf()`."""

from market.base.paper.sheet import PRESS, Column, Paper, Signature

__all__ = ["PRESS", "Column", "Paper", "Signature"]
