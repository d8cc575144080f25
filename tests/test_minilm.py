"""MiniLM's loading and pooling, on a tiny model with random weights made here."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from assistant.errors import EmbeddingMismatch, ModelError
from assistant.language import fold, stem
from assistant.models import fingerprint, is_made_by, load_embeddings

SIZE = 6
VOCABULARY = {
    word: number
    for number, word in enumerate(
        "[PAD] [UNK] [CLS] [SEP] the harbour ship came rain fell when who ? .".split()
    )
}
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def weights(seed=7):
    """Return a vector a token; padding's is large, so that it is seen where it counts."""
    table = np.random.default_rng(seed).normal(size=(len(VOCABULARY), SIZE)).astype(np.float32)
    table[0] = 1000
    return table


def write_model(file, seed=7, inputs=INPUTS, pooled=False):
    """Write a model whose hidden states are its tokens' vectors."""
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["states"])]
    if pooled:
        nodes.append(helper.make_node("ReduceMean", ["states"], ["out"], axes=[1], keepdims=0))
    else:
        nodes.append(helper.make_node("Identity", ["states"], ["out"]))
    shape = ["texts", SIZE] if pooled else ["texts", "tokens", SIZE]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["texts", "tokens"]) for n in inputs],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(weights(seed), "table")],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=9), file)


def write_tokenizer(file):
    tokenizer = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))  # noqa: S106  # a token of text
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.enable_padding(length=64)  # as the original file has it; it must not be used
    tokenizer.save(str(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("نموذج")
    write_model(folder / "model.onnx")
    write_tokenizer(folder / "tokenizer.json")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "model"))


@pytest.fixture
def model(made):
    return load_embeddings(f"minilm:{made}")


def expected(words):
    """Return the vector of a text by hand: the mean of all its tokens, of length one."""
    tokens = [2, *(VOCABULARY.get(word, 1) for word in words.split()[:254]), 3]
    mean = weights()[tokens].mean(axis=0)
    return mean / np.linalg.norm(mean)


# Vectors


@pytest.mark.parametrize("text", ["the ship came", "rain", "unknown words", "The SHIP came ."])
def test_vector_is_the_normalised_mean_over_the_tokens(model, text):
    found = model.embed_query(text)
    assert np.allclose(found, expected(text.lower()), atol=1e-6)
    assert model.embed_documents([text])[0] == pytest.approx(found, abs=1e-6)


def test_texts_of_all_lengths_keep_their_order(model):
    words = "the harbour ship came rain fell".split()
    texts = [" ".join(words[(i * 7 + j) % 6] for j in range(1 + i * 37 % 90)) for i in range(300)]
    found = model.embed_documents(texts)
    assert np.allclose(found, [expected(text) for text in texts], atol=1e-5)


def test_long_text_is_cut_at_256_tokens(model):
    words = "ship " * 250 + "rain " * 250
    assert np.allclose(model.embed_query(words), expected(words), atol=1e-5)


def test_text_without_anything_to_encode_is_the_zero_vector(model):
    nothing = [0.0] * SIZE
    assert model.embed_query(" \n") == nothing
    assert model.embed_query("غطغطغط") == nothing
    rows = model.embed_documents(["", "rain", "غطغطغط"])
    assert rows[0] == rows[2] == nothing
    assert np.allclose(rows[1], expected("rain"), atol=1e-6)
    assert model.embed_documents([]) == []


def test_arabic_is_glossed_and_english_is_not(model, monkeypatch):
    table = {stem(fold(a)): e for a, e in (("السفينة", "ship"), ("جاءت", "came"))}
    monkeypatch.setattr("assistant.models.gloss.english_word", lambda s: table.get(s, ""))
    arabic = model.embed_query("متى جاءت السفينة؟")
    assert np.allclose(arabic, expected("when came ship ?"), atol=1e-6)
    monkeypatch.setattr("assistant.models.minilm.glossed", pytest.fail)
    assert np.allclose(model.embed_query("when came"), expected("when came"), atol=1e-6)


