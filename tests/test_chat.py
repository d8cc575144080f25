"""Chat models by LangChain's names: real packages against a server on loopback."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing

import pytest
from chat_server import CUT, HOLD, Raw, Think
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from scripted_model import ScriptedModel

from assistant.errors import MissingDependency, ModelError, SettingsError
from assistant.models import load_chat_model, load_writer
from assistant.models.chat import ChatWriter
from assistant.models.endpoint import Endpoint
from assistant.strings import explain

PROVIDERS = ["openai", "ollama", "anthropic"]
ASKED = [SystemMessage("Answer briefly."), HumanMessage("ما لون البرج؟")]
KEY = "sk-very-secret"
VARIABLES = """OPENAI_API_KEY OPENAI_API_BASE OPENAI_BASE_URL OPENAI_PROXY OPENAI_ORG_ID
OPENAI_PROJECT_ID OLLAMA_HOST OLLAMA_API_KEY ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN
ANTHROPIC_BASE_URL ANTHROPIC_API_URL ANTHROPIC_PROXY LANGSMITH_GATEWAY LANGSMITH_TRACING
LANGCHAIN_TRACING_V2 http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
NO_PROXY""".split()


@pytest.fixture(autouse=True)
def _nothing_from_the_environment(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=PROVIDERS)
def provider(request):
    return request.param


@pytest.fixture
def writer(provider, chat_server):
    return load_writer(f"{provider}:tiny", chat_server.address(provider))


@pytest.fixture
def waits(monkeypatch):
    """Wait for nothing; return how long it would have been."""
    waited = []
    monkeypatch.setattr(
        "assistant.models.connections.Call.pause", lambda _, seconds: waited.append(seconds)
    )
    return waited


def failing(writer, asked=ASKED):
    """Return how far an answer came, and the failure."""
    pieces, stream = [], writer.stream(asked)
    with pytest.raises(ModelError) as caught:
        pieces.extend(stream)
    error = caught.value
    assert str(error) == explain(error, "en")
    assert "SANAD_MODEL" in str(error)
    assert "\n" not in str(error)
    for language in ("ar", "en"):
        assert KEY not in explain(error, language)
        assert "برج" not in explain(error, language)
    assert explain(error, "ar") != str(error)
    return "".join(pieces), error


# Answers


def test_answer_comes_in_pieces(writer, chat_server, provider):
    chat_server.script("أُعيد ", "بناء ", "المنارة.")
    assert writer.name == f"{provider}:tiny"
    assert list(writer.stream(ASKED)) == ["أُعيد ", "بناء ", "المنارة."]
    (call,) = chat_server.requests
    assert "ما لون البرج؟" in str(call["messages"])
    assert "Answer briefly." in str(call)


def test_complete_is_the_whole_answer(writer, chat_server):
    chat_server.script("The tower ", "is white.")
    assert writer.complete(ASKED) == "The tower is white."


def test_pieces_come_as_they_are_sent(writer, chat_server):
    chat_server.script("One. ", HOLD, "Two.")
    pieces = writer.stream(ASKED)
    assert next(pieces) == "One. "
    chat_server.release()
    assert list(pieces) == ["Two."]
    assert not chat_server.closed_by_client.is_set()


def test_nothing_is_asked_before_the_first_piece(writer, chat_server):
    pieces = writer.stream(ASKED)
    pieces.close()
    assert list(pieces) == []
    assert chat_server.requests == []


def test_thoughts_are_left_out(writer, chat_server):
    chat_server.script(Think("Let me see."), "<thi", "nk>hm</th", "ink>\n\nThe ", "tower.")
    assert list(writer.stream(ASKED)) == ["The ", "tower."]


def test_text_only_is_shown():
    tool = {"name": "t", "args": "{}", "id": "1", "index": 0, "type": "tool_call_chunk"}
    model = ScriptedModel(
        answers=[
            [
                "",
                [{"type": "thinking", "thinking": "hm"}],
                [{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "The "}],
                AIMessageChunk(content="", tool_call_chunks=[tool]),
                "tower.",
            ]
        ]
    )
    writer = ChatWriter(model, Endpoint("SANAD_MODEL", "scripted:x"))
    assert list(writer.stream(ASKED)) == ["The ", "tower."]
    assert model.asked == [ASKED]
    assert model.closed == [False]


def test_model_that_does_not_stream_is_read_too():
    writer = ChatWriter(FakeListChatModel(responses=["Yes."]), Endpoint("SANAD_MODEL", "fake:x"))
    assert writer.complete(ASKED) == "Yes."


def test_many_threads_get_their_own_answers(writer, chat_server):
    found = []
    for _ in range(12):
        chat_server.script("a", "b")
    work = [
        threading.Thread(target=lambda: found.append(writer.complete(ASKED))) for _ in range(12)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == ["ab"] * 12


# Closing


def test_closing_ends_the_connection_at_once(writer, chat_server):
    chat_server.script("One. ", HOLD, "Two.")
    pieces = writer.stream(ASKED)
    next(pieces)
    pieces.close()
    assert chat_server.closed_by_client.wait(2)
    assert list(pieces) == []
    pieces.close()


@pytest.mark.parametrize("steps", [(HOLD, "x"), (Think("hm"), HOLD, "x")], ids=["loads", "thinks"])
def test_closing_while_another_thread_waits(writer, chat_server, steps):
    chat_server.script(*steps)
    pieces, found = writer.stream(ASKED), []
    waiting = threading.Thread(target=lambda: found.append(list(pieces)))
    waiting.start()
    assert chat_server.seen.wait(5)
    pieces.close()
    assert chat_server.closed_by_client.wait(2)
    waiting.join(2)
    assert found == [[]]
    assert len(chat_server.requests) == 1


def test_closing_before_the_server_takes_the_connection(provider):
    with socket.socket() as listening:  # the connection is made, and nothing is ever answered
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        pieces, found = load_writer(f"{provider}:tiny", url).stream(ASKED), []
        waiting = threading.Thread(target=lambda: found.append(list(pieces)))
        waiting.start()
        with listening.accept()[0] as connection:
            assert connection.recv(100_000)
            pieces.close()
            connection.settimeout(2)
            while connection.recv(100_000):
                pass
        waiting.join(2)
    assert found == [[]]


def test_closing_ends_the_wait_for_another_try(provider):
    pieces, found = load_writer(f"{provider}:tiny", "http://127.0.0.1:1").stream(ASKED), []
    waiting = threading.Thread(target=lambda: found.append(list(pieces)))
    waiting.start()
    time.sleep(0.2)
    pieces.close()
    waiting.join(0.3)
    assert found == [[]]


def test_stream_that_is_dropped_is_closed(writer, chat_server):
    chat_server.script("One. ", HOLD, "Two.")
    for _ in writer.stream(ASKED):
        break
    assert chat_server.closed_by_client.wait(2)


def test_closing_closes_a_scripted_model():
    model = ScriptedModel(answers=[["a", "b"]])
    with closing(ChatWriter(model, Endpoint("SANAD_MODEL", "scripted:x")).stream(ASKED)) as pieces:
        assert next(pieces) == "a"
    assert model.closed == [True]


# Failures


def test_refused_connection(provider, waits):
    _, error = failing(load_writer(f"{provider}:tiny", "http://127.0.0.1:1"))
    assert (error.kind, error.retryable) == ("refused", True)
    assert "http://127.0.0.1:1 can't be reached" in str(error)
    assert ("ollama serve" in str(error)) is (provider == "ollama")
    assert ("ollama serve" in explain(error, "ar")) is (provider == "ollama")
    assert waits == [0.5, 2.0]


@pytest.mark.parametrize(("key", "kind"), [("", "no_key"), (KEY, "key")], ids=["none", "wrong"])
def test_key_that_is_not_taken(provider, chat_server, key, kind, waits):
    chat_server.key = "another"
    _, error = failing(load_writer(f"{provider}:tiny", chat_server.address(provider), key))
    assert (error.kind, error.retryable) == (kind, False)
    assert "SANAD_MODEL_KEY" in str(error)
    assert "SANAD_MODEL_KEY" in explain(error, "ar")
    assert waits == []


def test_missing_model(provider, chat_server, waits):
    _, error = failing(load_writer(f"{provider}:absent", chat_server.address(provider)))
    assert (error.kind, error.retryable) == ("missing", False)
    assert ("ollama pull absent" in str(error)) is (provider == "ollama")
    assert ("ollama pull absent" in explain(error, "ar")) is (provider == "ollama")
    assert waits == []


def test_time_out(provider, chat_server, waits):
    chat_server.script(HOLD, "late")
    chat_server.script(HOLD, "late")
    chat_server.script(HOLD, "late")
    writer = load_writer(f"{provider}:tiny", chat_server.address(provider), timeout=0.2)
    _, error = failing(writer)
    assert (error.kind, error.retryable) == ("timeout", True)
    assert len(chat_server.requests) == 3


def test_time_out_in_the_middle_is_not_tried_again(provider, chat_server, waits):
    chat_server.script("One. ", HOLD, "late")
    writer = load_writer(f"{provider}:tiny", chat_server.address(provider), timeout=0.2)
    said, error = failing(writer)
    assert (said, error.kind, error.retryable) == ("One. ", "timeout", True)
    assert len(chat_server.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [(429, "busy"), (408, "busy"), (500, "server"), (502, "server"), (503, "server")],
)
def test_passing_failure_is_tried_again(writer, chat_server, status, kind, waits):
    chat_server.refuse(status, "overloaded")
    chat_server.refuse(status, "overloaded")
    chat_server.script("Here.")
    assert writer.complete(ASKED) == "Here."
    for _ in range(3):
        chat_server.refuse(status, "overloaded")
    _, error = failing(writer)
    assert (error.kind, error.retryable) == (kind, True)
    assert "overloaded" in str(error)
    assert waits == [0.5, 2.0] * 2


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("9999", 60), ("soon", 0.5), ("0", 0.5)])
def test_server_may_ask_for_a_longer_wait(writer, chat_server, asked, waited, waits):
    chat_server.refuse(429, headers={"Retry-After": asked})
    chat_server.script("Here.")
    assert writer.complete(ASKED) == "Here."
    assert waits == [waited]


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "rejected"), (413, "rejected"), (422, "rejected")]
)
def test_refused_call_is_not_tried_again(writer, chat_server, status, kind, waits):
    chat_server.refuse(status)
    _, error = failing(writer)
    assert (error.kind, error.retryable) == (kind, False)
    assert (len(chat_server.requests), waits) == (1, [])


def test_spent_quota(chat_server, waits):
    chat_server.refuse(429, "You exceeded your quota.", code="insufficient_quota")
    _, error = failing(load_writer("openai:tiny", chat_server.address("openai")))
    assert (error.kind, error.retryable, waits) == ("quota", False, [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("This model's maximum context length is 4096 tokens.", "context_length_exceeded"),
        ("the request exceeds the available context size, try increasing it", None),
        ("prompt is too long: 9000 tokens > 4096 maximum", None),
    ],
    ids=["openai", "llama.cpp", "anthropic"],
)
def test_context_that_is_too_long(writer, chat_server, words, code, waits):
    chat_server.refuse(400, words, code=code)
    _, error = failing(writer)
    assert (error.kind, error.retryable, waits) == ("context", False, [])
    assert "SANAD_MODEL_CONTEXT" in str(error)


def test_ollama_gets_no_prompt_that_it_would_cut(chat_server):
    writer = load_writer("ollama:tiny", chat_server.url, context=1000)
    _, error = failing(writer, [HumanMessage("word " * 2000)])
    assert error.kind == "context"
    assert chat_server.requests == []
    chat_server.script("Yes.")
    assert writer.complete([HumanMessage("word " * 200)]) == "Yes."


def test_connection_that_is_dropped(writer, chat_server, waits):
    chat_server.script("One. ", CUT)
    said, error = failing(writer)
    assert (said, error.kind, error.retryable) == ("One. ", "cut", True)
    assert len(chat_server.requests) == 1


def test_stream_that_ends_without_saying_why(writer, chat_server, waits):
    chat_server.script("One. ", ending="")
    said, error = failing(writer)
    assert (said, error.kind, error.retryable) == ("One. ", "cut", True)


def test_connection_that_is_dropped_before_a_word_is_tried_again(writer, chat_server, waits):
    chat_server.script(CUT)
    chat_server.script("", ending="")
    chat_server.script("Here.")
    assert writer.complete(ASKED) == "Here."
    assert waits == [0.5, 2.0]


@pytest.mark.parametrize(
    "steps",
    [(), ("", " \n"), ("<think>only thoughts",), (Think("only thoughts"),)],
    ids=["nothing", "white-space", "open-thought", "thought"],
)
def test_empty_answer(writer, chat_server, steps, waits):
    for _ in range(3):
        chat_server.script(*steps)
    said, error = failing(writer)
    assert (said, error.kind, error.retryable) == ("", "empty", True)


@pytest.mark.parametrize(
    ("provider", "ending", "kind"),
    [
        ("openai", "length", "length"),
        ("openai", "content_filter", "filtered"),
        ("ollama", "length", "length"),
        ("anthropic", "length", "length"),
        ("anthropic", "content_filter", "filtered"),
    ],
)
def test_answer_that_is_not_whole(chat_server, provider, ending, kind):
    chat_server.script("One. ", ending=ending)
    said, error = failing(load_writer(f"{provider}:tiny", chat_server.address(provider)))
    assert (said, error.kind, error.retryable) == ("One. ", kind, False)


BROKEN = {
    "openai": 'data: {"choices": [{"ind\n\n',
    "ollama": '{"message": {"rol\n',
    "anthropic": 'event: content_block_delta\ndata: {"type": "content_blo\n\n',
}


def test_malformed_json(writer, chat_server, provider):
    chat_server.script("One. ", Raw(BROKEN[provider]), "Two.")
    said, error = failing(writer)
    assert (said, error.kind, error.retryable) == ("One. ", "malformed", False)


SAID = {
    "openai": 'data: {"error": {"message": "the runner broke down"}}\n\n',
    "ollama": '{"error": "the runner broke down"}\n',
    "anthropic": 'event: error\ndata: {"type": "error", "error": {"type": "api_error", '
    '"message": "the runner broke down"}}\n\n',
}


def test_failure_in_the_middle_that_the_server_tells(writer, chat_server, provider):
    chat_server.script("One. ", Raw(SAID[provider]), "Two.")
    said, error = failing(writer)
    assert (said, error.kind, error.retryable) == ("One. ", "server", True)
    assert "the runner broke down" in str(error)


def test_failure_before_a_word_that_the_server_tells_is_tried_again(
    writer, chat_server, provider, waits
):
    chat_server.script(Raw(SAID[provider]))
    chat_server.script("Here.")
    assert writer.complete(ASKED) == "Here."
    assert waits == [0.5]


def test_server_of_another_kind(provider, chat_server, waits):
    url = f"{chat_server.url}/elsewhere"
    _, error = failing(load_writer(f"{provider}:tiny", url))
    assert (error.kind, error.retryable) == ("missing", False)
    assert "SANAD_MODEL_URL" in str(error)


# Temperature


def test_answer_is_as_deterministic_as_can_be(writer, chat_server, provider):
    chat_server.script("Yes.")
    writer.complete(ASKED)
    (call,) = chat_server.requests
    assert (call["options"] if provider == "ollama" else call)["temperature"] == 0


@pytest.mark.parametrize("name", ["openai:gpt-5-mini", "anthropic:claude-opus-4-7"])
def test_model_without_temperature_gets_none(name, chat_server):
    chat_server.model = name.partition(":")[2]
    chat_server.script("Yes.")
    load_writer(name, chat_server.address(name.partition(":")[0])).complete(ASKED)
    assert "temperature" not in chat_server.requests[0]


def test_unknown_model_that_refuses_the_temperature_is_asked_without(writer, chat_server, provider):
    for words in ("Yes.", "No."):
        if words == "Yes.":
            chat_server.refuse(400, "Unsupported value: 'temperature' does not support 0.")
        chat_server.script(words)
        assert writer.complete(ASKED) == words
    sent = [call["options"] if provider == "ollama" else call for call in chat_server.requests]
    assert ["temperature" in call for call in sent] == [True, False, False]


# The context


def test_context_is_the_settings(provider, chat_server):
    writer = load_writer(f"{provider}:tiny", chat_server.address(provider), context=16_000)
    assert writer.context_tokens() == 16_000
    assert writer.answer_tokens() == 2048


@pytest.mark.parametrize(
    ("name", "url", "tokens"),
    [
        ("ollama:qwen3:8b", "", 4096),
        ("openai:local", "http://127.0.0.1:1/v1", 4096),
        ("openai:gpt-4o", "http://127.0.0.1:1/v1", 4096),
        ("openai:gpt-4o", "", 128_000),
        ("openai:nobody-knows-it", "", 4096),
        ("anthropic:claude-haiku-4-5", "", 200_000),
    ],
)
def test_context_without_a_setting(name, url, tokens):
    assert load_writer(name, url, KEY).context_tokens() == tokens


@pytest.mark.parametrize(
    ("context", "room", "answer"), [(0, 4096, 1024), (8192, 8192, 2048), (1024, 1024, 256)]
)
def test_ollama_is_told_its_context(chat_server, context, room, answer):
    chat_server.script("Yes.")
    load_writer("ollama:tiny", chat_server.url, context=context).complete(ASKED)
    options = chat_server.requests[0]["options"]
    assert (options["num_ctx"], options["num_predict"]) == (room, answer)


# What can't be loaded


@pytest.mark.parametrize("name", ["", "nonsense", "ollama:", ":tiny", " : "])
def test_name_that_is_none(name):
    with pytest.raises(SettingsError, match="SANAD_MODEL") as caught:
        load_chat_model(name)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_missing_package_of_an_extra(provider, monkeypatch):
    monkeypatch.setattr("assistant.models.providers.find_spec", lambda package: None)
    with pytest.raises(MissingDependency, match=rf"sanad\[{provider}\]"):
        load_chat_model(f"{provider}:tiny")


@pytest.mark.parametrize(
    ("name", "package"),
    [("cohere:command-a", "langchain-cohere"), ("mistralai:small", "langchain-mistralai")],
)
def test_missing_package_of_another_provider(name, package):
    with pytest.raises(MissingDependency, match=f"pip install {package}"):
        load_chat_model(name)


def test_unknown_provider():
    with pytest.raises(ModelError, match="no provider 'nobody'") as caught:
        load_chat_model("nobody:tiny")
    assert (caught.value.kind, caught.value.retryable) == ("provider", False)
    assert "ollama" in str(caught.value)
    assert "nobody" in explain(caught.value, "ar")


@pytest.mark.parametrize("name", ["openai:gpt-4o", "anthropic:claude-haiku-4-5"])
def test_own_server_without_a_key(name):
    with pytest.raises(ModelError, match="SANAD_MODEL_KEY") as caught:
        load_chat_model(name)
    assert not caught.value.retryable


@pytest.mark.parametrize(
    ("name", "url", "key", "words"),
    [
        ("ollama:tiny", "localhost:11434", "", "http://"),
        ("openai:tiny", "nowhere", KEY, "nowhere"),
        ("openai:tiny", "http://", "", "http://"),
        ("openai:tiny", "http://ann:pass@host:x/", "", "http://host:x/"),
        ("cohere:tiny", "http://127.0.0.1:1", KEY, "SANAD_MODEL_URL"),
    ],
)
def test_address_or_key_that_is_not_taken(name, url, key, words):
    with pytest.raises(SettingsError, match=words) as caught:
        load_chat_model(name, url, key)
    assert KEY not in str(caught.value)
    assert "pass" not in str(caught.value)


# Documents go where the settings say, and nowhere else


@pytest.fixture
def elsewhere():
    """An address where nobody must ask; what came there nevertheless."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        done = threading.Event()

        def listen():
            while not done.is_set():
                try:
                    with listening.accept()[0] as connection:
                        came.append(connection.recv(1000))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", came
        done.set()
        thread.join()


