"""Settings: where a value comes from, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings


def load(tmp_path, environment=None, env_file="", overrides=None):
    """Load settings from these variables and this text of an ``.env`` file only."""
    path = tmp_path / ".env"
    path.write_bytes(env_file if isinstance(env_file, bytes) else env_file.encode())
    return Settings.load(environment or {}, path, overrides)


def test_settings_default_values(tmp_path):
    found = load(tmp_path)
    assert found == Settings()
    assert found.library == Path("library")
    assert (found.model, found.embeddings, found.language) == ("", "builtin", "auto")
    assert (found.host, found.port, found.users) == ("127.0.0.1", 7860, None)
    assert (found.documents / "algeria-russia-consultations.txt").is_file()
    assert (found.prompts / "answer.ar.md").is_file()


@pytest.mark.parametrize(
    ("env_file", "environment", "overrides", "port"),
    [
        ("", {}, {}, 7860),
        ("SANAD_PORT=1001", {}, {}, 1001),
        ("SANAD_PORT=1001", {"SANAD_PORT": "1002"}, {}, 1002),
        ("SANAD_PORT=1001", {"SANAD_PORT": "1002"}, {"port": 1003}, 1003),
        ("SANAD_PORT=1001", {"SANAD_HOST": "::1"}, {}, 1001),
        ("SANAD_PORT=1001", {}, {"port": 1003}, 1003),
    ],
    ids=["default", "env-file", "environment", "argument", "each-by-itself", "argument-over-file"],
)
def test_settings_order_of_sources(tmp_path, env_file, environment, overrides, port):
    assert load(tmp_path, environment, env_file, overrides).port == port


def test_settings_process_environment_and_env_file_of_the_working_directory(tmp_path, monkeypatch):
    for name in ("SANAD_MODEL", "SANAD_HOST", "SANAD_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SANAD_MODEL=a:b\nSANAD_HOST=0.0.0.0\n", "utf-8")
    monkeypatch.setenv("SANAD_HOST", "::1")
    found = Settings.load()
    assert (found.model, found.host) == ("a:b", "::1")
    assert Settings.load(env_file=None).model == ""


def test_settings_missing_env_file_is_no_error(tmp_path):
    assert Settings.load({}, tmp_path / "none.env") == Settings()


@pytest.mark.parametrize(
    ("name", "value", "attribute", "expected"),
    [
        ("SANAD_LIBRARY", "my library", "library", Path("my library")),
        ("SANAD_LIBRARY", " مكتبتي ", "library", Path("مكتبتي")),
        ("SANAD_DOCUMENTS", "/data/docs", "documents", Path("/data/docs")),
        ("SANAD_DOCUMENTS", "~/docs", "documents", Path("/home/ann/docs")),
        ("SANAD_PROMPTS", "p", "prompts", Path("p")),
        ("SANAD_MODEL", "ollama:qwen3:8b", "model", "ollama:qwen3:8b"),
        ("SANAD_MODEL", "", "model", ""),
        ("SANAD_MODEL_URL", "http://a:1", "model_url", "http://a:1"),
        ("SANAD_MODEL_KEY", "k", "model_key", "k"),
        ("SANAD_MODEL_CONTEXT", "8192", "model_context", 8192),
        ("SANAD_MODEL_CONTEXT", "1024", "model_context", 1024),
        ("SANAD_MODEL_CONTEXT", "", "model_context", 0),
        ("SANAD_MODEL_CONTEXT", "0", "model_context", 0),
        ("SANAD_MODEL_TIMEOUT", "600", "model_timeout", 600),
        ("SANAD_EMBEDDINGS", "minilm:/m", "embeddings", "minilm:/m"),
        ("SANAD_EMBEDDINGS_URL", "http://a:1", "embeddings_url", "http://a:1"),
        ("SANAD_EMBEDDINGS_KEY", "k", "embeddings_key", "k"),
        ("SANAD_CHROMA_URL", "http://a:1", "chroma_url", "http://a:1"),
        ("SANAD_LANGUAGE", "ar", "language", "ar"),
        ("SANAD_PORT", "65535", "port", 65535),
        (
            "SANAD_ALLOWED_HOSTS",
            "a.example, b-c.local,",
            "allowed_hosts",
            ("a.example", "b-c.local"),
        ),
        ("SANAD_ALLOWED_HOSTS", "مثال.إختبار", "allowed_hosts", ("مثال.إختبار",)),
        ("SANAD_ALLOWED_HOSTS", "", "allowed_hosts", ()),
        ("SANAD_USERS", "users.txt", "users", Path("users.txt")),
        ("SANAD_USERS", "", "users", None),
        ("SANAD_MAX_FILE_MB", "1", "max_file_mb", 1),
        ("SANAD_MAX_PAGES", "12", "max_pages", 12),
        ("SANAD_OCR", "true", "ocr", True),
        ("SANAD_OCR", "Off", "ocr", False),
        ("SANAD_OCR", "0", "ocr", False),
        ("SANAD_MAX_DOCUMENT_CHARACTERS", "9", "max_document_characters", 9),
        ("SANAD_MAX_UNPACKED_MB", "9", "max_unpacked_mb", 9),
        ("SANAD_MAX_UNPACKING_RATIO", "9", "max_unpacking_ratio", 9),
        ("SANAD_MAX_ARCHIVE_FILES", "9", "max_archive_files", 9),
        ("SANAD_MAX_NESTING", "250", "max_nesting", 250),
        ("SANAD_MAX_ROWS", "9", "max_rows", 9),
        ("SANAD_MAX_READING_SECONDS", "9", "max_reading_seconds", 9),
        ("SANAD_MAX_QUESTION_CHARACTERS", "9", "max_question_characters", 9),
        ("SANAD_MIN_CONFIDENCE", "0", "min_confidence", 0.0),
        ("SANAD_MIN_CONFIDENCE", "0.25", "min_confidence", 0.25),
    ],
)
def test_settings_value_of_its_type(tmp_path, monkeypatch, name, value, attribute, expected):
    monkeypatch.setenv("HOME", "/home/ann")
    for found in (load(tmp_path, {name: value}), load(tmp_path, {}, f"{name}='{value}'\n")):
        assert getattr(found, attribute) == expected
        assert type(getattr(found, attribute)) is type(expected)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANAD_LIBRARY", ""),
        ("SANAD_LIBRARY", "  "),
        ("SANAD_LIBRARY", "~no-such-user-here/library"),
        ("SANAD_DOCUMENTS", ""),
        ("SANAD_PROMPTS", ""),
        ("SANAD_ALLOWED_HOSTS", "https://a.example"),
        ("SANAD_ALLOWED_HOSTS", "a.example:443"),
        ("SANAD_ALLOWED_HOSTS", "a b"),
        ("SANAD_USERS", "~no-such-user-here/users"),
        ("SANAD_LANGUAGE", "fr"),
        ("SANAD_LANGUAGE", "AR"),
        ("SANAD_LANGUAGE", ""),
        ("SANAD_PORT", "0"),
        ("SANAD_PORT", "65536"),
        ("SANAD_PORT", "-1"),
        ("SANAD_PORT", "80a"),
        ("SANAD_PORT", "٨٠"),
        ("SANAD_PORT", "8_0"),
        ("SANAD_PORT", ""),
        ("SANAD_PORT", "9" * 5000),
        ("SANAD_MAX_FILE_MB", "0"),
        ("SANAD_MAX_FILE_MB", "1.5"),
        ("SANAD_MAX_QUESTION_CHARACTERS", "many"),
        ("SANAD_MIN_CONFIDENCE", "1.1"),
        ("SANAD_MIN_CONFIDENCE", "-0.1"),
        ("SANAD_MIN_CONFIDENCE", "nan"),
        ("SANAD_MODEL_CONTEXT", "1023"),
        ("SANAD_MODEL_CONTEXT", "-1"),
        ("SANAD_MODEL_CONTEXT", "8k"),
        ("SANAD_MODEL_TIMEOUT", "0"),
        ("SANAD_MODEL_TIMEOUT", "2m"),
        ("SANAD_MIN_CONFIDENCE", "50%"),
        ("SANAD_MIN_CONFIDENCE", ""),
    ],
    ids=lambda value: value[:30] or "empty",
)
def test_settings_wrong_value_is_named(tmp_path, name, value):
    for environment, env_file in (({name: value}, ""), ({}, f"{name}='{value}'\n")):
        with pytest.raises(SettingsError) as caught:
            load(tmp_path, {"SANAD_MODEL_KEY": "sk-secret", **environment}, env_file)
        assert name in str(caught.value)
        assert repr(value.strip()) in str(caught.value)
        assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("library", ""),
        ("library", None),
        ("documents", 7),
        ("library", " "),
        ("users", 7),
        ("allowed_hosts", 7),
        ("allowed_hosts", None),
        ("model", None),
        ("model_key", 7),
        ("host", b"::1"),
        ("language", "fr"),
        ("language", None),
        ("port", -1),
        ("port", 65536),
        ("port", 80.5),
        ("port", "high"),
        ("max_file_mb", 0),
        ("max_nesting", 251),
        ("max_rows", 0),
        ("model_context", 7),
        ("model_context", None),
        ("model_timeout", 0),
        ("max_pages", 0),
        ("ocr", "perhaps"),
        ("ocr", None),
        ("max_question_characters", None),
        ("min_confidence", 1.5),
        ("min_confidence", float("nan")),
        ("min_confidence", None),
    ],
    ids=repr,
)
def test_settings_wrong_value_given_in_python_is_named(tmp_path, name, value):
    shown = "…" if name == "model_key" else repr(value)
    for make in (lambda: Settings(**{name: value}), lambda: load(tmp_path, {}, "", {name: value})):
        with pytest.raises(SettingsError) as caught:
            make()
        assert f"{name}={shown} can't be used" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("library", "my library", Path("my library")),
        ("allowed_hosts", ["a.example"], ("a.example",)),
        ("users", None, None),
        ("users", "users.txt", Path("users.txt")),
        ("port", "8080", 8080),
        ("min_confidence", 1, 1.0),
    ],
)
def test_settings_value_given_in_python_has_its_type(name, value, expected):
    found = getattr(Settings(**{name: value}), name)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("SANAD_LIBARY", "SANAD_LIBRARY"),
        ("SANAD_PROT", "SANAD_PORT"),
        ("SANAD_MODEL_KEYS", "SANAD_MODEL_KEY"),
        ("SANAD_EMBEDDING", "SANAD_EMBEDDINGS"),
        ("SANAD_max_file_mb", "SANAD_MAX_FILE_MB"),
        ("SANAD_", "SANAD_"),
        ("SANAD_XYZZYXYZZYXYZZYXYZZY", "SANAD_CHROMA_URL, SANAD_DOCUMENTS, SANAD_EMBEDDINGS"),
    ],
)
def test_settings_unknown_name_suggests_a_known_one(tmp_path, name, nearest):
    for environment, env_file in (({name: "sk-secret"}, ""), ({}, f"{name}=sk-secret\n")):
        with pytest.raises(SettingsError, match=f"Unknown setting {name}\\.") as caught:
            load(tmp_path, environment, env_file)
        assert nearest in str(caught.value)
        assert "sk-secret" not in str(caught.value)


def test_settings_other_names_are_left_alone(tmp_path):
    assert load(tmp_path, {"OTHER": "1", "sanad_port": "x"}, "OTHER=2\nMY_SANAD_PORT=x\n") == (
        Settings()
    )


@pytest.mark.parametrize(
    ("env_file", "model"),
    [
        ("SANAD_MODEL=a", "a"),
        (b"\xef\xbb\xbfSANAD_MODEL=a\n", "a"),
        ("# a comment\r\n\r\nSANAD_MODEL=a\r\n", "a"),
        ("export SANAD_MODEL='a b'\n", "a b"),
        ("SANAD_MODEL=a # comment\n", "a"),
        ("SANAD_MODEL='a$HOME${HOME}'\n", "a$HOME${HOME}"),
        ("SANAD_MODEL=a$HOME\n", "a$HOME"),
        ("SANAD_MODEL=نموذج\n", "نموذج"),
        ("SANAD_MODEL\n", ""),
    ],
    ids=["plain", "mark", "crlf", "quoted", "comment", "dollar", "bare-dollar", "arabic", "bare"],
)
def test_settings_env_file_forms(tmp_path, env_file, model):
    assert load(tmp_path, {}, env_file).model == model


def test_settings_env_file_that_is_not_utf_8_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"\.env"):
        load(tmp_path, {}, "SANAD_LIBRARY=مكتبتي\n".encode("cp1256"))


@pytest.mark.parametrize("attribute", ["model_key", "embeddings_key"])
def test_settings_never_show_the_key(tmp_path, attribute):
    found = load(tmp_path, {f"SANAD_{attribute.upper()}": "sk-secret"})
    assert getattr(found, attribute) == "sk-secret"
    assert "sk-secret" not in f"{found!r} {found}"


def test_settings_unknown_argument_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="libary"):
        load(tmp_path, overrides={"libary": Path("x")})


def test_settings_data_folders_of_an_installed_package(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "assistant"
    for name in ("seeds", "prompts"):
        (package / "_data" / name).mkdir(parents=True)
        (package.parent / name).mkdir()
    monkeypatch.setattr("assistant.settings._PACKAGE", package)
    monkeypatch.setattr("assistant.settings._CHECKOUT", package.parent)
    assert Settings().documents == package / "_data" / "seeds"
    assert Settings().prompts == package / "_data" / "prompts"
