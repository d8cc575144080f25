"""Scores on questions whose answers are known, against values computed by hand."""

from __future__ import annotations

import json
import math
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import ModelServer
from strategies import THOROUGH

from assistant import Assistant, Settings
from assistant.errors import LibraryError, UnreadableDocument
from assistant.evaluation import (
    Outcome,
    Place,
    Question,
    Resampling,
    Score,
    area_under_curve,
    ask_all,
    ask_without,
    count_copies,
    evaluate,
    load_questions,
    recipe,
    summarise,
    temporary_library,
)
from assistant.library import stored_embedding, stored_text
from assistant.schema import Hit

HARBOUR = "The harbour of Port Veldt opened in 1923.\n\nIts lighthouse was built by Anna Moss.\n"
BRIDGE = "افتُتح ميناء المنارة سنة 1931.\n\nصمّمت المهندسة سلمى الحداد جسر المدينة.\n"
BEES = "Beekeepers in the Green Valley counted 320 hives this spring.\n"
LIGHTHOUSE = Question(
    "q1",
    "en",
    "Who built the lighthouse of Port Veldt?",
    "harbour.txt",
    (HARBOUR.index("Its lighthouse"),),
)
BUILDER = Question("q2", "ar", "من صمّم جسر المدينة؟", "جسر.txt", (BRIDGE.index("صمّمت"),))
SAFFRON = Question("q3", "en", "What does a kilogram of saffron cost in Lima?", "harbour.txt", ())


def outcome(
    *,
    document="a.txt",
    set="s",  # noqa: A002  # the attribute's name
    starts=(0,),
    passage=0,
    sentence=0,
    right=False,
    answered=True,
    quotes=1,
    exact=1,
    confidence=0.5,
    seconds=0.0,
):
    question = Question("q", set, "?", document, starts)
    return Outcome(question, passage, sentence, right, answered, quotes, exact, confidence, seconds)


def question_file(tmp_path, *lines):
    path = tmp_path / "mine.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("harbour.txt", HARBOUR), ("جسر.txt", BRIDGE), ("bees.txt", BEES)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# The file of questions


def test_questions_are_read_with_all_their_places(tmp_path):
    path = question_file(
        tmp_path,
        {
            "id": 7,
            "set": "ar->ar",
            "question": " متى؟ ",
            "document": "./ar/a.txt",
            "answers": [{"start": 3, "text": "x"}, {"start": 0}],
            "also": [{"document": "en/a.txt", "answers": [{"start": 5}]}],
        },
    )

    (question,) = load_questions(path)

    assert question == Question(
        "7", "ar->ar", "متى؟", "ar/a.txt", (3, 0), (Place("en/a.txt", (5,)),)
    )
    assert question.places == (Place("ar/a.txt", (3, 0)), Place("en/a.txt", (5,)))
    assert question.is_answerable


def test_id_and_set_have_defaults(tmp_path):
    path = question_file(tmp_path, "\ufeff", "", {"question": "Who?", "answers": []})

    assert load_questions(path) == [Question("3", "mine", "Who?", "", ())]