def test_variables_of_the_environment_lead_nowhere_else(
    provider, chat_server, elsewhere, monkeypatch
):
    other, came = elsewhere
    for name in VARIABLES:
        if "KEY" not in name and "TRACING" not in name and name.lower() != "no_proxy":
            monkeypatch.setenv(name, other)
    for name in ("OPENAI_API_KEY", "OLLAMA_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.setenv(name, KEY)
    chat_server.script("Here.")
    model = load_writer(f"{provider}:tiny", chat_server.address(provider))
    assert model.complete(ASKED) == "Here."
    assert came == []
    (headers,) = chat_server.headers
    assert KEY not in str(headers)
    assert other not in str(headers)
    assert "authorization" not in headers
    assert "x-api-key" not in headers


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("openai:gpt-4o", "https://api.openai.com/v1"),
        ("ollama:qwen3:8b", "http://127.0.0.1:11434"),
        ("anthropic:claude-haiku-4-5", "https://api.anthropic.com"),
    ],
)
def test_own_address_whatever_the_environment_says(name, address, monkeypatch):
    for variable in VARIABLES:
        if "KEY" not in variable and "TRACING" not in variable:
            monkeypatch.setenv(variable, "http://127.0.0.1:9")
    model = load_chat_model(name, key=KEY)
    client = {
        "openai": lambda: model.root_client._client,
        "ollama": lambda: model._client._client,
        "anthropic": lambda: model._client._client,
    }[name.partition(":")[0]]()
    root = getattr(model, "root_client", None) or model._client
    assert str(getattr(root, "base_url", client.base_url)).rstrip("/") == address
    assert not client.follow_redirects
    assert client.trust_env is address.startswith("https")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_is_not_followed(writer, chat_server, elsewhere, status, waits):
    other, came = elsewhere
    chat_server.refuse(status, "moved", headers={"Location": other})
    _, error = failing(writer)
    assert (error.kind, error.retryable) == ("redirect", False)
    assert came == []


def test_key_of_the_environment_is_for_the_providers_own_server(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert load_chat_model("openai:gpt-4o").openai_api_key.get_secret_value() == KEY
    other = load_chat_model("openai:gpt-4o", "http://127.0.0.1:1/v1")
    assert other.openai_api_key.get_secret_value() != KEY


def test_nothing_is_traced(writer, chat_server, elsewhere, monkeypatch):
    from langsmith import utils

    other, came = elsewhere
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", other)
    utils.get_env_var.cache_clear()
    try:
        assert utils.tracing_is_enabled()
        chat_server.script("a", "b")
        seen = [utils.tracing_is_enabled() for _ in writer.stream(ASKED)]
        assert seen == [True, True]  # the setting of who asks is left alone
        time.sleep(0.5)
    finally:
        utils.get_env_var.cache_clear()
    assert came == []


def test_password_of_an_address_is_not_shown(provider, waits):
    _, error = failing(load_writer(f"{provider}:tiny", "http://ann:pa55@127.0.0.1:1/?key=pa55"))
    assert "pa55" not in str(error)
    assert "127.0.0.1:1" in str(error)
