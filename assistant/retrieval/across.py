"""What a word is in the other script, where the tables leave little doubt.

A translation counts where one direction of the table is likely and the other does not speak
against it; a name where it sounds alike and the tables do not know both words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.language import bare, is_arabic, stem, stop_words, without_article, written_forms
from assistant.lexicon import name_vectors, translated_by, translations
from assistant.library import Field, Library
from assistant.retrieval.asked_words import Asked, AskedWord
from assistant.retrieval.names import NameMatcher
from assistant.schema import Relation

# Chosen on pairs of common words and names, none of them from the evaluation's questions.
_LIKELY, _BOTH_WAYS = 0.5, 0.05
_SOUNDS_ALIKE = 0.9
# As cosines: the same name, its stem, and what is neither that nor a word of another kind.
_SAME_NAME, _SAME_WORD, _OTHER_NAME = 0.78, 0.7, (0.35, 0.55)
_CLITICS = "\u0648\u0641\u0628\u0644"  # waw, feh, beh, lam


def across_scripts(asked: Asked, library: Library, names: NameMatcher) -> Asked:
    """Return what is asked for with what its words are in the other script.

    Args:
        asked: Words that are not quoted.
        library: Where they are looked for: the words that it holds.
        names: Matches names by their sound.
    """
    return replace(
        asked,
        words=tuple(w if w.is_stop else _with_others(w, library, names) for w in asked.words),
    )


def _with_others(asked: AskedWord, library: Library, names: NameMatcher) -> AskedWord:
    translated = _translations(asked)
    spoken = _names(asked, names)
    translated = _without_other_names(asked, translated, is_named=bool(spoken))
    others: dict[str, Relation] = dict.fromkeys(translated, "translation")
    others |= dict.fromkeys((name for name in spoken if name not in translated), "name")
    whole = _whole_words(others, library)
    words = ((form, r) for word, r in whole.items() for form in written_forms(word) - stop_words())
    return replace(asked, others=others, other_words=dict(words))


def _translations(asked: AskedWord) -> list[str]:
    back = translated_by(asked.stem)
    return [
        other
        for other, there in translations(asked.stem).items()
        if is_arabic(other) != is_arabic(asked.word)
        and max(there, back.get(other, 0.0)) >= _LIKELY
        and there * back.get(other, 0.0) >= _BOTH_WAYS
    ]


def _names(asked: AskedWord, names: NameMatcher) -> list[str]:
    found = names.match([asked.word]).get(asked.stem, {})
    # Two words that the tables know and do not call the same only sound alike: Qatar, a train.
    alike = [
        other
        for other, likeness in found.items()
        if likeness >= _SOUNDS_ALIKE and not (translations(other) and translations(asked.stem))
    ]
    if not alike or not is_arabic(asked.word):
        return alike
    # Of the word as it is, not less its first letter: what is left of Wahran sounds like others.
    vectors = name_vectors([without_article(asked.word), *alike])
    cosines = (vectors[1:] @ vectors[0]).tolist()
    return [other for other, cosine in zip(alike, cosines, strict=True) if cosine >= _SAME_WORD]


def _without_other_names(asked: AskedWord, translated: list[str], *, is_named: bool) -> list[str]:
    """Leave out names of which a likelier one is known: of a stem that several names share."""
    vectors = name_vectors([bare(asked.word), *translated])
    cosines = (vectors[1:] @ vectors[0]).tolist()
    if not is_named and max(cosines, default=0.0) < _SAME_NAME:
        return translated
    low, high = _OTHER_NAME
    return [t for t, c in zip(translated, cosines, strict=True) if not low <= c < high]


def _whole_words(others: Mapping[str, Relation], library: Library) -> dict[str, Relation]:
    """Return the words of a library that may have lost their first letter in some of the stems.

    A word whose first letter looks like a clitic loses it, and keeps it behind another one.
    """
    whole = {
        f"{letter}{other}": relation
        for other, relation in others.items()
        if is_arabic(other)
        for letter in _CLITICS
        if stem(f"{letter}{other}") == other
    }
    terms: list[tuple[Field, str]] = [("word", word) for word in whole]
    counts = library.terms.frequencies(terms)
    return {word: whole[word] for word, count in zip(whole, counts, strict=True) if count}