def test_question_with_a_line_separator_in_it_is_one_line(tmp_path):
    path = question_file(tmp_path, '{"question": "Who\u2028is\x85it?", "answers": []}\r')

    assert [question.text for question in load_questions(path)] == ["Who\u2028is\x85it?"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ('"who?"', "'who?'"),
        ({"document": "a", "answers": []}, "question is missing"),
        ({"question": " ", "answers": []}, "question is ' '"),
        ({"question": 5, "answers": []}, "question is 5"),
        ({"question": "?"}, "answers is missing"),
        ({"question": "?", "answers": "here"}, "answers is 'here'"),
        ({"question": "?", "answers": [4], "document": "a"}, "answers[0] is 4"),
        ({"question": "?", "answers": [{}], "document": "a"}, "answers[0].start is missing"),
        ({"question": "?", "answers": [{"start": -1}], "document": "a"}, "answers[0].start is -1"),
        ({"question": "?", "answers": [{"start": 1.5}], "document": "a"}, "start is 1.5"),
        ({"question": "?", "answers": [{"start": True}], "document": "a"}, "start is True"),
        ({"question": "?", "answers": [{"start": 0}, {"start": "x"}], "document": "a"}, "[1].st"),
        ({"question": "?", "answers": [{"start": 0}]}, "document is missing"),
        ({"question": "?", "answers": [{"start": 0}], "document": ""}, "document is ''"),
        ({"question": "?", "answers": [], "document": 3}, "document is 3"),
        ({"question": "?", "answers": [], "set": 3}, "set is 3"),
        ({"question": "?", "answers": [], "id": ["x"]}, "id is ['x']"),
        ({"question": "?", "answers": [], "also": {}}, "also is {}"),
        ({"question": "?", "answers": [], "also": [3]}, "also[0] is 3"),
        ({"question": "?", "answers": [], "also": [{"document": "b"}]}, "also[0].answers is mis"),
        (
            {"question": "?", "answers": [], "also": [{"document": "b", "answers": []}]},
            "also[0].answers is []",
        ),
        ({"question": "?" * 500, "answers": "x" * 500}, "answers is 'xxx"),
    ],
)
def test_bad_line_is_named_with_what_was_seen(tmp_path, line, said):
    path = question_file(tmp_path, {"question": "Who?", "answers": []}, line)

    with pytest.raises(UnreadableDocument) as caught:
        load_questions(path)

    message = str(caught.value)
    assert message.startswith(f"{path}, line 2: ")
    assert said in message
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < len(str(path)) + 250


def test_every_bad_line_is_named(tmp_path):
    path = question_file(tmp_path, "{", {"question": "?", "answers": []}, "[]", "7")

    with pytest.raises(UnreadableDocument) as caught:
        load_questions(path)

    lines = str(caught.value).split("\n")
    assert [line.removeprefix(f"{path}, ").split(":")[0] for line in lines] == [
        "line 1",
        "line 3",
        "line 4",
    ]


def test_very_many_bad_lines_are_counted(tmp_path):
    path = question_file(tmp_path, *["{"] * 500)

    with pytest.raises(UnreadableDocument) as caught:
        load_questions(path)

    lines = str(caught.value).split("\n")
    assert len(lines) == 21
    assert "480" in lines[-1]


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00"], ids=["missing", "not-utf-8"])
def test_file_that_cannot_be_read_is_one_error(tmp_path, data):
    path = tmp_path / "q.jsonl"
    if data:
        path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match=r"q\.jsonl can't be read"):
        load_questions(path)


def test_copies_are_questions_of_one_id_about_other_documents():
    arabic = Question("1", "ar->ar", "متى؟", "ar/a.txt", (3,))
    crossed = Question("1", "en->ar", "When?", "ar/a.txt", (3,))
    english = Question("1", "en->en", "When?", "en/a.txt", (9,))
    other = Question("2", "en->en", "Who?", "en/a.txt", (5,))

    counted = count_copies([arabic, crossed, english, other])

    assert [question.also for question in counted] == [
        (Place("en/a.txt", (9,)),),
        (Place("en/a.txt", (9,)),),
        (Place("ar/a.txt", (3,)),),
        (),
    ]
    assert count_copies(counted) == counted


# Measures


def test_passage_measures_by_hand():
    outcomes = [outcome(passage=rank) for rank in (1, 2, 5, 6, 0)]

    (scores,) = summarise(outcomes)

    gains = (1, 1 / math.log2(3), 1 / math.log2(6), 1 / math.log2(7), 0)
    assert scores.ndcg_10.value == pytest.approx(sum(gains) / 5)
    assert scores.recall_1.value == pytest.approx(1 / 5)
    assert scores.recall_5.value == pytest.approx(3 / 5)


