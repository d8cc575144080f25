"""Embeddings by LangChain's names: real packages against servers on loopback."""

from __future__ import annotations

import os
import socket
import threading

import numpy as np
import pytest
from model_server import ModelServer, Reply, letters

from assistant.errors import (
    AssistantError,
    EmbeddingMismatch,
    MissingDependency,
    ModelError,
    SettingsError,
)
from assistant.models import fingerprint, is_made_by, load_embeddings, named
from assistant.models.endpoint import Endpoint
from assistant.models.failures import model_error, persist
from assistant.models.named import prefixes

PROVIDERS = ["ollama", "openai"]
TEXTS = [f"text {chr(97 + i % 7) * i}" for i in range(150)]
KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def _nothing_from_the_environment(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_API_BASE", "OPENAI_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def slept(monkeypatch):
    """Wait for nothing; return how long it would have been."""
    waits = []
    monkeypatch.setattr("assistant.models.failures.time.sleep", waits.append)
    return waits


@pytest.fixture
def server():
    running = ModelServer()
    yield running
    running.close()


@pytest.fixture(params=PROVIDERS)
def provider(request):
    return request.param


def address(provider, url):
    return f"{url}/v1" if provider == "openai" else url


@pytest.fixture
def load(provider, server):
    def loaded(model="tiny", url=None, key=""):
        return load_embeddings(f"{provider}:{model}", url or address(provider, server.url), key)

    return loaded


def normalised(text, size=8):
    vector = np.asarray(letters(text, size))
    return vector / np.linalg.norm(vector)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


# Success


def test_documents_come_in_batches_in_their_order(load, server, provider):
    found = load().embed_documents(TEXTS)
    assert np.allclose(found, [normalised(text) for text in TEXTS], atol=1e-6)
    assert server.texts == TEXTS
    size = {"ollama": 16, "openai": 64}[provider]
    assert [len(call["input"]) for call in server.calls[:-1]] == [size] * (len(TEXTS) // size)
    assert {call["model"] for call in server.calls} == {"tiny"}


def test_question_is_normalised_too(load):
    assert np.allclose(load().embed_query("a cab"), normalised("a cab"), atol=1e-6)


def test_no_documents_are_no_call(load, server):
    assert load().embed_documents([]) == []
    assert server.calls == []


def test_loading_asks_the_server_nothing(load, server):
    load()
    assert server.calls == []


def test_many_threads_get_their_own_vectors(load):
    embeddings, found = load(), {}

    def work(text):
        found[text] = embeddings.embed_documents([text])[0]

    threads = [threading.Thread(target=work, args=(text,)) for text in TEXTS[:24]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in TEXTS[:24]:
        assert np.allclose(found[text], normalised(text), atol=1e-6)


def test_key_is_sent(load, server):
    server.key = KEY
    assert load(key=KEY).embed_query("a")
    assert server.keys == [f"Bearer {KEY}"]


def test_key_of_the_environment_is_not_sent_to_a_named_server(load, server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    load().embed_query("a")
    assert KEY not in server.keys[0]


def test_variables_of_the_environment_lead_nowhere_else(load, server, monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "OLLAMA_HOST"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("OLLAMA_API_KEY", KEY)
    assert load().embed_query("a")
    assert KEY not in server.keys[0]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("openai:tiny", "https://api.openai.com/v1/"),
        ("ollama:tiny", "http://127.0.0.1:11434"),
    ],
)
def test_own_address_whatever_the_environment_says(name, address, monkeypatch):
    for variable in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST", "LANGSMITH_GATEWAY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:1")
    model = load_embeddings(name, key=KEY)._model()
    client = model.client._client if name.startswith("openai") else model._client._client
    assert str(client.base_url) == address


def test_redirect_is_not_followed(load, server):
    server.replies += [Reply(307, "", {"Location": f"{server.url}/elsewhere"})] * 2
    error = failing(load())
    assert (error.kind, error.retryable) == ("redirect", False)
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("model", "question", "passage"),
    [
        ("multilingual-e5-small", "query: a", "passage: a"),
        ("tiny", "a", "a"),
    ],
)
def test_texts_get_the_models_prefixes(load, server, model, question, passage):
    server.model = model
    embeddings = load(model)
    embeddings.embed_query("a")
    embeddings.embed_documents(["a"])
    assert server.texts == [question, passage]


# Failure


def failing(embeddings):
    with pytest.raises(ModelError) as caught:
        embeddings.embed_documents(["a secret document"])
    assert KEY not in str(caught.value)
    assert "secret document" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "SANAD_EMBEDDINGS=" in str(caught.value)
    return caught.value


def test_connection_refused(provider, load, slept):
    url = f"http://127.0.0.1:{free_port()}"
    error = failing(load(url=address(provider, url)))
    assert error.retryable
    assert "can't be reached" in str(error)
    assert url in str(error)
    assert "SANAD_EMBEDDINGS_URL" in str(error)
    assert slept == [1, 2, 4, 8]


def test_question_is_given_up_soon(provider, load, slept):
    with pytest.raises(ModelError, match="can't be reached"):
        load(url=address(provider, f"http://127.0.0.1:{free_port()}")).embed_query("a")
    assert slept == [0.5]


@pytest.mark.parametrize("key", ["", KEY], ids=["no-key", "wrong-key"])
def test_unauthorised(load, server, key, slept):
    server.key = "another"
    error = failing(load(key=key))
    assert not error.retryable
    assert "401" in str(error)
    assert "SANAD_EMBEDDINGS_KEY" in str(error)
    assert slept == []


def test_missing_model(load, provider, slept):
    error = failing(load("absent"))
    assert not error.retryable
    assert "404" in str(error)
    assert ("ollama pull absent" in str(error)) is (provider == "ollama")
    assert slept == []


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_failure_is_tried_again(load, server, status, slept):
    server.replies += [Reply(status, {"error": "busy"}), Reply(status, {"error": "busy"})]
    assert np.allclose(load().embed_documents(["abc"]), [normalised("abc")], atol=1e-6)
    assert slept == [1, 2]
    assert len(server.calls) == 3


@pytest.mark.parametrize("status", [429, 503])
def test_lasting_failure_is_given_up(load, server, status, slept):
    server.replies += [Reply(status, {"error": "busy"})] * 9
    error = failing(load())
    assert error.retryable
    assert str(status) in str(error)
    assert "busy" in str(error)
    assert slept == [1, 2, 4, 8]
    assert len(server.calls) == 5


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("999999", 60), ("soon", 1), ("0", 1)])
def test_server_may_ask_for_a_longer_wait(server, slept, asked, waited):
    server.replies.append(Reply(429, {"error": "busy"}, {"retry-after": asked}))
    load_embeddings("openai:tiny", f"{server.url}/v1").embed_documents(["a"])
    assert slept == [waited]


