"""A session of Gradio's belongs to the person who uses it.

A page makes up an id of its session, and whoever knows that id could read what the page is sent,
break its answers off or end it. Here each id is made another one, by a key and by the person's
name, before Gradio sees it: another person's id then names a session of one's own.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from urllib.parse import parse_qsl, urlencode

from starlette.types import Scope

_NAME = "session_hash"
_IN_PATH = re.compile(r"(/gradio_api/heartbeat/)(.*)", re.DOTALL)
_IDS_LETTERS = 32


class Owning:
    """Makes ids of sessions a person's own; the key lives as long as the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def session(self, session: str, person: str) -> str:
        """Return the id that Gradio knows a person's session by."""
        told = f"{person}\0{session}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, told, "sha256").hex()[:_IDS_LETTERS]

    def scope(self, scope: Scope, person: str) -> Scope:
        """Return a request whose address names its own person's session, if it names any."""
        if found := _IN_PATH.fullmatch(scope["path"]):
            path = found[1] + self.session(found[2], person)
            return {**scope, "path": path, "raw_path": path.encode("ascii")}
        query = scope["query_string"]
        if _NAME.encode() not in query and b"%" not in query:
            return scope
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        own = [(k, self.session(v, person) if k == _NAME else v) for k, v in pairs]
        return {**scope, "query_string": urlencode(own).encode("ascii")}

    def body(self, body: bytes, person: str) -> bytes:
        """Return a call that names its own person's session, if it names any.

        Raises:
            ValueError: It is no JSON object, or its parts stand too deep in one another.
        """
        try:
            call = json.loads(body)
        except RecursionError:
            raise ValueError("The JSON is nested too deep.") from None
        if not isinstance(call, dict):
            raise ValueError("The JSON is no object.")  # noqa: TRY004  # of a value, not a type
        session = call.get(_NAME)
        if not isinstance(session, str):
            return body
        return json.dumps({**call, _NAME: self.session(session, person)}).encode("ascii")
