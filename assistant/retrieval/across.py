"""What a word is in the other script, where the tables leave little doubt.

A translation counts where one direction of the table is likely and the other does not speak
against it; a name where it sounds alike and the tables do not know both words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.language import bare, is_arabic, stem, stop_words, written_forms
from assistant.lexicon import name_vectors, translated_by, translations
from assistant.library import Field, Library
from assistant.retrieval.asked_words import Asked, AskedWord
from assistant.retrieval.names import NameMatcher
from assistant.schema import Relation

# Chosen on pairs of common words and names, none of them from the evaluation's questions.
_LIKELY, _BOTH_WAYS = 0.5, 0.05
_SOUNDS_ALIKE = 0.9
# As cosines: the same name, and what is neither that nor a word of another kind.
_SAME_NAME, _OTHER_NAME = 0.78, (0.35, 0.55)
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
    return replace(asked, others=others, other_words=_with_clitics(others, library))


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
    return [
        other
        for other, likeness in found.items()
        # Two words that the tables know and do not call the same only sound alike: Qatar, a train.
        if likeness >= _SOUNDS_ALIKE and not (translations(other) and translations(asked.stem))
    ]


def _without_other_names(asked: AskedWord, translated: list[str], *, is_named: bool) -> list[str]:
    """Leave out names of which a likelier one is known: of a stem that several names share."""
    vectors = name_vectors([bare(asked.word), *translated])
    cosines = (vectors[1:] @ vectors[0]).tolist()
    if not is_named and max(cosines, default=0.0) < _SAME_NAME:
        return translated
    low, high = _OTHER_NAME
    return [t for t, c in zip(translated, cosines, strict=True) if not low <= c < high]


def _with_clitics(others: Mapping[str, Relation], library: Library) -> dict[str, Relation]:
    """Return the forms of words that the stemmer gives other stems.

    A word whose first letter looks like a clitic loses it, and keeps it behind another one.
    """
    forms: dict[str, Relation] = {}
    for other, relation in others.items():
        if not is_arabic(other):
            continue
        whole = [w for w in (f"{letter}{other}" for letter in _CLITICS) if stem(w) == other]
        terms: list[tuple[Field, str]] = [("word", word) for word in whole]
        for word, count in zip(whole, library.terms.frequencies(terms), strict=True):
            if count:
                forms |= dict.fromkeys(written_forms(word) - stop_words(), relation)
    return forms
