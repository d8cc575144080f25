"""Words before a full stop that do not end a sentence, and words that plainly begin one."""

from __future__ import annotations

# Always followed by what they introduce.
INTRODUCING = frozenset(
    """
    mr mrs ms messrs dr prof st sen rep gen gov rev hon cllr col lt sgt capt cmdr adm maj supt
    mt v vs cf e.g i.e viz ca
    """.split()
)

# Abbreviations before a number ("No. 5", "Fig. 2"), else words.
BEFORE_NUMBER = frozenset("no art arts par fig".split())

# Of those the ones that may stand before a name too ("Art. Blakey").
BEFORE_NAME = frozenset(("art",))

# These end a sentence only where a plain beginning follows, and never before a number.
MAY_END = frozenset(
    """
    etc inc ltd co corp jr sr llc plc bros dept univ assn ed eds trans approx est al ft ave
    blvd rd jan feb mar apr jun jul aug sept sep oct nov dec
    nos p pp vol vols op cit ibid ch sec figs eq ser ss
    """.split()
)

STARTERS = frozenset(
    """
    a after again all although among an and another any as at because before both but by
    despite during each even every few first for from further he hence her here his how
    however i if in indeed it its later many meanwhile most my no nobody nor not now on once
    one only or other our perhaps second several she since so some soon still such that the
    their then there therefore these they this those though through thus to today two under
    until we what when where whether which while who why with yesterday yet you
    """.split()
)

# Arabic words that begin a sentence, even behind an abbreviation in Latin letters.
ARABIC_STARTERS = frozenset(
    """
    أما وأما وقد لقد ولقد كما لكن ولكن ولم وكان وكانت وقال وقالت وأضاف وأضافت وأكد وأكدت
    """.split()
)

# With "and" in front too: "ود." is "and Dr."
ARABIC_INITIALS_WITH_AND = frozenset(("ود", "وأ", "وم"))

ARABIC_ETC = frozenset(("إلخ", "الخ"))

# After the closing quote these go on with the sentence that holds the quotation.
ARABIC_CONTINUATIONS = frozenset(
    """
    قال قالت قالوا يقول تقول صرح صرّح صرحت صرّحت أضاف أضافت أكد أكّد أكدت أكّدت سأل سألت
    أجاب أجابت صاح صاحت هتف هتفت همس همست ثم بحسب حسب وفق وفقا وفقًا وفقاً على في من إلى عن
    بعد قبل
    """.split()
)

ARABIC_QUESTION_STARTERS = frozenset("هل ماذا لماذا متى أين كيف من ما كم أليس ألم".split())

# After "etc." and after the mark of an era these go on with the same sentence.
ARABIC_CONNECTORS = frozenset(
    "في على من إلى عن بعد قبل حتى مع بين عند منذ خلال تحت فوق ضد دون نحو لدى بسبب أو أم بل".split()
)