def test_spent_quota_is_not_tried_again(server, slept):
    body = {"error": {"message": "You exceeded your quota.", "code": "insufficient_quota"}}
    server.replies += [Reply(429, body)] * 2
    error = failing(load_embeddings("openai:tiny", f"{server.url}/v1"))
    assert not error.retryable
    assert "quota" in str(error)
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [301, 400, 413, 422])
def test_refused_call_is_not_tried_again(load, server, status):
    server.replies += [Reply(status, {"error": "no"})] * 2
    error = failing(load())
    assert not error.retryable
    assert str(status) in str(error)
    assert len(server.calls) == 1


def test_time_out(load, server, provider, monkeypatch, slept):
    monkeypatch.setitem(named._TIMEOUTS, provider, 0.2)
    server.replies += [Reply(wait=30)] * 5
    error = failing(load())
    assert error.retryable
    assert "in time" in str(error)
    assert slept == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body="<html>hello</html>", kind="text/html"),
        Reply(body="not json"),
        Reply(body=""),
        Reply(body={}),
        Reply(body=[]),
        Reply(body={"embeddings": [], "data": []}),
        Reply(body={"embeddings": [["a"]], "data": [{"embedding": ["a"]}]}),
        Reply(body={"embeddings": [[]], "data": [{"embedding": []}]}),
        Reply(body={"embeddings": [[1.0], [2.0]], "data": [{"embedding": [1.0]}] * 2}),
        Reply(body='{"embeddings": [[NaN]], "data": [{"embedding": [NaN]}]}'),
    ],
    ids="html words empty object list no-rows letters no-numbers too-many nan".split(),
)
def test_garbage(load, server, reply):
    server.replies += [reply] * 9
    error = failing(load())
    assert not error.retryable


