"""Units of measure, currencies and eras, under one name for all their spellings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from assistant.language.folding import fold
from assistant.language.tokens import Token

_UNITS = {
    "percent": "% ٪ percent percentage pct بالمئة بالمائة المئة المائة",
    "point": "نقطة نقاط points",
    "kilometre": "km kms kilometre kilometres kilometer kilometers "
    "كيلومتر كيلومترا كيلومترات كم كلم",
    "mile": "mile miles ميل ميلا أميال",
    "metre": "m metre metres meter meters متر مترا أمتار",
    "centimetre": "cm centimetre centimetres centimeter centimeters سم سنتيمتر سنتيمترا سنتيمترات",
    "millimetre": "mm millimetre millimetres millimeter millimeters ملم مليمتر مليمترا مليمترات",
    "foot": "ft foot feet قدم قدما أقدام",
    "inch": "inch inches بوصة بوصات إنش",
    "yard": "yard yards ياردة ياردات",
    "hectare": "ha hectare hectares هكتار هكتارا هكتارات",
    "acre": "acre acres فدان فدانا أفدنة",
    "kilogram": "kg kilo kilos kilogram kilograms كغ كجم كيلوغرام كيلوغراما كيلوجرام كيلوجراما",
    "gram": "g gram grams grammes غرام غراما جرام جراما غرامات",
    "ton": "ton tons tonne tonnes طن طنا أطنان",
    "pound_weight": "lb lbs pound pounds رطل رطلا أرطال",
    "litre": "litre litres liter liters لتر لترا لترات ليتر ليترا",
    "gallon": "gallon gallons غالون غالونا جالون جالونا",
    "barrel": "barrel barrels برميل برميلا براميل",
    "watt": "watt watts واط واطا",
    "kilowatt": "kw kilowatt kilowatts كيلوواط",
    "megawatt": "mw megawatt megawatts ميغاواط ميجاواط",
    "hertz": "hz hertz هرتز",
    "celsius": "celsius centigrade مئوية",
    "fahrenheit": "fahrenheit فهرنهايت",
    "second": "second seconds ثانية ثوان ثواني",
    "minute": "minute minutes min دقيقة دقائق",
    "hour": "hour hours hr hrs ساعة ساعات",
    "day": "day days يوم يوما أيام",
    "week": "week weeks أسبوع أسبوعا أسابيع",
    "month": "month months شهر شهرا أشهر شهور",
    "year": "year years عام عاما أعوام سنة سنوات سنين",
    "decade": "decade decades عقد عقدا عقود",
    "century": "century centuries قرن قرنا قرون",
    "dollar": "$ usd dollar dollars دولار دولارا دولارات",
    "euro": "€ eur euro euros يورو",
    "pound_sterling": "£ gbp pound pounds جنيه جنيها جنيهات",
    "yen": "¥ jpy yen ين",
    "yuan": "yuan renminbi يوان",
    "dinar": "dinar dinars دينار دينارا دنانير",
    "dirham": "dirham dirhams درهم درهما دراهم",
    "riyal": "riyal riyals rial rials ريال ريالا ريالات",
    "lira": "lira liras ليرة ليرات",
    "rupee": "rupee rupees روبية روبيات",
    "rouble": "rouble roubles ruble rubles روبل روبلا",
    "franc": "franc francs فرنك فرنكا فرنكات",
    "bc": "bc bce",
    "ad": "ad ce ميلادي ميلادية",
}
CURRENCY_SIGNS = frozenset("$€£¥")
ERAS = frozenset(("bc", "ad"))
# Between a number and its unit: "12 per cent", "5 of the miles", "10 square metres".
_BETWEEN = frozenset(fold("square cubic sq of the من nautical").split())
_PERCENT = tuple(
    tuple(fold(name).split()) for name in ("per cent", "في المئة", "في المائة", "من المئة")
)
_BEFORE_CHRIST = tuple(
    tuple(fold(name).split()) for name in ("ق م", "قبل الميلاد", "before christ", "b c")
)
_NO_UNITS: frozenset[str] = frozenset()
_LONGEST_PREFIX = 2


@cache
def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for unit, names in _UNITS.items():
        for word in fold(names).split():
            table[word] = table.get(word, _NO_UNITS) | {unit}
    return table


def units_of(word: str) -> frozenset[str]:
    """Return the units that a folded word may name: pounds weigh and pay.

    Args:
        word: A folded word or sign, with or without an Arabic article or preposition.
    """
    table = _table()
    if word in table:
        return table[word]
    for prefix in ("وال", "بال", "ال", "لل", "و", "ب", "ل"):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > _LONGEST_PREFIX and rest in table:
            return table[rest]
    return _NO_UNITS


def unit_after(tokens: Sequence[Token], place: int) -> tuple[frozenset[str], int]:
    """Return the units named at a place behind a number, and the place behind their words.

    Args:
        tokens: All tokens of a text.
        place: Of the token behind the number.

    Returns:
        The units, and the place as it was where there are none.
    """
    following = tuple(token.text for token in tokens[place : place + 2])
    if following in _PERCENT:
        return frozenset(("percent",)), place + 2
    if following in _BEFORE_CHRIST:
        return frozenset(("bc",)), place + 2
    if not following:
        return _NO_UNITS, place
    found = units_of(following[0])
    if found:
        return found, place + 1
    if following[0] in _BETWEEN and len(following) > 1 and units_of(following[1]):
        return units_of(following[1]), place + 2
    return _NO_UNITS, place
