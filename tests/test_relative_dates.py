"""Days named from the day of writing: what is told, what is left alone, in both languages."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import mixed_text

from assistant.language.relative_dates import names_time, resolve

SATURDAY = date(2024, 2, 10)  # the day of writing of all rows

# Text, then for each what stands there and its first and last day; a reason where it is not plain.
ENGLISH = [
    ("It opened yesterday.", [("yesterday", "2024-02-09")]),
    ("It opened the day before yesterday.", [("the day before yesterday", "2024-02-08")]),
    ("It will open tomorrow.", [("tomorrow", "2024-02-11")]),
    ("It opens the day after tomorrow.", [("the day after tomorrow", "2024-02-12")]),
    ("He left earlier today.", [("earlier today", "2024-02-10")]),
    ("Today the museum keeps 8,400 coins.", []),  # nowadays
    ("Police closed the road on Friday.", [("Friday", "2024-02-09")]),
    ("Police closed the road on Saturday.", [("Saturday", "2024-02-10")]),  # today
    ("Police closed the road on Sunday.", [("Sunday", "2024-02-04")]),
    ("Police closed the road last Saturday.", [("last Saturday", "2024-02-03")]),
    ("Police closed the road last Friday.", [("last Friday", "2024-02-09")]),
    ("The board will meet on Friday.", [("Friday", "2024-02-16")]),
    ("The board will meet on Saturday.", [("Saturday", "2024-02-10")]),  # today
    ("The board is expected to meet next Friday.", [("next Friday", "2024-02-16")]),
    ("The board meets this coming Saturday.", [("this coming Saturday", "2024-02-17")]),
    ("On Friday, the board will meet.", [("Friday", "2024-02-16")]),
    ("The minister said on Friday the bridge will open in May.", [("Friday", "2024-02-09")]),
    ("On Friday the minister said he will resign.", [("Friday", "2024-02-09")]),
    ("The bridge will open in May, the minister said Friday.", [("Friday", "2024-02-09")]),
    ("The board met again on Friday and will decide.", []),  # doubtful
    ("The team plays Brazil on Friday.", []),  # a present
    ("The team plays this Friday.", []),  # doubtful
    ("Friday's meeting lasted three hours.", [("Friday", "2024-02-09")]),
    ("Entry is free on Fridays.", []),
    ("They meet every Friday in the bakery.", []),
    ("Shops opened early on Black Friday.", []),
    ("Talks go on until Friday.", []),
    ("Bids are due by Monday.", []),
    ("On Friday, 2 February 2024, it rained.", []),  # a date of its own
    ("It rained on Friday (Feb. 2).", [("Feb. 2", "2024-02-02")]),
    ("It rained on 2 February, Friday.", [("2 February", "2024-02-02")]),
    ("the friday market is large", []),
    ("Yesterday, Friday, it rained.", [("Yesterday, Friday", "2024-02-09")]),
    ("Yesterday, Monday, it rained and last month too.", []),  # they disagree
    ("He said: “We met yesterday.”", []),  # whose yesterday?
    ('He said: "We met on Friday."', []),
    ("The strike began three days ago.", [("three days ago", "2024-02-07")]),
    ("The strike began 12 days ago.", [("12 days ago", "2024-01-29")]),
    ("Sales fell last month.", [("last month", "2024-01-01", "2024-01-31")]),
    ("Sales will rise next month.", [("next month", "2024-03-01", "2024-03-31")]),
    ("Sales rose this month.", [("this month", "2024-02-01", "2024-02-29")]),
    ("The dam was built last year.", [("last year", "2023-01-01", "2023-12-31")]),
    ("Sales fell over the last year.", []),  # twelve months
    ("The dam opens next year.", [("next year", "2025-01-01", "2025-12-31")]),
    (
        "The mayor said on Friday that the dam was opened last month.",
        [("Friday", "2024-02-09"), ("last month", "2024-01-01", "2024-01-31")],
    ),
    ("It was built in 1974.", []),
    ("It rained on 3 February.", [("3 February", "2024-02-03")]),
    ("It rained on February 3.", [("February 3", "2024-02-03")]),
    ("It rained on Feb. 3rd and snowed.", [("Feb. 3rd", "2024-02-03")]),
    ("It rained on the 3rd of February.", [("3rd of February", "2024-02-03")]),
    ("On 28 December it rained.", [("28 December", "2023-12-28")]),  # the nearest one
    ("It rained on 10 February.", [("10 February", "2024-02-10")]),  # today
    ("It rained on Saturday, 3 February.", [("3 February", "2024-02-03")]),
    ("The vote was on Friday, 3 May.", [("3 May", "2024-05-03")]),  # in 2023 no Friday
    ("It rained on Monday, 3 February.", []),  # in none of the three years
    ("The board will meet on 3 May.", [("3 May", "2024-05-03")]),
    ("The board will meet on 3 January.", [("3 January", "2025-01-03")]),
    ("The team plays Brazil on 3 May.", [("3 May", "2024-05-03")]),
    ("Police closed the road on 3 May.", []),  # past or to come?
    ("It rained on 3 May last year.", [("3 May last year", "2023-05-03")]),
    ("It rained on May 3 of last year.", [("May 3 of last year", "2023-05-03")]),
    ("The dam opens on 3 May next year.", [("3 May next year", "2025-05-03")]),
    ("It rained on 3 February this year.", [("3 February this year", "2024-02-03")]),
    ("It rained on 3 February 2023.", []),  # a date of its own
    ("It rained on February 3, 2023.", []),
    ("It rained on 3 February 624 AD.", []),
    ("On 3 February, 200 people came.", [("3 February", "2024-02-03")]),
    ("In 1962 it rained on 3 February.", []),  # of that year
    ("On 3 February the 2024 budget was passed.", [("3 February", "2024-02-03")]),
    ("The fair is held on 3 February every year.", []),
    ("The fair is held every 3 February.", []),
    ("The fair is held annually on 3 February.", []),
    ("The 4 January movement won.", []),  # a name
    ("The attack of January 6 was debated.", []),
    ("It rained from 3 to 5 February.", []),  # not a day
    ("It rained on 30 February.", []),  # no day
    ("Rule 3 may apply, and on 3 may too.", []),
    ("It scored on 3 March goals of the 14.", []),  # past or to come?
    ("The dam opened on 29 February.", []),  # past or to come?
    ("The dam will open on 29 February.", [("29 February", "2024-02-29")]),
    ("Sales fell last week.", [("last week", "2024-01-29", "2024-02-04")]),
    ("Sales rose this week.", [("this week", "2024-02-05", "2024-02-11")]),
    ("The dam opens next week.", [("next week", "2024-02-12", "2024-02-18")]),
    ("Sales fell over the last week.", []),  # seven days
    ("Sales fell in the last week of January.", []),
    ("He said: “Sales fell last week.”", []),
]
ARABIC = [
    ("وقع الحادث أمس.", [("أمس", "2024-02-09")]),
    ("وقع الحادث مساء أمس الجمعة.", [("أمس الجمعة", "2024-02-09")]),
    ("وقع الحادث أمس الاثنين.", []),  # they disagree
    ("وقع الحادث أول أمس.", [("أول أمس", "2024-02-08")]),
    ("وقع الحادث أمس الأول.", [("أمس الأول", "2024-02-08")]),
    ("وقع الحادث البارحة.", [("البارحة", "2024-02-09")]),
    ("ينطلق المهرجان غدا.", [("غدا", "2024-02-11")]),
    ("ينطلق المهرجان غدًا الأحد.", [("غدًا الأحد", "2024-02-11")]),
    ("ينطلق المهرجان بعد غد.", [("بعد غد", "2024-02-12")]),
    ("انطلق المهرجان اليوم السبت.", [("اليوم السبت", "2024-02-10")]),
    ("انطلق المهرجان صباح اليوم.", [("اليوم", "2024-02-10")]),
    ("احتفلت المدينة باليوم العالمي للشجرة.", []),
    ("أعلن الوزير الجمعة عن الاتفاق.", [("الجمعة", "2024-02-09")]),
    ("أعلن الوزير يوم السبت عن الاتفاق.", [("السبت", "2024-02-10")]),  # today
    ("أعلن الوزير يوم الأَحَد عن الاتفاق.", [("الأَحَد", "2024-02-04")]),
    ("وقع الاتفاق الثلاثاء.", [("الثلاثاء", "2024-02-06")]),
    ("وقع الاتفاق الإثنين.", [("الإثنين", "2024-02-05")]),
    ("وقع الاتفاق يوم السبت الماضي.", [("السبت الماضي", "2024-02-03")]),
    ("وقع الاتفاق يوم الجمعة الفارط.", [("الجمعة الفارط", "2024-02-09")]),
    ("يعقد المجلس جلسة الجمعة المقبل.", [("الجمعة المقبل", "2024-02-16")]),
    ("سيعقد المجلس جلسة يوم الجمعة.", [("الجمعة", "2024-02-16")]),
    ("من المقرر أن يلتقي الوفدان الخميس.", [("الخميس", "2024-02-15")]),
    ("أعلن الوزير الجمعة أن الجسر سيفتح في ماي.", [("الجمعة", "2024-02-09")]),
    ("قال الوزير إن الجسر سيفتح الجمعة.", [("الجمعة", "2024-02-16")]),
    ("يعقد المجلس الجمعة جلسة.", []),  # a present
    ("شهدت المدينة حوادث الخميس والجمعة.", [("الخميس", "2024-02-08"), ("والجمعة", "2024-02-09")]),
    ("أدى السكان صلاة الجمعة في الساحة.", []),
    ("يقام السوق كل جمعة.", []),
    ("يقام السوق يوم الجمعة من كل أسبوع.", []),
    ("تستمر المحادثات حتى الجمعة.", []),
    ("وقع الحادث في سوق الأربعاء.", []),  # a town
    ("وقع الحادث يوم الجمعة 2 فبراير 2024.", []),  # a date of its own
    ("وقع الحادث الجمعة الموافق 2 شباط.", [("2 شباط", "2024-02-02")]),
    ("قال الشاهد: «رأيته أمس».", []),  # whose yesterday?
    ("بدأ الإضراب قبل يومين.", [("قبل يومين", "2024-02-08")]),
    ("بدأ الإضراب قبل ثلاثة أيام.", [("قبل ثلاثة أيام", "2024-02-07")]),
    ("بدأ الإضراب قبل ١٢ يوما.", [("قبل ١٢ يوما", "2024-01-29")]),
    ("بدأ الإضراب قبل ثلاثة أيام من الانتخابات.", []),  # from another day
    ("تراجعت المبيعات الشهر الماضي.", [("الشهر الماضي", "2024-01-01", "2024-01-31")]),
    ("تراجعت المبيعات خلال الشهر الفارط.", [("الشهر الفارط", "2024-01-01", "2024-01-31")]),
    ("ترتفع المبيعات الشهر المقبل.", [("الشهر المقبل", "2024-03-01", "2024-03-31")]),
    ("ارتفعت المبيعات هذا الشهر.", [("هذا الشهر", "2024-02-01", "2024-02-29")]),
    ("بُني السد العام الماضي.", []),  # after a noun it may belong to it
    ("بُني السد في العام الماضي.", [("العام الماضي", "2023-01-01", "2023-12-31")]),
    ("بُني السد السنة الفارطة.", [("السنة الفارطة", "2023-01-01", "2023-12-31")]),
    ("يفتح السد في السنة القادمة.", [("السنة القادمة", "2025-01-01", "2025-12-31")]),
    ("زار الأمين العام الحالي المدينة.", []),  # a secretary-general
    ("بُني السد في نوفمبر الماضي.", [("نوفمبر الماضي", "2023-11-01", "2023-11-30")]),
    ("بُني السد في جانفي الفارط.", [("جانفي الفارط", "2024-01-01", "2024-01-31")]),
    ("يفتح السد في كانون الثاني المقبل.", [("كانون الثاني المقبل", "2025-01-01", "2025-01-31")]),
    ("يفتح السد في أبريل المقبل.", [("أبريل المقبل", "2024-04-01", "2024-04-30")]),
    ("بُني السد في فبراير الماضي.", []),  # this year's or last year's
    ("بُني السد عام 1974.", []),
    ("ناقش الوزراء سياسة المدينة الجمعة.", [("الجمعة", "2024-02-09")]),  # no word of the future
    ("وقع الحادث في 3 فبراير.", [("3 فبراير", "2024-02-03")]),
    ("وقع الحادث يوم ٣ شباط/فبراير.", [("٣ شباط/فبراير", "2024-02-03")]),
    ("وقع الحادث يوم السبت 3 فيفري.", [("3 فيفري", "2024-02-03")]),
    ("وقع الحادث في 3 من فبراير.", [("3 من فبراير", "2024-02-03")]),
    ("وقع الحادث في 28 كانون الأول.", [("28 كانون الأول", "2023-12-28")]),
    ("سينطلق المهرجان في 3 ماي.", [("3 ماي", "2024-05-03")]),
    ("وقع الحادث في 3 ماي.", []),  # past or to come?
    ("وقع الحادث في 3 مايو الماضي.", [("3 مايو الماضي", "2023-05-03")]),
    ("وقع الحادث في 15 فبراير الماضي.", [("15 فبراير الماضي", "2023-02-15")]),
    ("وقع الحادث في 3 فبراير الجاري.", [("3 فبراير الجاري", "2024-02-03")]),
    ("وقع الحادث في 3 مارس الجاري.", []),  # this is February
    ("تبدأ الدورة في 5 مارس المقبل.", [("5 مارس المقبل", "2024-03-05")]),
    ("وقع الحادث في 3 مايو من العام الماضي.", [("3 مايو من العام الماضي", "2023-05-03")]),
    ("وقع الحادث في 3 فبراير 2023.", []),  # a date of its own
    ("وقع الحادث في 3 فبراير من عام 2023.", []),
    ("يقام السوق في 3 فبراير من كل عام.", []),
    ("يُحتفل به سنويا في 3 فبراير.", []),
    ("اندلعت حرب 6 أكتوبر.", []),  # a name
    ("افتُتح جسر 3 فبراير.", []),
    ("تستمر الدورة من 3 إلى 5 فبراير.", []),  # not a day
    ("وقعت الغزوة في 13 مارس 624م.", []),  # a date of its own
    ("تم فسخ العقد بين الإثنين.", []),  # between the two
    ("في 30 شباط وقع الحادث.", []),  # no day
    ("تراجعت المبيعات الأسبوع الماضي.", []),  # on a Saturday: which week has ended?
    ("تراجعت المبيعات هذا الأسبوع.", []),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*ENGLISH, *ARABIC], ids=[row[0] for row in (*ENGLISH, *ARABIC)]
)
def test_words_of_time_are_told_from_the_day_of_writing(text, expected):
    found = resolve(text, SATURDAY)
    assert [
        (text[one.start : one.end], one.first.isoformat(), one.last.isoformat()) for one in found
    ] == [(words, first, *(last or [first])) for words, first, *last in expected]


@pytest.mark.parametrize(
    ("written", "text", "words", "first", "last"),
    [
        # A Wednesday: Arabic weeks from Sunday to Saturday, English ones from Monday to Sunday.
        ("2024-02-07", "تراجعت الأسبوع الماضي.", "الأسبوع الماضي", "2024-01-28", "2024-02-03"),
        ("2024-02-07", "تراجعت الأسبوع الفارط.", "الأسبوع الفارط", "2024-01-28", "2024-02-03"),
        ("2024-02-07", "ارتفعت هذا الأسبوع.", "هذا الأسبوع", "2024-02-04", "2024-02-10"),
        ("2024-02-07", "ترتفع الأسبوع المقبل.", "الأسبوع المقبل", "2024-02-11", "2024-02-17"),
        ("2024-02-07", "It fell last week.", "last week", "2024-01-29", "2024-02-04"),
        # Mondays and Fridays
        ("2024-02-05", "تراجعت الأسبوع الماضي.", "الأسبوع الماضي", "2024-01-28", "2024-02-03"),
        ("2024-02-09", "تراجعت الأسبوع الماضي.", "الأسبوع الماضي", "2024-01-28", "2024-02-03"),
        ("2024-02-05", "It fell last week.", "last week", "2024-01-29", "2024-02-04"),
        ("2024-02-09", "It falls next week.", "next week", "2024-02-12", "2024-02-18"),
    ],
)
def test_weeks_are_whole(written, text, words, first, last):
    (found,) = resolve(text, date.fromisoformat(written))
    assert text[found.start : found.end] == words
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024-02-11", "It fell last week."),  # Sundays: does the week begin or end?
        ("2024-02-11", "تراجعت الأسبوع الماضي."),
        ("2024-02-10", "تراجعت الأسبوع الماضي."),  # a Saturday begins some Arabic weeks
        ("2024-02-07", "ناقشوا نهاية الأسبوع الماضي."),  # the weekend, or the end of the week
        ("2024-02-07", "They met at the end of the week."),
        ("2024-02-07", "It was the last week of the fair."),
    ],
)
def test_weeks_in_doubt_are_left_alone(written, text):
    assert resolve(text, date.fromisoformat(written)) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It rained on Friday.", True),
        ("It rained yesterday.", True),
        ("It rained last week.", True),
        ("It rained on 3 May.", True),  # whichever year
        ("It rained three days ago.", True),
        ("The team plays this Friday.", True),  # whichever Friday
        ("وقع الحادث أمس.", True),
        ("أعلن الوزير الجمعة عن الاتفاق.", True),
        ("تراجعت المبيعات خلال الشهر الفارط.", True),
        ("تراجعت المبيعات الأسبوع الماضي.", True),
        ("Rule 3 may apply.", False),
        ("the friday market is large", False),
        ("Today the museum keeps 8,400 coins.", False),
        ("Shops opened early on Black Friday.", False),  # no day of this week
        ("أدى السكان صلاة الجمعة في الساحة.", False),
        ("اندلعت حرب 6 أكتوبر.", False),
        ("It is a museum.", False),
        ("هذا متحف.", False),
        ("", False),
    ],
)
def test_words_of_time_are_seen_without_a_day_of_writing(text, names):
    assert names_time(text) is names


@pytest.mark.parametrize("days", range(7))
def test_weekday_is_within_the_last_week_on_every_day_of_it(days):
    written = SATURDAY + timedelta(days=days)
    for name, number in (("Monday", 0), ("Friday", 4), ("Sunday", 6)):
        (past,) = resolve(f"It rained on {name}.", written)
        (ahead,) = resolve(f"It will rain on {name}.", written)
        assert past.first.weekday() == ahead.first.weekday() == number
        assert 0 <= (written - past.first).days <= 6
        assert 0 <= (ahead.first - written).days <= 6


@pytest.mark.parametrize(
    ("written", "text", "first", "last"),
    [
        (date(2024, 3, 31), "It fell last month.", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 1, 1), "It fell last month.", date(2023, 12, 1), date(2023, 12, 31)),
        (date(2023, 12, 31), "ترتفع الشهر المقبل.", date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 1, 1), "It rained yesterday.", date(2023, 12, 31), date(2023, 12, 31)),
        (date(2024, 3, 1), "وقع أمس.", date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 1, 3), "It rained on 28 December.", date(2023, 12, 28), date(2023, 12, 28)),
        (date(2024, 12, 28), "It will rain on 3 January.", date(2025, 1, 3), date(2025, 1, 3)),
        (date(2024, 1, 3), "It fell last week.", date(2023, 12, 25), date(2023, 12, 31)),
        (date(2023, 3, 1), "It will open on 29 February.", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_edges_of_months_and_years(written, text, first, last):
    (found,) = resolve(text, written)
    assert (found.first, found.last) == (first, last)


@given(
    st.one_of(
        mixed_text(), st.lists(st.sampled_from([r[0] for r in (*ENGLISH, *ARABIC)])).map(" ".join)
    ),
    st.dates(date(1000, 1, 1), date(2100, 12, 31)),
)
def test_what_is_told_lies_in_any_text_in_order(text, written):
    found = resolve(text, written)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start for end, one in zip(ends, found, strict=False))
    assert all(one.start < one.end <= len(text) and one.first <= one.last for one in found)


@pytest.mark.parametrize(
    "piece",
    [
        "يوم الجمعة ",
        "on Friday, ",
        "on 3 May, ",
        "في 3 مايو ",
        "the last week ",
        "« ",
        '"',
        "will ",
        "said ",
        "last ",
        "قبل ",
        "س",
        "the day ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece):
    text = (piece * 50_000)[:50_000]
    begin = time.process_time()
    resolve(text, SATURDAY)
    assert time.process_time() - begin < 5
