"""Reads PDF: text in logical order from where the letters stand on the page."""

from assistant.documents.pdf.reading import read_pdf

__all__ = ["read_pdf"]
