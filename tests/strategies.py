"""Hypothesis strategies that several tests share: text as people and programs write it."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

# As a decorator: enough examples to matter, and no deadline on a busy machine.
THOROUGH = settings(deadline=None, max_examples=150)

ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱگکیپچ"
TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
TATWEEL = "\u0640"
# Lam with alef, single letters, whole phrases, and a medial fatha.
PRESENTATION = "\ufefb\ufefc\ufef5\ufef7\ufef9\ufe8d\ufe91\ufee0\ufed3\ufdf2\ufdfa\ufe77"
LATIN = "abcdehilmnorstuxyzABCDEINRSTUéÉöçñßŁﬁ"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹²½"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202e\u2066\u2067\u2069\ufeff"
PUNCTUATION = ".,:;!?،؛؟۔…'’\"«»“”()[]{}-–—_*/\\#@&<>|~`$%٪٫٬"
SPACES = " \t\u00a0\u202f\u3000"
LINE_ENDS = ("\n", "\r\n", "\r", "\u2028", "\x0c")

# Words that a splitter, a stemmer or a list of stop words may trip over.
WORDS = (
    *("Mr", "Dr", "e.g", "U.S", "No", "etc", "Then", "the", "iPhone", "don't", "node.js"),
    *("المشاورات", "وزارة", "قال", "هل", "إلخ", "د", "ق.م", "كَتَبَ", "فـي", "لن"),
    *("1,234.5", "١٬٢٣٤٫٥", "3.14", "2024", "12:30", "كوفيد19", "بالـPDF", "a@b.com"),
)


def _characters() -> st.SearchStrategy[str]:
    of_arabic = st.sampled_from(ARABIC + TASHKEEL + TATWEEL + PRESENTATION)
    of_others = st.sampled_from(LATIN + DIGITS + INVISIBLE)
    between = st.sampled_from([*PUNCTUATION, *SPACES, *LINE_ENDS])
    return st.one_of(of_arabic, of_others, between)


def mixed_text(longest: int = 40) -> st.SearchStrategy[str]:
    """Return texts of words and characters of both languages, with what hides between them."""
    anything = st.characters(exclude_categories=["Cs"])
    pieces = st.one_of(_characters(), st.sampled_from(WORDS), st.just(" "), anything)
    return st.lists(pieces, max_size=longest).map("".join)


def prose(longest: int = 12) -> st.SearchStrategy[str]:
    """Return texts of short sentences, well and badly ended, Arabic and English."""
    sentence = st.builds(
        lambda words, end: " ".join(words) + end,
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
        st.sampled_from([". ", "؟ ", "! ", "… ", '." ', ".» ", "؛ ", "، ", "\n", ".\n", ".", " "]),
    )
    return st.lists(sentence, max_size=longest).map("".join)