def test_server_that_hangs_up(load, provider, slept):
    listening = socket.create_server(("127.0.0.1", 0))

    def hang_up():
        while True:
            try:
                listening.accept()[0].close()
            except OSError:
                return

    thread = threading.Thread(target=hang_up)
    thread.start()
    try:
        port = listening.getsockname()[1]
        error = failing(load(url=address(provider, f"http://127.0.0.1:{port}")))
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
    assert error.retryable
    assert slept == [1, 2, 4, 8]


# What can't be loaded


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("huggingface:intfloat/multilingual-e5-small", "langchain-huggingface", "huggingface"),
        ("cohere:embed-v4", "langchain-cohere", ""),
        ("mistralai:mistral-embed", "langchain-mistralai", ""),
    ],
)
def test_missing_package(name, package, extra):
    with pytest.raises(MissingDependency) as caught:
        load_embeddings(name)
    assert (caught.value.package, caught.value.extra) == (package, extra)
    wanted = f"'sanad[{extra}]'" if extra else package
    assert f"pip install {wanted}" in str(caught.value)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_missing_package_of_an_extra(provider, monkeypatch):
    monkeypatch.setattr("assistant.models.providers.find_spec", lambda package: None)
    with pytest.raises(MissingDependency, match=rf"sanad\[{provider}\]"):
        load_embeddings(f"{provider}:tiny")


def test_unknown_provider():
    with pytest.raises(ModelError, match="nobody") as caught:
        load_embeddings("nobody:tiny")
    assert not caught.value.retryable
    assert "ollama" in str(caught.value)


def test_openai_without_a_key():
    with pytest.raises(ModelError, match="SANAD_EMBEDDINGS_KEY") as caught:
        load_embeddings("openai:text-embedding-3-small")
    assert not caught.value.retryable


@pytest.mark.parametrize("path", ["/no/such/folder", "./folder", "~/folder", "~nobody-here/x"])
def test_missing_folder(path, monkeypatch):
    monkeypatch.setattr("assistant.models.providers.find_spec", lambda package: object())
    with pytest.raises(ModelError, match="there is no folder"):
        load_embeddings(f"huggingface:{path}")


@pytest.mark.parametrize(
    ("name", "url", "key", "words"),
    [
        ("ollama:tiny", "localhost:11434", "", "http://"),
        ("openai:tiny", "nowhere", KEY, "nowhere"),
        ("builtin", "http://127.0.0.1:1", "", "builtin"),
        ("builtin", "", KEY, "SANAD_EMBEDDINGS_KEY"),
        ("minilm", "http://127.0.0.1:1", "", "minilm"),
        ("cohere:tiny", "http://127.0.0.1:1", KEY, "SANAD_EMBEDDINGS_URL"),
        ("huggingface:a/b", "http://127.0.0.1:1", "", "SANAD_EMBEDDINGS_URL"),
    ],
)
def test_address_or_key_that_is_not_taken(name, url, key, words):
    with pytest.raises(SettingsError, match=words) as caught:
        load_embeddings(name, url, key)
    assert KEY not in str(caught.value)


# Models of the hub


class FakeHub:
    """Stands in for the class of langchain-huggingface."""

    def __init__(self, model_name, model_kwargs, encode_kwargs):
        self.model_name, self.model_kwargs = model_name, model_kwargs

    def embed_documents(self, texts):
        return [letters(text, 8) for text in texts]

    def embed_query(self, text):
        return letters(text, 8)


@pytest.fixture
def hub(monkeypatch):
    made = []

    def init_embeddings(model, *, provider, **options):
        assert provider == "huggingface"
        made.append(FakeHub(model, **options))
        return made[-1]

    monkeypatch.setattr("assistant.models.providers.find_spec", lambda package: object())
    monkeypatch.setattr("langchain.embeddings.init_embeddings", init_embeddings)
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "0")  # so that it is restored afterwards
    monkeypatch.delenv("HF_HUB_DISABLE_TELEMETRY")
    return made


