"""Reads PDF: text in logical order from where the letters stand, and pages as pictures."""

from assistant.documents.pdf.picture import Wanted, picture_of
from assistant.documents.pdf.reading import read_pdf
from assistant.documents.pdf.stretches import stretches_of

__all__ = ["Wanted", "picture_of", "read_pdf", "stretches_of"]
