"""A file inside a PDF: what the paper says, once more for programs (ISO 32000-1, 7.11.4)."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString


def attach(canvas: Any, *, files: dict[str, bytes]) -> None:
    """Put files under their ASCII names into the document that the canvas draws, before it is saved."""
    document = canvas._doc  # noqa: SLF001  reportlab's own way to a document's objects
    pairs: list[Any] = []
    for name, data in sorted(files.items()):
        stream = PDFStream(PDFDictionary({"Type": PDFName("EmbeddedFile")}), data)
        held = PDFDictionary({"F": document.Reference(stream)})
        shown = PDFDictionary({"Type": PDFName("Filespec"), "F": PDFString(name), "UF": PDFString(name), "EF": held})
        pairs += [PDFString(name), document.Reference(shown)]
    names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(pairs)})})
    document.Catalog.Names = names
