"""The library on the page: files come, are listed, sifted, chosen, corrected and removed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from web_server import running

from assistant import Assistant, Document, Settings
from assistant.strings import say
from assistant.web.markup.amounts import counted
from assistant.web.uploads import folder_of

pytestmark = pytest.mark.usefixtures("chromium")

HARBOUR = (
    "The harbour of Bejaia\n\n"
    "The harbour of Bejaia was dredged on 3 May 2019. It takes ships of 12 metres.\n"
)
MUSEUM = "متحف وهران\n\nوهران، 12 مارس 1998 – افتتح متحف وهران أبوابه اليوم، وزاره ألف شخص.\n"
BRIDGE = "جسر قسنطينة\n\nبني جسر قسنطينة سنة 1912، ويبلغ طوله 168 مترًا.\n"
PATIENCE = 60_000


@dataclass
class Shelf:
    """A page of a library of its own, the library, and what was asked for and complained of."""

    page: object
    assistant: Assistant
    folder: Path
    language: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def say(self, name: str, **values: object) -> str:
        return say(name, self.language, values)

    def titles(self) -> list[str]:
        return self.page.locator("#sanad-shelf tbody .title .name").all_inner_texts()

    def wait_for(self, count: int) -> None:
        self.page.wait_for_function(
            "(n) => document.querySelector('#sanad-shelf .shelf')?.dataset.found === `${n}`",
            arg=count,
            timeout=PATIENCE,
        )

    def row(self, title: str) -> object:
        name = self.page.locator(".title .name").get_by_text(title, exact=True)
        return self.page.locator("#sanad-shelf tbody tr[data-id]").filter(has=name)

    def uploads(self) -> set[str]:
        kept = folder_of(self.assistant.settings.library, "")
        return {p.name for p in kept.glob("*") if p.is_file()} if kept.exists() else set()

    def bring(self, *files: Path) -> None:
        self.page.set_input_files("#sanad-shelf-tools input.files", [str(f) for f in files])

    def wait_for_end(self) -> None:
        self.page.wait_for_selector(".incoming button.close:visible", timeout=PATIENCE)


@pytest.fixture
def shelf(chromium, tmp_path) -> Iterator[Callable[..., Shelf]]:
    """Give a function that opens the library view over a folder of two documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "متحف وهران.txt").write_text(MUSEUM, encoding="utf-8")
    with contextlib.ExitStack() as stack:
        made: list[Shelf] = []

        def opened(
            locale: str = "ar", width: int = 1280, height: int = 900, **own: object
        ) -> Shelf:
            settings = Settings(library=tmp_path / "library", documents=folder, **own)
            assistant = stack.enter_context(Assistant(settings=settings))
            assert not assistant.sync(folder).failed
            address = stack.enter_context(running(assistant))
            context = chromium.new_context(
                locale=locale,
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            here = Shelf(page, assistant, folder, locale[:2])
            page.on("request", lambda request: here.requests.append(request.url))
            page.on("pageerror", lambda error: here.complaints.append(str(error)))
            page.on(
                "console",
                lambda m: here.complaints.append(m.text) if m.type == "error" else None,
            )
            page.goto(f"{address}/#library")
            here.wait_for(2)
            made.append(here)
            return here

        yield opened
        for here in made:
            assert here.complaints == []
            assert [u for u in here.requests if "127.0.0.1" not in u and "data:" not in u] == []


BOTH = pytest.mark.parametrize("locale", ["ar", "en-US"])
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


def box(locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    return found


@BOTH
def test_files_are_added_and_listed(shelf, tmp_path, locale):
    here = shelf(locale)
    arabic, english = tmp_path / "جسر قسنطينة.txt", tmp_path / "Report (final).md"
    arabic.write_text(BRIDGE, encoding="utf-8")
    english.write_text("# Yearly report\n\nThe yearly report has two parts.\n", encoding="utf-8")
    here.bring(arabic, english)
    here.wait_for(4)
    here.wait_for_end()
    assert set(here.titles()) >= {"جسر قسنطينة", "Yearly report"}
    assert here.uploads() == {"جسر قسنطينة.txt", "Report (final).md"}
    states = here.page.locator(".incoming li .state").all_inner_texts()
    assert states == [here.say("library.incoming.done")] * 2
    ended = here.page.locator(".incoming .told").inner_text()
    assert ended == here.say("library.incoming.ended", done=2, failed=0)
    held = here.page.locator("#sanad-shelf .found").inner_text()
    assert held == here.say("library.held", held=counted("amount.documents", 4, here.language))
    assert here.page.locator(".masthead [data-view=library] .count").inner_text() == "4"
    # What was added can be asked about at once.
    assert "168" in here.assistant.ask("كم يبلغ طول جسر قسنطينة؟").text


def test_last_added_document_comes_first(shelf, tmp_path):
    here = shelf("en-US")
    (tmp_path / "zebra.txt").write_text("Zebras have stripes.\n", encoding="utf-8")
    here.bring(tmp_path / "zebra.txt")
    here.wait_for(3)
    assert here.titles()[0] == "zebra"


def test_files_are_dropped_on_the_page(shelf):
    here = shelf("ar")
    transfer = here.page.evaluate_handle(
        """(text) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "جسر.txt", { type: "text/plain" }));
            return transfer;
        }""",
        BRIDGE,
    )
    here.page.dispatch_event(".adding", "dragover", {"dataTransfer": transfer})
    assert here.page.locator(".adding.over").count() == 1
    here.page.dispatch_event(".adding", "drop", {"dataTransfer": transfer})
    here.wait_for(3)
    assert here.page.locator(".adding.over").count() == 0
    assert here.uploads() == {"جسر.txt"}


def test_folder_is_added_with_what_can_be_read_in_it(shelf, tmp_path):
    here = shelf("en-US")
    nested = tmp_path / "papers" / "old"
    nested.mkdir(parents=True)
    (tmp_path / "papers" / "notes.txt").write_text("New notes are short.\n", encoding="utf-8")
    (nested / "notes.txt").write_text("Old notes are long.\n", encoding="utf-8")
    (nested / "tool.exe").write_bytes(b"MZ")
    (nested / ".hidden").write_bytes(b"x")
    here.page.set_input_files("#sanad-shelf-tools input.folder", str(tmp_path / "papers"))
    here.wait_for(4)
    here.wait_for_end()
    assert here.uploads() == {"notes.txt", "notes (2).txt"}
    unknown = here.page.locator(".incoming .unknown").inner_text()
    assert ".exe" in unknown
    assert ".pdf" in unknown
    assert ".hidden" not in unknown


@BOTH
def test_file_that_can_not_be_read_is_told_of_and_not_kept(shelf, tmp_path, locale):
    here = shelf(locale)
    (tmp_path / "فارغ.txt").write_text("   ", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    (tmp_path / "good.txt").write_text(BRIDGE, encoding="utf-8")
    here.bring(tmp_path / "فارغ.txt", tmp_path / "broken.pdf", tmp_path / "good.txt")
    here.wait_for_end()
    items = here.page.locator(".incoming li")
    assert (
        items.nth(0)
        .locator(".state")
        .inner_text()
        .startswith(here.say("library.failed.EmptyDocument"))
    )
    assert (
        items.nth(1)
        .locator(".state")
        .inner_text()
        .startswith(here.say("library.failed.UnreadableDocument"))
    )
    assert items.nth(2).locator(".state").inner_text() == here.say("library.incoming.done")
    assert here.uploads() == {"good.txt"}
    assert str(tmp_path) not in here.page.locator(".incoming").inner_html()
    told = here.page.locator(".incoming .told").inner_text()
    assert told == here.say("library.incoming.ended", done=1, failed=2)


def test_file_that_is_too_large_is_not_sent(shelf, tmp_path):
    here = shelf("en-US", max_file_mb=1)
    (tmp_path / "large.txt").write_text("A long line of words. " * 60_000, encoding="utf-8")
    here.bring(tmp_path / "large.txt")
    here.wait_for_end()
    state = here.page.locator(".incoming li .state").inner_text()
    assert state == here.say("library.incoming.too_large", size="1.3 MB", limit="1 MB")
    assert not [u for u in here.requests if u.endswith("/library/files")]
    assert here.uploads() == set()


def test_adding_can_be_stopped_and_what_came_stays(shelf, tmp_path):
    here = shelf("en-US")
    files = []
    for number in range(8):
        path = tmp_path / f"part {number}.txt"
        path.write_text(f"Part number {number} speaks of bridges.\n", encoding="utf-8")
        files.append(path)
    # The third one is held up on its way, so that there is something to stop.
    sent = []

    def slow(route):
        sent.append(route)
        if len(sent) < 3:
            route.continue_()

    here.page.route("**/library/files", slow)
    here.bring(*files)
    here.page.wait_for_function(
        "() => document.querySelectorAll('.incoming li.done').length === 2", timeout=PATIENCE
    )
    here.page.wait_for_timeout(300)
    here.page.click(".incoming button.cancel")
    here.page.wait_for_timeout(100)
    if here.page.locator(".incoming button.close:visible").count() == 0:
        sent[-1].continue_()
    here.wait_for_end()
    told = here.page.locator(".incoming .told").inner_text()
    done = here.page.locator(".incoming li.done").count()
    assert told == here.say("library.incoming.cancelled", done=done, failed=0)
    assert 2 <= done <= 3
    assert len(here.uploads()) == done
    here.wait_for(2 + done)


@BOTH
@WIDTHS
def test_list_is_laid_out_in_the_direction_of_the_language(shelf, locale, width):
    here = shelf(locale, width=width)
    page = here.page
    direction = "rtl" if locale == "ar" else "ltr"
    row = here.row("متحف وهران")
    assert row.evaluate("e => getComputedStyle(e).direction") == direction
    tick, title, actions = (row.locator(part) for part in (".pick input", ".name", ".actions"))
    order = [box(part) for part in (tick, title, actions)]
    centre = [b["x"] + b["width"] / 2 for b in order]
    if direction == "rtl":
        assert centre[0] > centre[1]
    else:
        assert centre[0] < centre[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in page.locator(
        "#sanad-library button:visible, #sanad-library :is(input, select):visible"
    ).all():
        edge = box(part)
        assert edge["x"] >= 0
        assert edge["x"] + edge["width"] <= width
    if width == 360:
        assert order[2]["y"] > order[1]["y"]
    else:
        assert abs(order[2]["y"] - order[1]["y"]) < 20
        assert (centre[2] < centre[1]) == (direction == "rtl")


def test_table_says_what_it_is_on_a_narrow_page(shelf):
    here = shelf("en-US", width=360)
    table = here.page.get_by_role("table", name=here.say("library.list"))
    assert table.get_by_role("row").count() == 3
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert here.say("library.column.language") in heads
    assert table.get_by_role("rowheader").count() == 2


@BOTH
def test_facts_of_a_document_are_in_the_readers_style(shelf, locale):
    here = shelf(locale)
    row = here.row("متحف وهران")
    said = {"ar": "12 مارس 1998", "en": "12 March 1998"}
    assert row.locator(".date").inner_text() == said[here.language]
    assert row.locator(".language").inner_text() == here.say("library.language.ar")
    assert row.locator(".passages").inner_text() == "1"
    size = len(MUSEUM.encode())
    assert row.locator(".size").inner_text() == here.say("amount.bytes", count=size)
    assert here.say("library.whose.folder") in row.locator(".state").inner_text()


@BOTH
def test_list_is_sifted_by_words_language_and_date(shelf, locale):
    here = shelf(locale)
    here.page.fill(".sieve [name=words]", "مُتحف وَهران")
    here.wait_for(1)
    assert here.titles() == ["متحف وهران"]
    found = here.page.locator("#sanad-shelf .found").inner_text()
    one = counted("amount.documents", 1, here.language)
    assert found == here.say("library.found", found=one, held=2)
    # What is being typed in stays as it is.
    assert here.page.evaluate("document.activeElement.name") == "words"
    here.page.click(".sieve .clear")
    here.wait_for(2)
    here.page.select_option(".sieve [name=language]", "en")
    here.wait_for(1)
    assert here.titles() == ["harbour"]
    here.page.select_option(".sieve [name=language]", "")
    here.wait_for(2)
    here.page.fill(".sieve [name=before]", "2000-01-01")
    here.wait_for(1)
    assert here.titles() == ["متحف وهران"]
    here.page.fill(".sieve [name=words]", "zzz")
    here.wait_for(0)
    empty = here.page.locator("#sanad-shelf .empty").inner_text()
    assert empty == here.say("library.unfound")


@BOTH
def test_chosen_documents_are_the_ones_asked(shelf, locale):
    here = shelf(locale)
    here.row("harbour").locator("input.one").check()
    button = here.page.locator(".choice .ask")
    assert button.inner_text() == here.say("library.ask", count=1)
    button.click()
    strip = here.page.locator("#sanad-chosen .chosen")
    strip.wait_for()
    assert "harbour" in strip.inner_text()
    question = here.page.locator("#sanad-question textarea")
    assert box(strip)["y"] + box(strip)["height"] <= box(question)["y"] + 1
    assert here.page.evaluate("document.activeElement.closest('#sanad-question') !== null")
    here.page.fill("#sanad-question textarea", "كم شخصًا زار متحف وهران؟")
    here.page.press("#sanad-question textarea", "Enter")
    here.page.wait_for_selector(".message.refusal", timeout=PATIENCE)
    here.page.click("#sanad-chosen .clear")
    strip.wait_for(state="detached")
    here.page.fill("#sanad-question textarea", "كم شخصًا زار متحف وهران؟")
    here.page.press("#sanad-question textarea", "Enter")
    here.page.wait_for_function(
        "() => /ألف شخص/.test(document.querySelector('#sanad-live')?.textContent)", timeout=PATIENCE
    )


def test_all_that_was_found_can_be_asked(shelf):
    here = shelf("en-US")
    here.page.fill(".sieve [name=words]", "harbour")
    here.wait_for(1)
    button = here.page.locator(".choice .ask-all")
    assert button.inner_text() == here.say("library.ask.all", count=1)
    button.click()
    here.page.wait_for_selector("#sanad-chosen .chosen[data-count='1']", timeout=PATIENCE)


@BOTH
def test_upload_is_removed_and_brought_back_as_it_was(shelf, tmp_path, locale):
    here = shelf(locale)
    (tmp_path / "جسر.txt").write_text(BRIDGE, encoding="utf-8")
    here.bring(tmp_path / "جسر.txt")
    here.wait_for(3)
    (before,) = (d for d in here.assistant.documents() if d.title == "جسر")
    here.assistant.correct(before.id, title="الجسر المعلّق")
    before = here.assistant.document(before.id)
    here.page.reload()
    here.wait_for(3)
    here.row("الجسر المعلّق").locator("button.remove").click()
    here.wait_for(2)
    assert here.uploads() == set()
    note = here.page.locator("#sanad-shelf-note")
    assert here.say("library.remove.done", title="الجسر المعلّق") in note.inner_text()
    # The focus was on what is gone.
    here.page.wait_for_function("() => document.activeElement.matches('button.undo')")
    here.page.keyboard.press("Enter")
    here.wait_for(3)
    assert here.assistant.document(before.id) == before
    assert here.uploads() == {"جسر.txt"}
    state = here.row("الجسر المعلّق").locator(".state").inner_text()
    assert here.say("library.state.changed") not in state
    assert "168" in here.assistant.ask("كم يبلغ طول جسر قسنطينة؟").text


@BOTH
def test_removing_from_the_folder_says_that_its_file_stays(shelf, locale):
    here = shelf(locale)
    here.row("harbour").locator("button.remove").click()
    asking = here.page.locator("#sanad-shelf .asking")
    assert here.say("library.remove.folder") in asking.inner_text()
    here.page.keyboard.press("Escape")
    asking.wait_for(state="detached")
    focused = here.page.evaluate("document.activeElement.className")
    assert focused == "remove"
    here.page.keyboard.press("Enter")
    here.page.click("#sanad-shelf .asking button.sure")
    here.wait_for(1)
    assert (here.folder / "harbour.txt").exists()


@BOTH
def test_document_is_put_right_in_its_place(shelf, locale):
    here = shelf(locale)
    row = here.row("harbour")
    row.locator("button.correct").click()
    form = here.page.locator("#sanad-shelf form.correcting")
    assert box(form)["y"] >= box(row)["y"] + box(row)["height"] - 2
    form.locator("[name=title]").fill("ميناء بجاية")
    form.locator("[name=date]").fill("2020-02-29")
    form.locator("[name=language]").select_option("mixed")
    form.locator("[name=title]").press("Enter")
    here.row("ميناء بجاية").wait_for()
    (now,) = (d for d in here.assistant.documents() if d.title == "ميناء بجاية")
    assert (str(now.date), now.language) == ("2020-02-29", "mixed")
    assert (
        here.say("library.corrected", what="").split(":")[0]
        in here.row("ميناء بجاية").locator(".remark").inner_text()
    )
    here.row("ميناء بجاية").locator("button.correct").click()
    here.page.click("#sanad-shelf form.correcting button.back")
    here.row("harbour").wait_for()
    assert "corrected" not in here.assistant.document(now.id).metadata


@BOTH
def test_folder_is_read_again(shelf, locale):
    here = shelf(locale)
    (here.folder / "جسر.txt").write_text(BRIDGE, encoding="utf-8")
    (here.folder / "harbour.txt").write_text(HARBOUR + "It was dredged again.\n", encoding="utf-8")
    (here.folder / "empty.txt").write_text(" ", encoding="utf-8")
    (here.folder / "متحف وهران.txt").unlink()
    here.page.click(".adding button.sync")
    here.page.wait_for_selector("#sanad-shelf-work .synced", timeout=PATIENCE)
    told = here.page.locator("#sanad-shelf-work .counts").inner_text()
    for kind in ("added", "updated", "removed"):
        assert here.say(f"library.synced.{kind}", count=1) in told
    faults = here.page.locator("#sanad-shelf-work details.faults")
    assert faults.locator("summary").first.inner_text() == here.say(
        "library.synced.faults", count=1
    )
    faults.locator("summary").first.click()
    assert "empty.txt" in faults.inner_text()
    assert str(here.folder) not in faults.inner_html()
    here.wait_for(2)
    here.row("جسر").wait_for()


def test_source_that_changed_or_went_is_told_of(shelf):
    here = shelf("en-US")
    (here.folder / "harbour.txt").write_text(HARBOUR + "More.\n", encoding="utf-8")
    (here.folder / "متحف وهران.txt").unlink()
    here.page.reload()
    here.wait_for(2)
    assert here.say("library.state.changed") in here.row("harbour").inner_text()
    assert here.say("library.state.gone") in here.row("متحف وهران").inner_text()


def test_long_list_is_shown_by_the_hundred(shelf):
    here = shelf("ar")
    here.assistant.add(
        *(Document(title=f"مذكرة {n}", text=f"هذه مذكرة رقم {n}.") for n in range(1, 150))
    )
    here.page.reload()
    here.wait_for(151)
    here.page.select_option(".sieve [name=order]", "title")
    here.page.wait_for_function(
        "() => document.querySelector('#sanad-shelf .name')?.textContent === 'harbour'",
        timeout=PATIENCE,
    )
    assert len(here.titles()) == 100
    here.page.locator("#sanad-shelf input.every").check()
    here.page.click(".leaves .next")
    here.page.wait_for_selector("#sanad-shelf .shelf[data-start='100']", timeout=PATIENCE)
    assert len(here.titles()) == 51
    # Numbers in titles count as numbers.
    memos = [int(re.sub(r"\D", "", t)) for t in here.titles() if t.startswith("مذكرة")]
    assert memos == sorted(memos)
    # What was ticked on the page before stays so.
    ask = here.page.locator(".choice .ask").inner_text()
    assert ask == here.say("library.ask", count=100)
    here.page.click(".leaves .previous")
    here.page.wait_for_selector("#sanad-shelf .shelf[data-start='0']", timeout=PATIENCE)
    assert here.page.locator("#sanad-shelf input.one:checked").count() == 100


def test_title_of_a_document_can_not_become_part_of_the_page(shelf):
    here = shelf("en-US")
    title = '<img src=x onerror="document.title=\'owned\'"> " onfocus=x'
    here.assistant.add(Document(title=title, text="Nothing is owned here."))
    here.page.reload()
    here.wait_for(3)
    assert title.split() == here.titles()[0].split()
    assert here.page.title() != "owned"


@BOTH
def test_everything_can_be_done_by_keyboard(shelf, locale):
    here = shelf(locale)
    here.page.focus(".sieve [name=words]")
    seen = set()
    for _ in range(40):
        here.page.keyboard.press("Tab")
        seen.add(here.page.evaluate("document.activeElement.className.split(' ').at(-1)"))
    assert seen >= {"every", "one", "correct", "remove"}
    here.page.locator("#sanad-shelf input.one").first.focus()
    here.page.keyboard.press("Space")
    assert here.page.locator(".choice .ask").is_enabled()
    here.page.focus(".choice .ask")
    here.page.keyboard.press("Enter")
    here.page.wait_for_selector("#sanad-chosen .chosen", timeout=PATIENCE)
