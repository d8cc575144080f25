"""What a question's words stand for in a text: in its own language, and in the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.language import is_arabic
from assistant.lexicon import related, translated_by, translations
from assistant.library import Library
from assistant.retrieval.names import NameMatcher
from assistant.retrieval.query import Query
from assistant.retrieval.weights import term_weights

# Evens the translations out a little: the likeliest one is often not the text's.
_SHARPNESS = 0.8
# A likeness in sound says less where translations are known.
_BESIDE_TRANSLATIONS = 0.6
_LEAST_DOUBT = 0.2
# In a sentence that was found, even an unlikely translation is most often meant.
_LIKELY_AT_ALL, _LEAST_LIKELY = 0.35, 0.02
_RELATED = 0.8
_NEARBY_DAY = 0.9


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a stem of a question may be in texts of the other language.

    Attributes:
        stem: The stem.
        count: How often the question has it.
        forward: Stems that the library holds, by how likely they translate it, 0 to 1.
        backward: Stems that the library holds, by how likely it translates them.
    """

    stem: str
    count: int
    forward: Mapping[str, float]
    backward: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with what is known of its words.

    Attributes:
        query: The question.
        meanings: Its stems in the other language.
        alternatives: For each stem all that may stand for it in either language, with weights
            above 0 and at most 1; itself has 1.
        weights: How telling each stem is, in nats.
    """

    query: Query
    meanings: Sequence[Meaning]
    alternatives: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, float]

    @property
    def other_language(self) -> str:
        """The language that the question is not in."""
        return "en" if self.query.language == "ar" else "ar"


def understand(query: Query, library: Library, names: NameMatcher) -> Understood:
    """Return a question with what its words may be in the texts of a library.

    Args:
        query: The question.
        library: Where it is asked; translations that it does not hold are left out.
        names: Matches names by their sound.
    """
    arabic = query.language == "ar"
    sounds = names.match([word for word in query.words if is_arabic(word) is arabic])
    found = [
        _meaning(stem, count, sounds.get(stem, {}), library) for stem, count in query.stems.items()
    ]
    return Understood(
        query=query,
        meanings=found,
        alternatives={
            meaning.stem: _alternatives(meaning, sounds.get(meaning.stem, {}))
            | _days(meaning.stem, query)
            for meaning in found
        },
        weights=term_weights(query.stems, library),
    )


def _meaning(stem: str, count: int, sounds: Mapping[str, float], library: Library) -> Meaning:
    held = _held(translations(stem), library)
    total = sum(p**_SHARPNESS for p in held.values())
    forward = {other: p**_SHARPNESS / total for other, p in held.items()}
    backward = _held(translated_by(stem), library)
    for other, likeness in _held(sounds, library).items():
        alone = other in held or not held
        weight = likeness if alone else _BESIDE_TRANSLATIONS * likeness
        forward[other] = max(forward.get(other, 0.0), weight)
        backward[other] = max(backward.get(other, 0.0), weight)
    if library.terms.frequencies([("stem", stem)])[0]:
        # A number, or a word that texts of the other language leave in its own script.
        forward[stem] = backward[stem] = 1.0
    return Meaning(stem, count, forward, backward)


def _days(stem: str, query: Query) -> dict[str, float]:
    """Return the days that a Hijri date's term, or a number of that date, stands for too."""
    if stem in query.nearby:
        return dict.fromkeys(query.nearby[stem], _NEARBY_DAY)
    if not stem.isdigit():
        return {}
    meant = dict.fromkeys(query.nearby, 1.0)
    return dict.fromkeys((d for days in query.nearby.values() for d in days), _NEARBY_DAY) | meant


def _held(stems: Mapping[str, float], library: Library) -> dict[str, float]:
    """Return those stems that a library holds."""
    names = list(stems)
    counts = library.terms.frequencies([("stem", name) for name in names])
    return {name: stems[name] for name, count in zip(names, counts, strict=True) if count}


def _alternatives(meaning: Meaning, sounds: Mapping[str, float]) -> dict[str, float]:
    """Return what may stand for a stem in a sentence, by how far it would be the same.

    Not by its share among the translations that the library holds: the only one of these may be an
    unlikely one. A likeness in sound is weaker evidence where the table knows the word.
    """
    known = translations(meaning.stem)
    weights = {
        other: min(1.0, _LIKELY_AT_ALL + p)
        for other, p in known.items()
        if p > _LEAST_LIKELY and other in meaning.forward
    }
    # The surer a translation, the less a word that only sounds like the name is it: Peru, Russia.
    doubt = _BESIDE_TRANSLATIONS * max(_LEAST_DOUBT, 1 - max(known.values())) if known else 1.0
    for other, likeness in sounds.items():
        weights[other] = max(weights.get(other, 0.0), doubt * likeness)
    for other, likeness in related(meaning.stem).items():
        weights[other] = max(weights.get(other, 0.0), _RELATED * likeness)
    return weights | {meaning.stem: 1.0}
