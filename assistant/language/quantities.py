"""Quantity words by kind, and words that bound a number: all, most, some; at least, less than."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.language.folding import fold
from assistant.language.stemming import is_arabic
from assistant.language.tokens import Token

# Words that surely state how many of them, and words that may.
_SURE = {
    "all": "all every each كل جميع كافة",
    "most": "most majority معظم أغلب غالبية أغلبية أكثرية جل",
    "many": "many numerous كثير كثيرون كثيرين الكثير عديد العديد",
    "several": "several عدة بضع بضعة",
    "some": "some بعض",
    "few": "few قليل قليلون القليل قلة",
    "minority": "minority أقلية",
}
_PERHAPS = {
    "all": "entire entirely whole complete completely always any anyone everyone everybody "
    "everything everywhere throughout total fully universal annual annually yearly daily monthly "
    "weekly both unanimous unanimously per various مختلف كامل كاملة بكامل كليا تماما دائما أي أية "
    "طوال سائر عموم كلا كلتا كلها كلهم كليهما جميعا جميعها جميعهم سنويا سنوية سنوي يوميا يومي "
    "يومية شهريا بأكمله بأكملها أجمع إجمالي كلما بأسرها بأسره أينما كلاهما بالكامل شامل",
    "most": "mostly largely mainly primarily predominantly generally chiefly غالبا الغالب أساسا "
    "معظمها معظمهم أغلبهم أغلبها أكثر أكثرها أكثرهم عموما الأكبر most",
    "many": "much lot lots plenty widely often frequently countless multiple large كبير كبيرة "
    "كثيرا كثيرة عديدة الكثيرين العديدة مرارا غالبا وفيرة متعدد متعددة",
    "several": "various multiple number handful couple different متعددة متنوعة مختلفة عدد "
    "عديدة عديد العديد",
    "some": "certain partly partially something sometimes someone few any another part "
    "أحيانا جزئيا جزء معين معينة بعضها بعضهم بعضا قسم أحد إحدى أي ما",
    "few": "little rarely scarcely hardly seldom barely نادرا قلما قليلا قليلة ضئيل",
    "minority": "minorities أقليات",
}
_FOLLOWS_FROM = {
    "all": frozenset(("all",)),
    "most": frozenset(("most", "all")),
    "many": frozenset(("many", "several", "most", "all")),
    "several": frozenset(("several", "some", "many", "most", "all")),
    "some": frozenset(("some", "several", "many", "most", "all", "few")),
    "few": frozenset(("few", "minority")),
    "minority": frozenset(("minority", "few")),
}
_NO_SUPERLATIVE = frozenset("the its their his her our 's s of one among second third next".split())
_NOT_BEHIND = {
    "most": (*_NO_SUPERLATIVE, "at"),
    "all": ("at", "above", "after"),
    "few": ("a", "the", "last", "past", "next", "quite"),
    "many": ("how", "as", "so", "too"),
}
_NOT_BEFORE = {"each": ("other",), "some": ("way", "time", "extent")}
_EACH, _SOME, _OTHER = fold("كل"), fold("بعض"), fold("البعض")
_PREFIXES = ("و", "ف", "ب", "ل", "ال", "وال", "بال", "لل")
_SHORTEST = 2
_UP, _DOWN = "up", "down"
_BEFORE_NUMBER = {
    _UP: "at least|no less than|not less than|no fewer than|a minimum of|more than|over|"
    "upwards of|in excess of|exceeding|exceeded|greater than|"
    "على الأقل|ما لا يقل عن|لا يقل عن|لا تقل عن|ما لا تقل عن|أكثر من|أزيد من|ما يزيد عن|"
    "ما يزيد على|يزيد عن|يزيد على|تزيد عن|تزيد على|ما يربو على|يفوق|تفوق|بأكثر من|لأكثر من|"
    "وأكثر من",
    _DOWN: "at most|no more than|not more than|a maximum of|less than|fewer than|under|up to|"
    "على الأكثر|أقل من|بأقل من|لأقل من|وأقل من|لا يزيد عن|لا يزيد على|لا تزيد عن|لا تزيد على|"
    "ما لا يزيد عن|ما لا يزيد على|لا يتجاوز|لا تتجاوز|لم يتجاوز|لم تتجاوز|دون",
}
_BEHIND_NUMBER = {
    _UP: "at least|or more|على الأقل|أو أكثر|على أقل تقدير",
    _DOWN: "at most|or less|or fewer|على الأكثر|أو أقل|على أكثر تقدير",
}
_LONGEST = 4
_SKIPPED = frozenset(fold("about some around the نحو حوالي").split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A word for how many of them.

    Attributes:
        place: Of its token.
        kind: ``all``, ``most``, ``many``, ``several``, ``some``, ``few`` or ``minority``.
        is_sure: Whether a claim that has it surely states this.
    """

    place: int
    kind: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """What bounds a number.

    Attributes:
        way: ``up`` for that many or more, ``down`` for that many or fewer; empty for no bound.
        places: Of the tokens that say it.
    """

    way: str = ""
    places: tuple[int, ...] = ()


