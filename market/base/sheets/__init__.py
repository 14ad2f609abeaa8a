"""Tables as files: XLSX and CSV read row by row under known headings, and written so that no cell is a formula.

A file is judged before it is opened (`archive`), streamed (`reading`), its cells are read as their columns say
(`columns`), and what is written (`writing`) comes back identical.
"""

from market.base.sheets.columns import Column, Holds
from market.base.sheets.reading import MOST_COLUMNS, MOST_LINES, Line, Reading
from market.base.sheets.writing import FORMATS, Format, write_sheet

__all__ = [
    "FORMATS",
    "MOST_COLUMNS",
    "MOST_LINES",
    "Column",
    "Format",
    "Holds",
    "Line",
    "Reading",
    "write_sheet",
]
