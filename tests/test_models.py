"""Models by name, and the built-in embedding."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

from assistant.errors import SettingsError
from assistant.language import stems
from assistant.lexicon import dimensions, text_vector
from assistant.models import (
    BUILTIN,
    fingerprint,
    is_builtin,
    is_made_by,
    load_embeddings,
)

BUILT_IN = load_embeddings(BUILTIN)
DIMENSIONS = dimensions()
TEXTS = [
    "وقعت البلدية أمس اتفاقا مع شركة النقل لتجديد حافلات المدينة.",
    "The harbour board agreed to rebuild the northern quay.",
]


def cosine(one, other):
    left, right = (np.asarray(BUILT_IN.embed_query(text)) for text in (one, other))
    return float(left @ right)


def test_builtin_has_the_interface_of_langchain():
    assert isinstance(BUILT_IN, Embeddings)
    rows = BUILT_IN.embed_documents(TEXTS)
    assert [len(row) for row in rows] == [DIMENSIONS, DIMENSIONS]
    assert all(type(number) is float for row in rows for number in row)
    assert rows == [BUILT_IN.embed_query(text) for text in TEXTS]
    assert asyncio.run(BUILT_IN.aembed_query(TEXTS[0])) == rows[0]
    assert asyncio.run(BUILT_IN.aembed_documents(TEXTS)) == rows
    assert BUILT_IN.embed_documents([]) == []


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1))
def test_builtin_vectors_are_of_length_one_or_zero(text):
    vector = np.asarray(BUILT_IN.embed_query(text))
    assert vector.shape == (DIMENSIONS,)
    length = np.linalg.norm(vector)
    assert length == pytest.approx(1, abs=1e-5) or not vector.any()


@pytest.mark.parametrize("text", TEXTS, ids=["ar", "en"])
def test_builtin_vector_of_words_is_of_length_one(text):
    assert np.linalg.norm(BUILT_IN.embed_query(text)) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", " \n", "— … ؟!", "\u200f"])
def test_builtin_text_without_words_is_the_zero_vector(text):
    assert BUILT_IN.embed_query(text) == [0.0] * DIMENSIONS


def test_builtin_is_the_same_in_another_process():
    command = (
        "import json, sys; from assistant.models import load_embeddings; "
        "print(json.dumps(load_embeddings('builtin').embed_documents(json.loads(sys.argv[1]))))"
    )
    seen = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", command, json.dumps(TEXTS)],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
        )
        for seed in ("1", "2")
    ]
    assert seen[0] == seen[1] == BUILT_IN.embed_documents(TEXTS)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        (
            "وقعت البلدية اتفاقا مع شركة النقل",
            "اتفاق البلدية وشركة النقل",
            "هطلت أمطار غزيرة على السواحل الشرقية",
        ),
        (
            "The board agreed to rebuild the quay",
            "rebuilding of the quay was agreed by the board",
            "Heavy rain fell on the eastern coast",
        ),
        (
            "وقعت البلدية اتفاقا مع شركة النقل",
            "The municipality signed an agreement with the transport company",
            "Heavy rain fell on the eastern coast",
        ),
        (
            "Heavy rain fell on the eastern coast",
            "هطلت أمطار غزيرة على السواحل الشرقية",
            "وقعت البلدية اتفاقا مع شركة النقل",
        ),
        ("doctor", "طبيب", "سيارة"),
        ("مدرسة", "school", "mountain"),
        ("الجزائر", "الجزائرية", "كتاب"),
        ("كتاب", "الكتاب", "سيارة"),
        ("وَقَّعَتِ البلديةُ", "وقعت البلدية", "سافر الوزير"),
        ("HARBOUR", "harbour", "mountain"),
    ],
    ids=[
        *("ar", "en", "ar-en", "en-ar", "en-ar-word", "ar-en-word"),
        *("ar-word", "ar-article", "ar-vowels", "case"),
    ],
)
def test_builtin_similar_texts_are_nearer(text, near, far):
    assert cosine(text, near) > cosine(text, far) + 0.2


def test_builtin_vector_is_the_lexicons():
    for text in TEXTS:
        assert BUILT_IN.embed_query(text) == text_vector(Counter(stems(text))).tolist()


def test_builtin_order_of_words_does_not_matter():
    words = TEXTS[1].split()

    assert BUILT_IN.embed_query(" ".join(words[::-1])) == pytest.approx(
        BUILT_IN.embed_query(TEXTS[1]), abs=1e-6
    )


def test_builtin_unknown_words_have_no_vector():
    assert not any(BUILT_IN.embed_query("qzxqzxqzx غظضذغظض"))
    assert BUILT_IN.embed_query("qzxqzxqzx harbour") == BUILT_IN.embed_query("harbour")


def test_builtin_same_text_is_nearest():
    assert cosine(TEXTS[0], TEXTS[0]) == pytest.approx(1, abs=1e-5)
    assert cosine(*TEXTS) < 0.8
    assert abs(cosine(TEXTS[0], "Bees make honey from thyme.")) < 0.3


@pytest.mark.parametrize(
    "name", ["", "nonsense", "Builtin", "builtin ", "MiniLM", "ollama:", ":tiny", " : "]
)
def test_load_embeddings_unknown_name(name):
    with pytest.raises(SettingsError, match="SANAD_EMBEDDINGS") as caught:
        load_embeddings(name)
    assert repr(name) in str(caught.value)
    assert BUILTIN in str(caught.value)


def test_fingerprint_is_the_embeddings_own_or_its_name():
    assert fingerprint("x", BUILT_IN) == BUILT_IN.fingerprint
    assert str(DIMENSIONS) in BUILT_IN.fingerprint
    assert fingerprint("openai:large", object()) == "openai:large"


def test_builtin_is_told_from_the_others():
    assert is_builtin("builtin")
    assert not any(map(is_builtin, ("minilm", "ollama:builtin", "Builtin", "")))


def test_fingerprint_of_a_library_is_compared():
    assert is_made_by(BUILT_IN.fingerprint, BUILTIN, BUILT_IN)
    assert is_made_by("openai:large", "openai:large", object())
    for stored in (None, "", "builtin", "builtin:hashed-1:256", BUILT_IN.fingerprint + "0"):
        assert not is_made_by(stored, BUILTIN, BUILT_IN)


def test_loading_the_builtin_loads_no_other():
    command = (
        "import sys; from assistant.models import load_embeddings; load_embeddings('builtin'); "
        "print({'onnxruntime', 'tokenizers', 'langchain', 'openai', 'ollama'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True)
    assert done.stdout.split() == [b"set()"]