def test_sentence_answer_and_quote_measures_by_hand():
    outcomes = [
        outcome(sentence=1, right=True, quotes=2, exact=2),
        outcome(sentence=3, right=False, quotes=3, exact=2),
        outcome(sentence=0, answered=False, quotes=0, exact=0),
        outcome(sentence=2, right=True, quotes=0, exact=0),
    ]

    (scores,) = summarise(outcomes)

    assert scores.hit_1.value == pytest.approx(1 / 4)
    assert scores.hit_3.value == pytest.approx(3 / 4)
    assert scores.ask_1.value == pytest.approx(2 / 4)
    assert scores.answered.value == pytest.approx(3 / 4)
    assert scores.exact.value == pytest.approx(4 / 5)


def test_unanswerable_questions_count_as_false_answers_and_nothing_else():
    outcomes = [
        outcome(passage=1, sentence=1, right=True, confidence=0.9),
        outcome(starts=(), answered=True, confidence=0.8, quotes=1, exact=0),
        outcome(starts=(), answered=False, confidence=0.1, quotes=0, exact=0),
    ]

    (scores,) = summarise(outcomes)

    assert (scores.questions, scores.answerable, scores.unanswerable) == (3, 1, 2)
    assert (scores.ndcg_10.value, scores.recall_1.value, scores.hit_1.value) == (1, 1, 1)
    assert (scores.ask_1.value, scores.answered.value) == (1, 1)
    assert scores.false_answers.value == pytest.approx(1 / 2)
    assert scores.auroc.value == 1
    assert scores.exact.value == pytest.approx(1 / 2)
    assert scores.false_answers_without.value is None
    assert scores.auroc_without.value is None


def test_left_out_questions_are_scored_apart():
    kept = [outcome(confidence=0.9), outcome(confidence=0.4, answered=False)]
    gone = [
        outcome(confidence=0.6, answered=True, quotes=1, exact=0),
        outcome(confidence=0.4, answered=False, quotes=0, exact=0),
    ]

    (scores,) = summarise(kept, gone)

    assert scores.questions == 2
    assert scores.left_out == 2
    assert scores.false_answers.value is None
    assert scores.false_answers_without.value == pytest.approx(1 / 2)
    # Of the pairs in/out: 0.9 beats both, 0.4 loses to 0.6 and ties with 0.4.
    assert scores.auroc_without.value == pytest.approx((2 + 0.5) / 4)
    assert scores.exact.value == pytest.approx(2 / 3)


def test_sets_are_scored_in_order_of_appearance():
    outcomes = [outcome(set="b"), outcome(set="a", passage=1), outcome(set="b", passage=1)]

    scores = summarise(outcomes)

    assert [(s.set, s.questions, s.recall_1.value) for s in scores] == [("b", 2, 0.5), ("a", 1, 1)]


def test_seconds_are_percentiles():
    (scores,) = summarise([outcome(seconds=n / 100) for n in range(101)])

    assert scores.seconds_p50 == pytest.approx(0.5)
    assert scores.seconds_p95 == pytest.approx(0.95)


def test_nothing_gives_no_scores():
    assert summarise([]) == []


def test_set_of_unanswerable_questions_has_no_scores_of_finding():
    (scores,) = summarise([outcome(starts=(), quotes=0, exact=0, answered=False)])

    nothing = Score(None, None, None)
    assert (scores.ndcg_10, scores.ask_1, scores.answered) == (nothing, nothing, nothing)
    assert (scores.exact, scores.auroc) == (nothing, nothing)
    assert scores.false_answers.value == 0


# The area under the curve


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "area"),
    [
        pytest.param([0.9, 0.8], [0.1, 0.2], 1.0, id="apart"),
        pytest.param([0.1], [0.9, 0.8], 0.0, id="wrong-way-round"),
        pytest.param([0.5, 0.5], [0.5], 0.5, id="all-tied"),
        # 0.7 beats 0.3 and ties with 0.7; 0.3 ties with 0.3 and loses to 0.7.
        pytest.param([0.7, 0.3], [0.7, 0.3], 0.5, id="ties"),
        pytest.param([0.9, 0.5, 0.5], [0.5, 0.1], (2 + 1.5 + 1.5) / 6, id="some-tied"),
        pytest.param([], [0.5], None, id="none-answerable"),
        pytest.param([0.5], [], None, id="none-unanswerable"),
        pytest.param([], [], None, id="none"),
    ],
)
def test_area_under_curve_by_hand(answerable, unanswerable, area):
    found = area_under_curve(answerable, unanswerable)

    assert found == (None if area is None else pytest.approx(area))


