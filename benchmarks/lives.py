"""People who use the page: what they do next, how long they think, and what they saw."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx
from pages import Page, PageError, Reply
from towns import LANGUAGES, Town, further
from web import PATIENCE, sign_in

TOWNS = 300
# What people bring themselves is about towns that no other document is about.
BROUGHT_FROM, BROUGHT = 400, 1_300
SHOWN_AT = 100
LONGEST_VISIT = 40  # acts, after which a page is closed
KEPT_TOKENS = 40
# How often they ask in their own language; else in that of the document.
OWN_LANGUAGE = 0.8
# How often each thing is done.
ACTS = {
    "ask": 30,
    "follow": 12,
    "stop": 6,
    "search": 8,
    "sentences": 3,
    "mentions": 5,
    "source": 12,
    "shelf": 7,
    "bring": 3,
    "remove": 3,
    "undo": 1,
    "export": 4,
    "rate": 2,
    "talks": 2,
    "reload": 4,
    "new": 3,
    "delete": 1,
    "leave": 3,
    "vanish": 2,
}


@dataclass(slots=True)
class Tally:
    """What people did and saw since it was last read.

    Attributes:
        requests: Requests that were sent.
        acts: How often each thing was done.
        first: Seconds to the first words of answers.
        whole: Seconds to the end of answers.
        errors: What went wrong, in words.
    """

    requests: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def count(self) -> None:
        """Count a request."""
        self.requests += 1

    def taken(self) -> Tally:
        """Return what has been noted, and begin anew."""
        taken = Tally(self.requests, self.acts, self.first, self.whole, self.errors)
        self.requests, self.acts = 0, Counter()
        self.first, self.whole, self.errors = [], [], []
        return taken


class Person:
    """Somebody who uses the page until their time is over.

    Args:
        address: The server's.
        number: Who it is; the language of their browser follows from it.
        seed: The same seed gives the same life.
        think: How long they think between two acts, in seconds on average.
        tally: Where what they do and see is noted.
    """

    def __init__(self, address: str, number: int, seed: int, think: float, tally: Tally) -> None:
        self._chance = random.Random(f"{seed} {number}")  # noqa: S311  # the same each time
        self._language = LANGUAGES[number % 2]
        self._name = f"person{number}"
        headers = {"accept-language": self._language}
        self._client = httpx.AsyncClient(base_url=address, timeout=PATIENCE, headers=headers)
        self._think = think
        self._tally = tally
        self._page: Page | None = None
        self._tokens: list[str] = []
        self._brought: list[tuple[int, str]] = []
        self._next = BROUGHT_FROM + number
        self._removed: list[tuple[str, int, str]] = []
        self._done = 0
        self._asked = ""

    async def live(self, until: float) -> None:
        """Use the page until a moment of `time.monotonic`."""
        async with self._client:
            await sign_in(self._client, self._name)
            while True:
                pause = min(self._chance.expovariate(1 / self._think), 6 * self._think)
                if time.monotonic() + pause >= until:
                    break
                await asyncio.sleep(pause)
                await self._act()
            if self._page is not None:
                await self._page.close()

    async def _act(self) -> None:
        name = "open" if self._page is None else self._chosen()
        self._tally.acts[name] += 1
        try:
            await getattr(self, f"_{name}")()
        except (httpx.HTTPError, PageError, TimeoutError, KeyError, ValueError) as error:
            self._tally.errors.append(f"{name}: {type(error).__name__}: {error}"[:300])
        self._done += 1

    def _chosen(self) -> str:
        """Return what is done next; what can't be done now is a question instead."""
        if self._done >= LONGEST_VISIT:
            return "leave"
        name = self._chance.choices(list(ACTS), list(ACTS.values()))[0]
        page = self._page
        possible = {
            "follow": bool(self._asked),
            "source": bool(self._tokens),
            "remove": bool(self._brought),
            "undo": bool(self._removed),
            "export": bool(page and page.conversation),
            "rate": bool(page and page.conversation),
            "delete": bool(page and page.conversation),
        }
        return name if possible.get(name, True) else "ask"

    def _town(self) -> Town:
        return Town(self._chance.randrange(TOWNS))

    def _question(self) -> str:
        """Return a question, mostly in the person's own language."""
        language = self._language if self._chance.random() < OWN_LANGUAGE else ""
        return self._town().question(self._chance, language)

    # What can be done

    async def _open(self, conversation: str = "") -> None:
        page = Page(self._client, self._tally.count)
        self._page, self._done, self._asked = page, 0, ""
        await page.open(conversation)

    async def _ask(self) -> None:
        self._asked = self._question()
        await self._answered(self._asked)

    async def _follow(self) -> None:
        await self._answered(further(self._chance, self._language))

    async def _answered(self, question: str) -> None:
        reply = await self._here.ask(question)
        self._tally.first.append(reply.first or 0.0)
        self._tally.whole.append(reply.seconds)
        self._note(reply)

    async def _stop(self) -> None:
        self._asked = self._question()
        pause = self._chance.choice((0.0, 0.005, 0.02, 0.05))
        reply = await self._here.ask(self._asked, stop_after=pause)
        self._tally.acts["stopped in time"] += reply.broken

    async def _search(self, kind: str = "passage") -> None:
        wished = {"query": self._question(), "kind": kind, "pages": self._chance.choice((1, 1, 2))}
        self._note(await self._here.fire("sanad-search-form", "select", wished))

    async def _sentences(self) -> None:
        await self._search("sentence")

    async def _mentions(self) -> None:
        wished = {"query": self._town().name(self._language), "kind": "mentions", "pages": 1}
        self._note(await self._here.fire("sanad-search-form", "select", wished))

    async def _source(self) -> None:
        wished = {"marker": self._chance.choice(self._tokens), "others": self._tokens[-5:]}
        reply = await self._here.fire("sanad-source", "select", wished)
        if 'class="focus"' not in reply.said:
            # What somebody brought may be gone since.
            self._tally.acts["source gone"] += 1

    async def _shelf(self) -> None:
        chance = self._chance
        wished = {
            "order": chance.choice(("title", "date", "added")),
            "language": chance.choice(("", "", "ar", "en")),
            "words": chance.choice(("", "", self._town().name(self._language))),
            "start": chance.choice((0, 0, SHOWN_AT, 2 * SHOWN_AT)),
        }
        await self._listed(wished)

    async def _bring(self) -> None:
        town, self._next = Town(self._next), self._next + 20
        if self._next >= BROUGHT_FROM + BROUGHT:
            self._next -= BROUGHT // 20 * 20
        edition = self._chance.randrange(1, 10**6)
        await self._here.upload(f"{town.name(self._language)}.txt", town.text(edition))
        listed = await self._listed({"words": town.name(town.language), "order": "added"})
        if not listed.rows:
            raise PageError(f"{town.name(town.language)} was brought and is not listed")
        self._brought.append((town.number, listed.rows[0]))
        question = town.question(self._chance)
        reply = await self._here.ask(question)
        if not any(listed.rows[0] in token for token in reply.tokens):
            raise PageError(f"what was brought is not cited: {question}")

    async def _remove(self) -> None:
        number, document_id = self._brought.pop(0)
        wished = {"order": "added", "id": document_id}
        reply = await self._here.fire("sanad-shelf-tools", "delete", wished)
        if document_id in reply.rows or not reply.undo:
            raise PageError(f"town {number} was not removed")
        self._removed = [(reply.undo[0], number, document_id)]

    async def _undo(self) -> None:
        token, number, document_id = self._removed.pop()
        wished = {"order": "added", "token": token}
        reply = await self._here.fire("sanad-shelf-tools", "undo", wished)
        if document_id in reply.rows:
            self._brought.append((number, document_id))

    async def _export(self) -> None:
        text = await self._here.export(self._chance.choice(("md", "html", "json")))
        if not text.strip():
            raise PageError("an export is empty")

    async def _rate(self) -> None:
        wished = {"conversation": self._here.conversation, "number": 1, "reason": ""}
        good = self._chance.choice((True, False, None))
        await self._here.fire("sanad-acts", "like", {**wished, "good": good})

    async def _talks(self) -> None:
        query = self._town().name(self._language)
        await self._here.fire("sanad-talks", "input", {"query": query, "most": 30})

    async def _reload(self) -> None:
        conversation = self._here.conversation
        await self._here.close()
        await self._open(conversation)

    async def _new(self) -> None:
        await self._here.fire("sanad-new", "click")
        self._here.conversation, self._asked = "", ""

    async def _delete(self) -> None:
        await self._here.delete()
        await self._reload()

    async def _leave(self) -> None:
        await self._here.close()
        self._page = None

    async def _vanish(self) -> None:
        await self._here.leave_asking(self._question())
        self._page = None

    async def _listed(self, wished: dict[str, object]) -> Reply:
        reply = await self._here.fire("sanad-shelf-tools", "select", wished)
        if "data-held" not in reply.said:
            raise PageError("the list of documents failed")
        return reply

    @property
    def _here(self) -> Page:
        if self._page is None:
            raise PageError("no page is open")
        return self._page

    def _note(self, reply: Reply) -> None:
        self._tokens = (self._tokens + reply.tokens)[-KEPT_TOKENS:]
