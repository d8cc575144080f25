"""What is known about Arabic and English: pure functions over text."""

from assistant.language.calendar import date_terms, month_terms, neighbouring_days, time_terms
from assistant.language.clitics import without_article, written_forms
from assistant.language.folding import FoldedText, fold, fold_with_map
from assistant.language.questions import question_language
from assistant.language.scripts import (
    TextLanguage,
    detect_language,
    direction,
    is_in_language,
    main_language,
)
from assistant.language.stemming import bare, is_arabic, stem
from assistant.language.stopwords import question_words, stop_words
from assistant.language.words import (
    PlacedWord,
    content_words,
    grams,
    placed_words,
    stems,
    word_spans,
    words,
)

__all__ = [
    "FoldedText",
    "PlacedWord",
    "TextLanguage",
    "bare",
    "content_words",
    "date_terms",
    "detect_language",
    "direction",
    "fold",
    "fold_with_map",
    "grams",
    "is_arabic",
    "is_in_language",
    "main_language",
    "month_terms",
    "neighbouring_days",
    "placed_words",
    "question_language",
    "question_words",
    "stem",
    "stems",
    "stop_words",
    "time_terms",
    "without_article",
    "word_spans",
    "words",
    "written_forms",
]