CONFIDENCES = st.lists(
    st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(0, 1)), min_size=1, max_size=30
)


@THOROUGH
@given(CONFIDENCES, CONFIDENCES)
def test_area_under_curve_is_the_share_of_pairs_won(answerable, unanswerable):
    won = sum((a > u) + 0.5 * (a == u) for a in answerable for u in unanswerable)

    area = area_under_curve(answerable, unanswerable)

    assert area == pytest.approx(won / (len(answerable) * len(unanswerable)))


def test_area_under_curve_of_many_is_quick():
    many = [n / 200_000 for n in range(200_000)]

    assert area_under_curve(many, many) == pytest.approx(0.5)


# Intervals


def test_interval_of_two_documents_by_hand():
    # Drawn with replacement: both wrong 1/4, mixed 1/2, both right 1/4.
    score = Resampling(["a", "b"]).ratio(["a", "b"], [0, 1], [1, 1])

    assert score == Score(0.5, 0.0, 1.0)


def test_interval_weighs_documents_by_their_questions():
    # Nine questions about a, all missed; one about b, met.
    score = Resampling(["a", "b"]).ratio(["a"] * 9 + ["b"], [0] * 9 + [1], [1] * 10)

    assert score == Score(pytest.approx(0.1), 0.0, 1.0)


def test_interval_of_documents_all_alike_is_the_value():
    clusters = [name for name in "abcdef" for _ in range(2)]

    assert Resampling(clusters).ratio(clusters, [0, 1] * 6, [1] * 12) == Score(0.5, 0.5, 0.5)


def test_interval_is_by_document_and_does_not_narrow_with_more_questions_about_it():
    names = [f"{n}.txt" for n in range(8)]
    once = Resampling(names).ratio(names, [1, 0] * 4, [1] * 8)

    often = Resampling(names).ratio(names * 50, [1, 0] * 200, [1] * 400)

    assert often == once
    assert once.low < 0.3
    assert once.high > 0.7


def test_interval_is_the_binomial_one_where_each_document_has_one_question():
    names = [str(n) for n in range(400)]
    score = Resampling(names).ratio(names, [1] * 300 + [0] * 100, [1] * 400)

    spread = 1.96 * math.sqrt(0.75 * 0.25 / 400)
    assert score.value == 0.75
    assert score.low == pytest.approx(0.75 - spread, abs=0.008)
    assert score.high == pytest.approx(0.75 + spread, abs=0.008)


def test_interval_of_the_area_is_by_document():
    # Each document by itself: a is told apart, b is the wrong way round.
    score = Resampling(["a", "b"]).area((["a", "b"], [0.9, 0.2]), (["a", "b"], [0.3, 0.6]))

    assert score.value == pytest.approx(2 / 4)
    assert (score.low, score.high) == (0.0, 1.0)


@pytest.mark.parametrize("clusters", [[], ["a"], ["a", "a"]])
def test_fewer_than_two_documents_have_no_interval(clusters):
    size = len(clusters)
    score = Resampling(clusters).ratio(clusters, [1] * size, [1] * size)
    area = Resampling(clusters).area((clusters, [0.9] * size), (clusters, [0.1] * size))

    assert score == area == Score(1.0 if size else None, None, None)


def test_documents_without_what_is_counted_do_not_make_an_interval():
    score = Resampling(["a", "b"]).ratio(["a", "b"], [1, 0], [1, 0])

    assert score == Score(1.0, None, None)


