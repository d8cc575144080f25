"""What a question asks for, and what a sentence holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import stem, words
from assistant.retrieval import kinds
from assistant.retrieval.kinds import question_kind

QUESTIONS = [
    ("من ترأس الدورة الأولى؟", "who"),
    ("من ماذا يتكون الماء؟", "other"),
    ("من أجل ماذا سافر؟", "other"),
    ("What happened when the war ended?", "other"),
    ("What did the man who built it say?", "other"),
    ("In 1990, who was the mayor?", "who"),
    ("What is the population of Algeria?", "how_many"),
    ("What was the height of the dam?", "how_many"),
    ("The treaty was signed by whom?", "who"),
    ("ومن وقّع الاتفاق؟", "who"),
    ("مَنْ هُوَ المُدير؟", "who"),
    ("من الذي بنى السد؟", "who"),
    ("لمن تعود ملكية الأرض؟", "who"),
    ("مع من اجتمع الوزير؟", "who"),
    ("بمن اتصل السفير؟", "who"),
    ("عمن تحدث التقرير؟", "who"),
    ("متى بدأت الحرب؟", "when"),
    ("ومتى؟", "when"),
    ("منذ متى يعمل هنا؟", "when"),
    ("إلى متى تستمر الهدنة؟", "when"),
    ("حتى متى؟", "when"),
    ("من متى يعمل هنا؟", "when"),
    ("في أي عام تأسست الشركة؟", "when"),
    ("في أية سنة وُلد؟", "when"),
    ("منذ أي عام؟", "when"),
    ("من أي قرن يعود المخطوط؟", "when"),
    ("أي يوم وقع الزلزال؟", "when"),
    ("ما تاريخ الاجتماع؟", "when"),
    ("ما هو موعد الانتخابات؟", "when"),
    ("أين وقع الزلزال؟", "where"),
    ("من أين جاء الوفد؟", "where"),
    ("إلى أين سافر؟", "where"),
    ("في أي مدينة عُقد الاجتماع؟", "where"),
    ("من أي بلد جاء الوفد؟", "where"),
    ("أي دولة استضافت القمة؟", "where"),
    ("كم عدد السكان؟", "how_many"),
    ("كم يبلغ ارتفاع السد؟", "how_many"),
    ("وكم كلّف المشروع؟", "how_many"),
    ("بكم بيع المنزل؟", "how_many"),
    ("ما عدد الضحايا؟", "how_many"),
    ("ما ارتفاع السد؟", "how_many"),
    ("ما هي نسبة النمو؟", "how_many"),
    ("ما هي مساحة البلاد؟", "how_many"),
    ("لماذا استقال؟", "why"),
    ("ولماذا رفض الوزير؟", "why"),
    ("ما سبب الأزمة؟", "why"),
    ("ما هي أسباب الحرب؟", "why"),
    ("ما هو التضخم؟", "what_is"),
    ("وما هي البوصلة؟", "what_is"),
    ("ما معنى السيادة؟", "what_is"),
    ("ما المقصود بالتدرج؟", "what_is"),
    ("ماذا يعني الاعتماد؟", "what_is"),
    ("ماذا قال الوزير؟", "other"),
    ("كيف حدث ذلك؟", "other"),
    ("ما عاصمة فرنسا؟", "other"),
    ("أي رئيس وقّع الاتفاق؟", "other"),
    ("هل سافر من تونس إلى مصر؟", "other"),
    ("هل يعرف متى يبدأ؟", "other"),  # the word that asks stands first
    ("Who chaired the first session?", "who"),
    ("By whom was it signed?", "who"),
    ("Whose idea was it?", "who"),
    ("Do you know who signed it?", "who"),
    ("When did it start?", "when"),
    ("And when?", "when"),
    ("What year was it founded?", "when"),
    ("In which year did it end?", "when"),
    ("On which day was it signed?", "when"),
    ("During which century was it built?", "when"),
    ("What month did it open?", "when"),
    ("WHAT TIME DOES IT OPEN", "when"),
    ("Who knows when it opens?", "who"),
    ("Where is the office?", "where"),
    ("Which country hosted the summit?", "where"),
    ("In what city was it held?", "where"),
    ("How many people died?", "how_many"),
    ("How much did it cost?", "how_many"),
    ("How tall is the dam?", "how_many"),
    ("How old is the bridge?", "how_many"),
    ("How often does it run?", "how_many"),
    ("What percentage voted?", "how_many"),
    ("What number of people attended?", "how_many"),
    ("Why did he resign?", "why"),
    ("What caused the crisis?", "why"),
    ("What is the reason for the delay?", "why"),
    ("What is inflation?", "what_is"),
    ("What is a compass?", "what_is"),
    ("What were the crusades?", "what_is"),
    ("What does sovereignty mean?", "what_is"),
    ("What did the minister say?", "other"),
    ("What is the capital of France?", "other"),
    ("How does it work?", "other"),
    ("Which minister signed it?", "other"),
    ("What happened somewhere else?", "other"),
    ("Is it open?", "other"),
    ("", "other"),
    ("?!", "other"),
]


@pytest.mark.parametrize(("question", "kind"), QUESTIONS)
def test_question_kind(question: str, kind: str) -> None:
    assert question_kind(question) == kind


def test_kind_does_not_hang_on_spaces_and_marks() -> None:
    assert question_kind("  \u200fفي   أيّ \u064b عام؟") == "when"
    assert question_kind(" how\n many ?") == "how_many"


@THOROUGH
@given(mixed_text())
def test_any_text_has_a_kind_and_holds_things_or_not(text: str) -> None:
    assert question_kind(text) in {kind for _, kind in QUESTIONS}
    for holds in (
        kinds.holds_time,
        kinds.holds_number,
        kinds.holds_reason,
        kinds.holds_place,
    ):
        assert holds(text) in (True, False)
    assert kinds.capitals(text, ()) >= kinds.capitals(text, [stem(word) for word in words(text)])


# What sentences hold


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("It opened on 12 March 2021.", True),
        ("It opened in 1962.", True),
        ("افتتح عام ١٩٦٢.", True),
        ("في 10 فبراير 2024", True),
        ("في شباط 2024", True),
        ("It opened on Friday.", True),
        ("It opened yesterday.", True),
        ("It opened on 3 May.", True),
        ("افتتح أمس.", True),
        ("افتتح الجمعة.", True),
        ("افتتح الشهر الفارط.", True),
        ("افتتح الأسبوع الماضي.", True),
        ("افتتح في 3 ماي.", True),
        ("أدى السكان صلاة الجمعة.", False),
        ("It opened in spring.", False),
        ("افتتح في الربيع.", False),
        ("It has 40 rooms.", False),
        ("", False),
    ],
)
def test_holds_time(text: str, holds: bool) -> None:
    assert kinds.holds_time(text) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("It has 40 rooms.", True),
        ("فيه ٤٠ غرفة.", True),
        ("It has twenty rooms.", True),
        ("Half of them left.", True),
        ("فيه أربعون وثلاثين غرفة", True),
        ("بلغ مئة متر", True),
        ("نصف السكان", True),
        ("It has rooms.", False),
        ("فيه غرف.", False),
        ("Someone is gone.", False),  # «one» inside words
        ("It opened on 12 March 2021.", False),  # a date is no number
        ("افتتح في شباط ٢٠٢٤.", False),
        ("It opened in 1962 with 7 rooms.", True),
        ("In February 2024, 7 came.", True),
        ("", False),
        ("The school has 1200 pupils.", True),  # in the range of years, and none
        ("يعمل في المصنع ١٨٠٠ عامل.", True),
        ("It opened in 1974.", False),
        ("افتتح عام 1962.", False),
        ("وقع الاتفاق يوم 10 فبراير 2024.", False),
        ("It opened in 1974 with 12 rooms.", True),
    ],
)
def test_holds_number(text: str, holds: bool) -> None:
    assert kinds.holds_number(text) is holds


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("2024", True),
        ("3.5", True),
        ("12:30", True),
        ("two", True),
        ("twenty", True),
        ("hundred", True),
        ("forty", True),
        ("once", True),
        ("thousand", True),
        ("ثلاثة", True),
        ("خمسين", True),
        ("مليون", True),
        ("نصف", True),
        ("people", False),
        ("ميت", False),
        ("رئيس", False),
        ("u2", False),
    ],
)
def test_is_number_for_words_and_their_stems(word: str, number: bool) -> None:
    (folded,) = words(word) if word != "u2" else ("u",)

    assert kinds.is_number(folded) is number
    assert kinds.is_number(stem(folded)) is number


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("It closed because of the flood.", True),
        ("Due to rain it closed.", True),
        ("The flood caused it to close.", True),
        ("أغلق بسبب الفيضان.", True),
        ("أُغلق لأنه قديم.", True),
        ("نتيجةً للفيضان أغلق.", True),
        ("من أجل السلام", True),
        ("It closed after the flood.", False),
        ("أغلق بعد الفيضان.", False),
        ("", False),
    ],
)
def test_holds_reason(text: str, holds: bool) -> None:
    assert kinds.holds_reason(text) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("They met in Moscow.", True),
        ("It lies near Oran.", True),
        ("They came from the hills.", False),
        ("اجتمعوا في موسكو.", True),
        ("تقع شمال المدينة.", True),
        ("They met.", False),
        ("اجتمعوا أمس.", False),
        ("", False),
    ],
)
def test_holds_place(text: str, holds: bool) -> None:
    assert kinds.holds_place(text) is holds


@pytest.mark.parametrize(
    ("text", "stems", "holds"),
    [
        ("It was rebuilt by the engineer Salma Haddad.", (), True),
        ("It was rebuilt by Salma Haddad.", ("haddad",), False),
        ("The University of Oran opened.", (), True),
        ("Muhammad bin Salman came.", (), True),
        ("It was rebuilt by Haddad.", (), False),  # one word may begin anything
        ("it was rebuilt.", (), False),
        ("Salma Haddad met Nora Whelan.", ("salma", "haddad"), True),
        ("أعادت سلمى حداد بناءها.", (), False),  # no capitals
        ("", (), False),
    ],
)
def test_holds_new_name(text: str, stems: tuple[str, ...], holds: bool) -> None:
    assert kinds.holds_new_name(text, stems) is holds


@pytest.mark.parametrize(
    ("text", "stems", "count"),
    [
        ("The captain Nora Whelan left Oran.", (), 3),
        ("The captain Nora Whelan left Oran.", ("oran", "nora"), 1),
        ("The Ships of Oran", ("ship",), 1),
        ("We met Haddad's friends.", ("haddad",), 0),
        ("We met Al-Qaisi there.", ("al", "qaisi"), 0),
        ("We met Al-Qaisi there.", ("al",), 1),
        ("Nothing else.", (), 0),
        ("قال Lavrov في Oran", (), 1),
        ("", (), 0),
    ],
)
def test_capitals_that_the_question_lacks(text: str, stems: tuple[str, ...], count: int) -> None:
    assert kinds.capitals(text, stems) == count