def follows(kind: str, source: str) -> bool:
    """Return whether a quantity follows from another: some of them from all of them."""
    return source in _FOLLOWS_FROM[kind]


@cache
def _words(*, sure: bool) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for kind, names in (_SURE if sure else _PERHAPS).items():
        for word in fold(names).split():
            table[word] = (*table.get(word, ()), kind)
    return table


def find_quantities(tokens: Sequence[Token]) -> tuple[Quantity, ...]:
    """Return the quantity words of a text, in order; one word may be of several kinds."""
    found: list[Quantity] = []
    for place, token in enumerate(tokens):
        sure = _lookup(token.text, sure=True) if _is_sure(tokens, place) else ()
        perhaps = (*_lookup(token.text, sure=False), *_lookup(token.text, sure=True))
        found += [Quantity(place, kind, is_sure=True) for kind in sure]
        found += [
            Quantity(place, k, is_sure=False) for k in dict.fromkeys(perhaps) if k not in sure
        ]
    return tuple(found)


def _lookup(word: str, *, sure: bool) -> tuple[str, ...]:
    table = _words(sure=sure)
    if word in table or not is_arabic(word):
        return table.get(word, ())
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _SHORTEST and rest in table:
            return table[rest]
    return ()


def _is_sure(tokens: Sequence[Token], place: int) -> bool:
    word = tokens[place].text
    before = tokens[place - 1].text if place else ""
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if before in _NOT_BEHIND.get(word, ()) or after in _NOT_BEFORE.get(word, ()):
        return False
    if word == "most":
        return after == "of" or after.endswith("s")
    if word == "all":
        # "In all" is the sum.
        return before != "in" or (bool(after) and not tokens[place + 1].before.strip())
    if word == "some":
        return not after[:1].isdigit()
    # "Each of the two" is both, and «بعضها البعض» each other.
    is_both = word.endswith(_EACH) and after == "من"
    return not is_both and not (word == _OTHER and before.startswith(_SOME))


@cache
def _phrases(*, behind: bool) -> Mapping[tuple[str, ...], str]:
    table = _BEHIND_NUMBER if behind else _BEFORE_NUMBER
    return {
        tuple(fold(phrase).split()): way
        for way, names in table.items()
        for phrase in names.split("|")
    }


def limit_of(tokens: Sequence[Token], first: int, last: int) -> Limit:
    """Return what bounds a number.

    Args:
        tokens: All tokens of a text.
        first: Place of the number's first token.
        last: Place behind its last one.
    """
    end = first
    while end and tokens[end - 1].text in _SKIPPED | {"$"}:
        end -= 1
    for length in range(min(_LONGEST, end), 0, -1):
        before = tuple(token.text for token in tokens[max(0, end - length) : end])
        if before in _phrases(behind=False):
            return Limit(_phrases(behind=False)[before], tuple(range(end - length, end)))
    for start in range(last, min(last + _LONGEST, len(tokens))):
        for length in (3, 2):
            after = tuple(token.text for token in tokens[start : start + length])
            if after in _phrases(behind=True):
                return Limit(_phrases(behind=True)[after], tuple(range(start, start + length)))
    return Limit()