@THOROUGH
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3), st.integers(0, 3)), max_size=20)
)
def test_score_is_a_share_or_nothing(counts):
    clusters = [name for name, _, _ in counts]
    numerators = [min(right, of) for _, right, of in counts]
    denominators = [of for _, _, of in counts]
    resampling = Resampling(clusters)

    score = resampling.ratio(clusters, numerators, denominators)

    assert score == resampling.ratio(clusters, numerators, denominators)
    assert (score.value is None) == (sum(denominators) == 0)
    for number in (score.value, score.low, score.high):
        assert number is None or 0 <= number <= 1
    if score.low is not None:
        assert score.low <= score.high


# In a library


def test_questions_are_judged_by_what_the_library_finds(papers):
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        lighthouse, builder, saffron = ask_all(judge, [LIGHTHOUSE, BUILDER, SAFFRON])

    for found in (lighthouse, builder):
        assert found.passage_rank == 1
        assert found.sentence_rank == 1
        assert found.cites_right
        assert found.answered
        assert found.quotes == found.exact_quotes >= 1
        assert found.seconds > 0
    assert not saffron.answered
    assert (saffron.passage_rank, saffron.quotes) == (0, 0)


def test_right_words_at_another_place_do_not_count(papers):
    wrong = replace(LIGHTHOUSE, starts=(0,))
    elsewhere = replace(LIGHTHOUSE, document="bees.txt", starts=(0,))
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        outcomes = ask_all(judge, [wrong, elsewhere])

    assert [found.cites_right for found in outcomes] == [False, False]
    assert [found.sentence_rank == 1 for found in outcomes] == [False, False]


def test_hit_in_another_named_document_counts(papers):
    also = (Place("harbour.txt", LIGHTHOUSE.starts),)
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        (found,) = ask_all(
            judge, [replace(LIGHTHOUSE, document="bees.txt", starts=(0,), also=also)]
        )

    assert (found.passage_rank, found.sentence_rank, found.cites_right) == (1, 1, True)


def test_document_is_known_by_each_of_its_paths(papers):
    copy = papers / "copies" / "port.txt"
    copy.parent.mkdir()
    copy.write_text(HARBOUR, encoding="utf-8")
    names = ("harbour.txt", "copies/port.txt", str(copy))
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        outcomes = ask_all(judge, [replace(LIGHTHOUSE, document=name) for name in names])
        missing = judge.missing([replace(LIGHTHOUSE, document="ort.txt"), LIGHTHOUSE, SAFFRON])

    assert [found.cites_right for found in outcomes] == [True, True, True]
    assert missing == ("ort.txt",)


@pytest.mark.parametrize(("length", "rank"), [(1200, 2), (1201, 0)])
def test_passage_over_1200_characters_does_not_count(papers, monkeypatch, length, rank):
    def found(query, k=10, unit="passage"):
        (document,) = judge.assistant.documents()
        other = Hit(document.id, "v", "t", "s", "", "x", 0, 1, 0.9)
        return [other, replace(other, text="x" * length, end_char_index=length)]

    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers / "harbour.txt")
        monkeypatch.setattr(judge.assistant, "search", found)
        (outcome,) = ask_all(judge, [LIGHTHOUSE])

    assert outcome.passage_rank == rank


def test_quote_that_differs_from_the_catalogue_is_not_exact(papers, tmp_path):
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        (right,) = ask_all(judge, [LIGHTHOUSE])
        catalogue = next(iter(judge.folder.glob("catalogue.sqlite3")))
        with closing(sqlite3.connect(catalogue)) as connection, connection:
            connection.execute("UPDATE versions SET text = upper(text)")
        (wrong,) = ask_all(judge, [LIGHTHOUSE])

    assert right.exact_quotes == right.quotes
    assert wrong.quotes == right.quotes
    assert wrong.exact_quotes == 0


def test_question_without_its_document_is_refused_and_the_document_comes_back(papers):
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        before = judge.assistant.documents()
        kept = ask_all(judge, [LIGHTHOUSE, BUILDER, SAFFRON])
        gone = ask_without(judge, [LIGHTHOUSE, BUILDER, SAFFRON])
        after = judge.assistant.documents()
        again = ask_all(judge, [LIGHTHOUSE, BUILDER])

    assert [found.question.id for found in gone] == ["q1", "q2"]
    assert not any(found.answered for found in gone)
    for inside, outside in zip(kept, gone, strict=False):
        assert outside.confidence < inside.confidence
    assert [(d.id, d.version) for d in after] == [(d.id, d.version) for d in before]
    assert all(found.cites_right for found in again)


