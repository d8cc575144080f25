"""Documents about towns that are in no atlas, made by a recipe, and questions that they answer.

Every document is of one town and says six things of it, in Arabic or in English, between sentences
that say little. A later edition of a document says other things in all of its sentences, so that
editions can't be mistaken for each other.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

LANGUAGES = ("ar", "en")
_LATIN = "Kar Vel Mor Tis Lan Dur Bes Qin Rov Hal Zem Nis".split()
_ARABIC = "كار فيل مور تيس لان دور بيس كين روف هال زيم نيس".split()
_PEOPLE = {
    "ar": "سليم حداد,ليلى منصور,كريم بشارة,هدى الراوي,نبيل شاهين,مريم قاسم,فؤاد زيدان,سلوى نجار",
    "en": "Adam Whitlock,Clara Benning,Hugo Farrow,Edith Marsh,Owen Tilbury,Ruth Calder,Ivan Prell",
}
_GOODS = {
    "ar": "القمح,الزيتون,الصوف,الملح,الخشب,التمر,النحاس,الكتان",
    "en": "wheat,olives,wool,salt,timber,dates,copper,linen",
}
_FACTS = {
    "ar": (
        "بُني جسر {town} عام {year} بإشراف المهندس {person}.",
        "يرأس مجلس بلدية {town} منذ عام {later} {mayor}.",
        "بلغ عدد سكان {town} في آخر إحصاء {count} نسمة.",
        "تشتهر أسواق {town} بتجارة {goods} منذ القرن الماضي.",
        "افتُتحت مكتبة {town} العامة عام {opened} في شارع الميناء رقم {number}.",
        "تسكن عائلة {person} في {town} وتملك فيها {few} مطاحن.",
    ),
    "en": (
        "The bridge of {town} was built in {year} under the engineer {person}.",
        "{mayor} has chaired the town council of {town} since {later}.",
        "The population of {town} was {count} at the last census.",
        "The markets of {town} have been known for trade in {goods} since the last century.",
        "The public library of {town} opened in {opened} at number {number}, Harbour Street.",
        "The family of {person} lives in {town} and owns {few} mills there.",
    ),
}
_BETWEEN = {
    "ar": (
        "وجاء في الطبعة {edition} من دليل {town} أن الطريق إليها طويل في الشتاء.",
        "ويذكر الدليل في طبعته {edition} حدائق {town} ومرافئها الصغيرة.",
    ),
    "en": (
        "Edition {edition} of the guide to {town} says that the road there is long in winter.",
        "The guide to {town} names its gardens and small quays in edition {edition}.",
    ),
}
_ASKED = {
    "ar": (
        "متى بُني جسر {town}؟",
        "من يرأس مجلس بلدية {town}؟",
        "كم عدد سكان {town}؟",
        "بماذا تشتهر أسواق {town}؟",
        "متى افتُتحت مكتبة {town} العامة؟",
        "كم مطحنة تملك العائلة في {town}؟",
    ),
    "en": (
        "When was the bridge of {town} built?",
        "Who chairs the town council of {town}?",
        "What is the population of {town}?",
        "What are the markets of {town} known for?",
        "When did the public library of {town} open?",
        "How many mills does the family in {town} own?",
    ),
}
_FURTHER = {
    "ar": ("ومن أشرف على ذلك؟", "ومتى افتُتحت مكتبتها؟", "وكم عدد سكانها؟"),
    "en": ("And who was in charge of it?", "And when did its library open?", "And its population?"),
}


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its number; any number from 0 to 1,727 has a name of its own."""

    number: int

    @property
    def language(self) -> str:
        """Language of its document."""
        return LANGUAGES[self.number % 2]

    def name(self, language: str) -> str:
        """Return its name in a language."""
        parts = _ARABIC if language == "ar" else _LATIN
        # A step without a common divisor, so that neighbours do not look alike.
        at = self.number * 601 % 12**3
        word = "".join(parts[at // 12**power % 12] for power in range(3))
        return word if language == "ar" else word.capitalize()

    def text(self, edition: int = 1) -> str:
        """Return its document in some edition."""
        chance = random.Random(f"{self.number} {edition}")  # noqa: S311  # a recipe, no secret
        language = self.language
        people = _PEOPLE[language].split(",")
        values = {
            "town": self.name(language),
            "edition": edition,
            "year": chance.randint(1850, 1950),
            "later": chance.randint(1990, 2020),
            "opened": chance.randint(1951, 1989),
            "count": chance.randint(2_000, 90_000),
            "number": chance.randint(2, 99),
            "few": chance.randint(3, 9),
            "person": chance.choice(people),
            "mayor": chance.choice(people),
            "goods": chance.choice(_GOODS[language].split(",")),
        }
        facts, between = _FACTS[language], _BETWEEN[language]
        heads = {"ar": "دليل {town}", "en": "A guide to {town}"}
        parts = [heads[language].format(**values)]
        for start in range(0, len(facts), 2):
            said = [*facts[start : start + 2], chance.choice(between)]
            # The edition in every paragraph tells the editions apart, whatever chance repeats.
            parts.append(" ".join(said).format(**values))
        return "\n\n".join(parts) + f"\n\n{values['town']} {edition}/{self.number}.\n"

    def question(self, chance: random.Random, language: str = "") -> str:
        """Return a question that its document answers.

        Args:
            chance: Chooses among six.
            language: Of the question; empty for the document's.
        """
        asked = language or self.language
        return chance.choice(_ASKED[asked]).format(town=self.name(asked))


def further(chance: random.Random, language: str) -> str:
    """Return a question that needs the one before it."""
    return chance.choice(_FURTHER[language])
