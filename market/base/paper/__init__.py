"""Paper: PDF documents with embedded Chinese type, built as `Paper(title=…, code=…, lang=…).facts(…).pdf()`."""

from market.base.paper.sheet import PRESS, Column, Paper, Signature
from market.base.paper.signed import Place
from market.base.paper.stamps import stamp

__all__ = ["PRESS", "Column", "Paper", "Place", "Signature", "stamp"]
