"""Tables of RTF: code pages, signs, and the parts of a file that hold no text."""

from __future__ import annotations

import codecs
import re

# Code pages by the number of a font's character set.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 179: "cp1256", 180: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
DEFAULT_CODEC = "cp1252"
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\n": "\n",
    "\r": "\n",
}
LEFT_OUT = frozenset(
    """
    colortbl pict object objdata header headerl headerr headerf footer footerl footerr footerf
    fldinst datafield themedata colorschememapping latentstyles datastore generator listtable
    listoverridetable rsidtbl revtbl annotation atnid atnauthor atndate atnref atrfstart atrfend
    bkmkstart bkmkend xe tc tcn nonshppict shppict sp filetbl xmlnstbl mmathPr userprops docvar
    template operator comment doccomm keywords subject category manager company passwordhash ftnsep
    ftnsepc aftnsep aftnsepc
    """.split()
)
# Parts that are marked as ones to leave out where they are unknown, and are known.
KNOWN = frozenset("ud shpinst shptxt listtext pntext footnote ftnalt".split())
HEADING = re.compile("(?:heading \\d|title)$", re.IGNORECASE)
BOILERPLATE = re.compile("toc (?:\\d|heading)$", re.IGNORECASE)
CAPTION = re.compile("caption$", re.IGNORECASE)


def codec_of(page: int) -> str:
    """Return the codec of a Windows code page; the usual one where there is none."""
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return DEFAULT_CODEC