def test_what_is_left_out_is_all_that_answers(papers):
    copy = papers / "port.txt"
    copy.write_text(HARBOUR + "\nIt is open.\n", encoding="utf-8")
    both = replace(LIGHTHOUSE, also=(Place("port.txt", LIGHTHOUSE.starts),))
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        one, neither = ask_without(judge, [LIGHTHOUSE, both])

    assert one.answered
    assert not neither.answered


def test_left_out_libraries_are_as_if_built_without_the_document(papers):
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        (removed,) = ask_without(judge, [LIGHTHOUSE])
    (papers / "harbour.txt").unlink()
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers)
        (never,) = ask_all(judge, [LIGHTHOUSE])

    assert removed.confidence == pytest.approx(never.confidence)
    assert removed.answered == never.answered


def test_stored_text_is_read_from_the_file(papers):
    with temporary_library(Settings()) as judge:
        judge.assistant.add(papers / "harbour.txt")
        (document,) = judge.assistant.documents()

        assert stored_text(judge.folder, document.id, document.version) == HARBOUR
        assert stored_text(judge.folder, document.id, "other") is None
    with pytest.raises(LibraryError, match=r"catalogue\.sqlite3"):
        stored_text(papers, document.id, document.version)


# The whole


def test_evaluation_of_a_folder_is_a_report(papers):
    seen = []

    report = evaluate(
        [LIGHTHOUSE, BUILDER, SAFFRON], Settings(), papers, without=True, progress=seen.append
    )

    assert [scores.set for scores in report.sets] == ["en", "ar"]
    assert report.overall.set == ""
    assert report.overall.questions == 3
    assert report.overall.documents == 2
    assert report.overall.ask_1 == Score(1.0, 1.0, 1.0)
    assert report.overall.exact.value == 1
    assert report.overall.auroc.value == 1
    assert report.overall.false_answers_without.value == 0
    assert report.documents == 3
    assert report.missing == ()
    assert {step.total for step in seen} >= {3, 2}
    assert all(0 <= step.done <= step.total for step in seen)
    assert json.loads(json.dumps(report.to_dict(), allow_nan=False))["overall"]["ask_1"] == {
        "value": 1.0,
        "low": 1.0,
        "high": 1.0,
    }


def test_evaluation_of_a_library_leaves_it_as_it_was(seeded):
    folder = seeded._library.folder
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("catalogue.sqlite3")}
    start = next(d for d in seeded.documents() if d.source.endswith("lighthouse.txt"))
    text = seeded.document(start.id).text
    question = Question(
        "1", "s", "Who rebuilt the lighthouse of Ras Karam?", "lighthouse.txt", (text.index("The"),)
    )

    report = evaluate([question], Settings(library=folder), without=True)

    assert report.overall.ask_1.value == 1
    assert report.overall.left_out == 1
    assert report.documents == len(seeded.documents())
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("catalogue.sqlite3")} == before


def test_no_questions_is_a_report_without_scores(papers):
    report = evaluate([], Settings(), papers, without=True)

    assert report.sets == ()
    assert report.overall.questions == 0
    assert _numbers(report.to_dict()["overall"]) == {0}
    json.dumps(report.to_dict(), allow_nan=False)


def test_no_documents_is_a_report_without_scores(assistant, tmp_path):
    report = evaluate([LIGHTHOUSE], Settings(library=tmp_path / "library"), without=True)

    assert report.documents == 0
    assert report.overall.questions == 1
    assert report.overall.ndcg_10 == Score(None, None, None)
    assert report.overall.seconds_p50 is None
    assert [scores.set for scores in report.sets] == ["en"]
    json.dumps(report.to_dict(), allow_nan=False)


