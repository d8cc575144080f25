"""Long work is followed step by step, and stopped between two steps."""

from __future__ import annotations

import threading

import pytest

from assistant.errors import UnreadableDocument
from assistant.schema import Progress, SyncReport
from assistant.web.following import Step, Stopped, followed

REPORT = SyncReport(added=("a",))


def test_report_comes_last():
    def work(progress):
        progress(Progress(1, 1, "a"))
        return REPORT

    made = list(followed(work, threading.Event()))
    assert made[0] == Step()
    assert made[-1] == REPORT
    assert all(isinstance(step, Step) for step in made[:-1])


def test_last_step_is_told_while_the_work_goes_on():
    go_on = threading.Event()

    def work(progress):
        for number in range(1, 4):
            progress(Progress(number, 9, f"file {number}"))
        assert go_on.wait(30)
        return REPORT

    steps = followed(work, threading.Event())
    next(steps)
    assert next(steps).at == Progress(3, 9, "file 3")
    go_on.set()
    assert list(steps)[-1] == REPORT


def test_remaining_time_is_told_once_it_can_be():
    go_on = threading.Event()

    def work(progress):
        progress(Progress(1, 4, "a"))
        assert go_on.wait(30)
        return REPORT

    for step in followed(work, threading.Event()):
        if isinstance(step, Step) and step.seconds_left is not None:
            # A quarter took two seconds or more, so three quarters take six or more.
            assert 6 <= step.seconds_left < 60
            go_on.set()
    assert go_on.is_set()


def test_work_that_is_stopped_ends_at_its_next_step():
    stop, seen = threading.Event(), []

    def work(progress):
        for number in range(1, 1000):
            seen.append(number)
            progress(Progress(number, 1000))
            stop.set()
        return REPORT

    with pytest.raises(Stopped):
        list(followed(work, stop))
    assert seen == [1, 2]


def test_error_of_the_work_is_raised():
    def work(progress):
        raise UnreadableDocument("no drive", "x")

    with pytest.raises(UnreadableDocument, match="no drive"):
        list(followed(work, threading.Event()))


def test_work_ends_when_nobody_follows_any_more():
    ended = threading.Event()

    def work(progress):
        try:
            while True:
                progress(Progress(1, 2))
        finally:
            ended.set()

    steps = followed(work, threading.Event())
    next(steps)
    steps.close()
    assert ended.is_set()
