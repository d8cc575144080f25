"""What a file's first bytes say it is, whatever its suffix says."""

from __future__ import annotations

import re

from assistant.documents.archives import Archive, locked
from assistant.documents.limits import damaged
from assistant.documents.options import ReadingOptions
from assistant.errors import DocumentError, UnreadableDocument, UnsupportedFormat

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf'\x1c": "7-Zip",
    b"Rar!\x1a\x07": "RAR",
    b"(\xb5/\xfd": "Zstandard",
}
_MIMETYPES = {
    b"application/epub+zip": ".epub",
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.text-template": ".odt",
}
# The main part's type, in [Content_Types].xml.
_OFFICE = re.compile(
    rb"(wordprocessingml|spreadsheetml|presentationml)\.(?:document|sheet|presentation|slideshow"
    rb"|template)\.main\+xml"
    rb"|ms-(word|excel|powerpoint)\.[\w.]*macroEnabled[\w.]*\.main\+xml"
)
_OFFICE_SUFFIXES = {
    b"wordprocessingml": ".docx",
    b"word": ".docx",
    b"spreadsheetml": ".xlsx",
    b"excel": ".xlsx",
    b"presentationml": ".pptx",
    b"powerpoint": ".pptx",
}
_LEAD = 1024
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:(?!-->).){0,500}+-->\s*+)*+"
    rb"<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLD_OFFICE = "it is in a format of Office before 2007. Save it as .docx, .xlsx or .pptx"


def sniffed(data: bytes, name: str, options: ReadingOptions) -> str:
    """Return the suffix of the format that a file's content is in.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        The suffix; empty where the content says nothing, as that of a text does.

    Raises:
        UnreadableDocument: It is packed, locked, damaged or of a kind that no reader knows.
    """
    if data.startswith(_ZIP):
        return _in_archive(data, name, options)
    if data.startswith(b"PK\x05\x06"):
        raise damaged(name, "document", "it is an empty archive")
    if data.startswith(_OLE):
        raise _in_container(data, name)
    for start, program in _PACKED.items():
        if data.startswith(start):
            raise UnreadableDocument(
                f"{name} can't be read: it is packed ({program}). Unpack it first.", name
            )
    if data[:_LEAD].lstrip().startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    return ".html" if _HTML.match(data[:_LEAD]) else ""


def seems_other(beginning: bytes) -> bool:
    """Return whether a file's first 1,024 bytes may be those of something else than a plain text.

    Args:
        beginning: The bytes.
    """
    starts = (b"PK", _OLE, b"{\\rtf", *_PACKED)
    return beginning.startswith(starts) or b"%PDF-" in beginning or bool(_HTML.match(beginning))


def _in_archive(data: bytes, name: str, options: ReadingOptions) -> str:
    """Return the suffix of the format of a document that is an archive."""
    archive = Archive(data, name, options)
    by_type = _MIMETYPES.get(archive.read("mimetype").strip())
    if by_type:
        return by_type
    office = _OFFICE.search(archive.read("[Content_Types].xml"))
    if office:
        return _OFFICE_SUFFIXES[office[1] or office[2]]
    if "META-INF/container.xml" in archive.names:
        return ".epub"
    raise UnsupportedFormat(
        f"{name} is an archive of {len(archive.names)} files and no document that a reader knows. "
        "Unpack it, and give the files or their folder.",
        name,
    )


def _in_container(data: bytes, name: str) -> DocumentError:
    """Return what to raise for a container of Office before 2007, which locked files are too."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return locked(name)
    return UnsupportedFormat(f"{name} can't be read: {_OLD_OFFICE}.", name)
