"""Short questions about things of which a document says nothing.

People try an assistant with "What is the population of …?". Such questions hold little more than
what the document is about, and hardly any of the annotated ones are like that.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.evaluation import Question
from assistant.language import content_words, is_arabic, main_language, stem
from assistant.lexicon import is_place, knows
from assistant.library import Library
from assistant.retrieval import analyse
from assistant.retrieval.findings import Findings

PROPERTIES = {
    "en": (
        "population capital area president currency founder owner height length age price budget "
        "religion flag anthem climate temperature director coach author mother wife birthday "
        "address weight colour speed depth language mayor salary nickname"
    ).split(),
    "ar": (
        "عاصمة|مساحة|عدد سكان|رئيس|عملة|مؤسس|مالك|ارتفاع|طول|عمر|سعر|ميزانية|ديانة|علم|نشيد|مناخ"
        "|درجة حرارة|مدير|مدرب|مؤلف|والدة|زوجة|تاريخ ميلاد|عنوان|وزن|لون|سرعة|عمق|لغة|عمدة|راتب|لقب"
    ).split("|"),
}
FORMS = {
    "en": ("What is the {} of {}?", "What was the {} of {}?"),
    "ar": ("ما {} {}؟", "ما هي {} {}؟"),
}
# So many are tried with each document.
TRIED = 10
# A property counts as named where the document has a translation of it that is as likely.
LIKELY = 0.6


def unsaid(questions: Sequence[Question], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield questions about what other questions are mostly about, each with its property.

    Args:
        questions: Questions in one language about one document.
        chance: Chooses properties and forms.
    """
    subject = _subject(questions)
    if not subject:
        return
    language = main_language(questions[0].text)
    for name in chance.sample(PROPERTIES[language], TRIED):
        named = subject if language == "ar" else subject.capitalize()
        yield chance.choice(FORMS[language]).format(name, named), name


def is_named(name: str, findings: Findings, library: Library) -> bool:
    """Return whether a library has all words of a property, or likely translations of them all."""
    stems = [stem(word) for word in content_words(name)]
    others = findings.asked.alternatives
    return all(
        library.terms.frequencies([("stem", own)])[0]
        or any(other != own and w >= LIKELY for other, w in others.get(own, {}).items())
        for own in stems
    )


def _subject(questions: Sequence[Question]) -> str | None:
    """Return the name that is commonest in questions."""
    counts = Counter(
        word
        for question in questions
        for names in [analyse(question.text).names]
        for word in content_words(question.text)
        if not word.isdigit() and _is_name(word, stem(word) in names)
    )
    return counts.most_common(1)[0][0] if counts else None


def _is_name(word: str, is_capitalised: bool) -> bool:  # of a word, read at once
    own = stem(word)
    return is_place(own) or (not knows(own) if is_arabic(word) else is_capitalised)