def test_threads_share_a_model(made):
    model, texts = load_embeddings(f"minilm:{made}"), ["rain fell", "ship", "the harbour"] * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(model.embed_query, texts))
    assert np.allclose(found, [expected(text) for text in texts], atol=1e-6)


def test_model_without_token_types(folder):
    write_model(folder / "model.onnx", inputs=INPUTS[:2])
    found = load_embeddings(f"minilm:{folder}").embed_query("rain")
    assert np.allclose(found, expected("rain"), atol=1e-6)


# Where it is


def test_model_in_the_cache_of_chroma(made, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    cache = tmp_path / ".cache" / "chroma" / "onnx_models" / "all-MiniLM-L6-v2" / "onnx"
    with pytest.raises(ModelError) as caught:
        load_embeddings("minilm")
    assert str(cache) in str(caught.value)
    assert "minilm:FOLDER" in str(caught.value)
    assert not caught.value.retryable
    shutil.copytree(made, cache)
    assert np.allclose(load_embeddings("minilm").embed_query("rain"), expected("rain"), atol=1e-6)


def test_model_in_the_home_folder(made, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    shutil.copytree(made, tmp_path / "models")
    assert load_embeddings("minilm:~/models").embed_query("rain")


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_missing_file_is_named_with_its_folder(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=f"no {missing} in {folder}") as caught:
        load_embeddings(f"minilm:{folder}")
    assert f"'minilm:{folder}'" in str(caught.value)


@pytest.mark.parametrize("place", ["/no/such/folder", "~nobody-here/models", "."])
def test_missing_folder(place):
    with pytest.raises(ModelError, match=r"no model\.onnx and no tokenizer\.json"):
        load_embeddings(f"minilm:{place}")


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"not a model", b"{}"])
def test_damaged_file(folder, damaged, content):
    (folder / damaged).write_bytes(content)
    with pytest.raises(ModelError, match="can't be read") as caught:
        load_embeddings(f"minilm:{folder}").embed_query("rain")
    assert str(folder) in str(caught.value)


def test_model_of_another_kind(folder):
    write_model(folder / "model.onnx", pooled=True)
    with pytest.raises(ModelError, match="last hidden state"):
        load_embeddings(f"minilm:{folder}").embed_query("rain")


def test_tokenizer_of_another_model(folder):
    other = Tokenizer.from_file(str(folder / "tokenizer.json"))
    other.add_tokens([f"word{i}" for i in range(50)])
    other.save(str(folder / "tokenizer.json"))
    with pytest.raises(ModelError, match="failed"):
        load_embeddings(f"minilm:{folder}").embed_query("word49")


# The fingerprint


def test_fingerprint_is_of_the_file_and_not_of_its_place(made, folder):
    first, moved = (load_embeddings(f"minilm:{place}") for place in (made, folder))
    found = fingerprint("x", first)
    assert found.startswith("minilm:")
    assert found.endswith(f":{SIZE}")
    assert found == fingerprint("y", moved)
    assert is_made_by(found, "x", moved)
    write_model(folder / "model.onnx", seed=8)
    other = load_embeddings(f"minilm:{folder}")
    assert not is_made_by(found, "x", other)
    assert fingerprint("x", other) != found


def test_fingerprint_of_a_library_is_known_without_loading(made, monkeypatch):
    found = fingerprint("x", load_embeddings(f"minilm:{made}"))
    model = load_embeddings(f"minilm:{made}")
    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *_, **__: pytest.fail("loaded"))
    assert is_made_by(found, "x", model)


def test_other_dimensions_than_stored_are_an_error(model):
    stored = fingerprint("x", model).rpartition(":")[0] + ":384"
    assert is_made_by(stored, "x", model)
    with pytest.raises(EmbeddingMismatch, match="384"):
        model.embed_query("rain")