def test_hub_model_is_loaded_when_first_needed(hub):
    embeddings = load_embeddings("huggingface:intfloat/multilingual-e5-small", key="hf_x")
    assert hub == []
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert np.allclose(embeddings.embed_query("a"), normalised("query: a"))
    assert np.allclose(embeddings.embed_documents(["a"]), [normalised("passage: a")])
    (model,) = hub
    assert model.model_name == "intfloat/multilingual-e5-small"
    assert model.model_kwargs == {"token": "hf_x"}


def test_hub_model_in_a_folder_needs_no_network(hub, tmp_path):
    (tmp_path / "multilingual-e5-base").mkdir()
    load_embeddings(f"huggingface:{tmp_path}/multilingual-e5-base").embed_query("a")
    (model,) = hub
    assert model.model_name == f"{tmp_path}/multilingual-e5-base"
    assert model.model_kwargs == {"local_files_only": True}


@pytest.mark.parametrize(
    ("model", "question", "passage"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-large-v2", "query: ", "passage: "),
        ("/models/multilingual-e5-base", "query: ", "passage: "),
        ("e5", "query: ", "passage: "),
        ("Multilingual_E5:latest", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: ", ""),
        ("intfloat/e5-mistral-7b-instruct", "Instruct: ", ""),
        ("BAAI/bge-m3", "", ""),
        ("text-embedding-3-small", "", ""),
        ("e55/model", "", ""),
        ("some/cafe5-model", "", ""),
    ],
)
def test_prefixes(model, question, passage):
    found = prefixes(model)
    assert found[0].startswith(question)
    assert bool(found[0]) is bool(question)
    assert found[1] == passage


# The fingerprint


def test_fingerprint_is_name_version_and_dimensions(load, server, provider):
    assert fingerprint("x", load()) == f"{provider}:tiny:1:8"
    assert len(server.calls) == 1


def test_fingerprint_of_a_library_is_known_without_asking(load, server, provider):
    embeddings = load()
    assert is_made_by(f"{provider}:tiny:1:8", "x", embeddings)
    for other in (None, "", "builtin", f"{provider}:tiny:0:8", f"{provider}:tiny:1:", "tiny:1:8"):
        assert not is_made_by(other, "x", embeddings)
    assert server.calls == []


def test_other_dimensions_than_before_are_an_error(load, server, provider):
    embeddings = load()
    assert is_made_by(f"{provider}:tiny:1:8", "x", embeddings)
    server.size = 4
    with pytest.raises(EmbeddingMismatch, match="sanad rebuild") as caught:
        embeddings.embed_query("a")
    assert "4" in str(caught.value)
    assert "8" in str(caught.value)
    assert fingerprint("x", embeddings).endswith(":4")
    assert embeddings.embed_query("a")


# Failures by themselves


def test_persist_lets_our_own_errors_through():
    def call():
        raise SettingsError("no")

    with pytest.raises(SettingsError):
        persist(call, Endpoint("SANAD_MODEL", "a:b"), (1,))


def test_persist_ends_when_it_has_taken_long(monkeypatch, slept):
    clock = iter([0.0, 10.0, 400.0])
    monkeypatch.setattr("assistant.models.failures.time.monotonic", lambda: next(clock))

    def call():
        raise ConnectionError("no")

    with pytest.raises(ModelError, match="can't be reached"):
        persist(call, Endpoint("SANAD_MODEL", "a:b"), (1, 1, 1, 1))
    assert slept == [1]


def test_error_names_the_setting_and_hides_what_is_private():
    endpoint = Endpoint("SANAD_MODEL", "openai:x", "http://ann:pass@host:1/v1", KEY)
    error = model_error(ConnectionError(f"tried {KEY}\nand failed. " + "long " * 200), endpoint)
    assert "SANAD_MODEL='openai:x' at http://host:1/v1 can't be reached" in str(error)
    assert "SANAD_MODEL_URL" in str(error)
    assert KEY not in f"{error} {endpoint!r}"
    assert "pass" not in f"{error} {endpoint!r}"
    assert len(str(error)) < 600
    assert isinstance(error, AssistantError)
