"""An address as a QR code that a phone reads from screen or paper: black on white in every light."""

import segno
from markupsafe import Markup
from reportlab.lib.colors import black, white
from reportlab.platypus import Flowable

_QUIET_ZONE = 4
_MODULE = 2.4


def qr_code(address: str, *, title: str) -> Markup:
    """Draw an address as a QR code for a page."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=3, border=_QUIET_ZONE, dark="#000", light="#fff", title=title, svgclass="qr", lineclass=None
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704  segno's drawing; it escapes the title


class PaperCode(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The same code on paper, at the left, as rectangles that stay sharp in every size."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=_QUIET_ZONE)]

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  reportlab's signature
        """Return the size, the same on every paper."""
        self.width = self.height = len(self._rows) * _MODULE
        return self.width, self.height

    def draw(self) -> None:
        """Draw the dark modules on white."""
        self.canv.setFillColor(white)
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        self.canv.setFillColor(black)
        for down, row in enumerate(self._rows, start=1):
            for across, dark in enumerate(row):
                if dark:
                    self.canv.rect(across * _MODULE, self.height - down * _MODULE, _MODULE, _MODULE, stroke=0, fill=1)