def test_folder_without_a_readable_document_is_an_error(tmp_path):
    (tmp_path / "papers").mkdir()

    with pytest.raises(UnreadableDocument, match="papers"):
        evaluate([LIGHTHOUSE], Settings(), tmp_path / "papers")
    with pytest.raises(UnreadableDocument, match="nowhere"):
        evaluate([LIGHTHOUSE], Settings(), tmp_path / "nowhere")


def test_what_could_not_be_read_and_what_is_missing_is_reported(papers):
    (papers / "x.unknown").write_bytes(b"\0")

    report = evaluate([replace(LIGHTHOUSE, document="lost.txt")], Settings(), papers)

    assert [failure.error for failure in report.failed] == ["UnsupportedFormat"]
    assert report.missing == ("lost.txt",)
    assert report.overall.ask_1.value == 0


def test_question_that_cannot_be_asked_is_named_before_anything_is_read(tmp_path):
    with pytest.raises(UnreadableDocument, match=r"question q1 .*39"):
        evaluate([LIGHTHOUSE], Settings(max_question_characters=5), tmp_path / "nowhere")


def _numbers(scores):
    """Return the numbers in a dictionary of scores and counts."""
    values = [v for s in scores.values() for v in (s.values() if isinstance(s, dict) else [s])]
    return {value for value in values if isinstance(value, int | float)}


# The recipe

EMBEDDING = "builtin:2:256"


@pytest.mark.parametrize("embedding", [None, ""])
def test_recipe_of_a_library_without_vectors_names_no_embedding(embedding):
    assert "|emb:-|" in recipe([LIGHTHOUSE], 1, Settings(), embedding)


def test_recipe_has_the_embedding_of_the_library_and_asks_no_other_server(
    papers, tmp_path, monkeypatch
):
    with closing(ModelServer(size=4)) as server, closing(ModelServer(size=8)) as elsewhere:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{elsewhere.url}/v1")
        settings = Settings(
            library=tmp_path / "library",
            embeddings="openai:tiny",
            embeddings_url=f"{server.url}/v1",
        )
        with Assistant(settings=settings) as assistant:
            assistant.add(papers)
        report = evaluate([LIGHTHOUSE], settings)

        assert elsewhere.calls == []
    assert f"|emb:{stored_embedding(settings.library)}|" in report.recipe
    assert stored_embedding(settings.library).startswith("openai:tiny")


def test_recipe_names_what_the_numbers_depend_on():
    said = recipe([LIGHTHOUSE, BUILDER, SAFFRON], 24, Settings(), EMBEDDING)

    fields = dict(part.split(":", 1) for part in said.split("|"))
    assert fields["sets"] == "en+ar"
    assert (fields["n"], fields["docs"], fields["passages"]) == ("3", "24", "1200")
    assert fields["emb"] == EMBEDDING
    assert (fields["seed"], fields["boot"], fields["prompts"]) == ("1", "1000", "-")
    assert fields["without"] == "no"
    assert fields["v"]
    assert "\n" not in said


def test_recipe_changes_with_the_questions_and_the_settings():
    one = recipe([LIGHTHOUSE], 1, Settings(), EMBEDDING)

    assert recipe([LIGHTHOUSE], 1, Settings(), EMBEDDING) == one
    assert recipe([replace(LIGHTHOUSE, text="Who?")], 1, Settings(), EMBEDDING) != one
    assert recipe([replace(LIGHTHOUSE, starts=(1,))], 1, Settings(), EMBEDDING) != one
    assert recipe([LIGHTHOUSE], 1, Settings(min_confidence=0.4), EMBEDDING) != one
    assert recipe([LIGHTHOUSE], 1, Settings(), EMBEDDING, without=True) != one


def test_recipe_is_one_line_of_fields_whatever_the_sets_are_called():
    said = recipe([replace(LIGHTHOUSE, set="a|b\nc:d")], 1, Settings(), EMBEDDING)

    assert said.split("|")[0] == "sets:a/b c:d"
    assert "\n" not in said
