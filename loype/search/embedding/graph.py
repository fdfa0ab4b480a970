"""Draws the model as an ONNX graph, with the large matrices in 8-bit numbers.

In: `ids` and `mask` (texts, pieces) as int64. Out: `vectors` (texts, hidden), of unit length.
The sums are those of `multilingual-e5-small`: embeddings, layers of attention and of two linear
maps, the mean over the pieces.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from loype.search.embedding.weights import Sizes

OPSET = 20
FORMAT = 9
MASKED = -10_000.0
FLOAT, UINT8, INT64 = 1, 2, 7  # as ONNX numbers its types
# Steps of a weight on each side of zero. With 127 two products can be more than 16 bits hold, and
# processors without VNNI would give other sums; with 64 all processors give the same.
STEPS = 64


class Graph:
    """Collects nodes and numbers, and gives each result a name."""

    def __init__(self, *, is_small: bool) -> None:
        self.is_small = is_small
        self.nodes: list[Any] = []
        self.numbers: list[Any] = []

    def number(self, value: Any, kind: str = "float32") -> str:
        """A constant."""
        import numpy as np
        from onnx import numpy_helper

        name = f"c{len(self.numbers)}"
        array = np.ascontiguousarray(np.asarray(value, dtype=kind))
        self.numbers.append(numpy_helper.from_array(array, name))
        return name

    def do(self, operation: str, *inputs: str, outputs: int = 1, **choices: Any) -> Any:
        """The name of what an operation gives; several names where it gives several things."""
        from onnx import helper

        names = [f"n{len(self.nodes)}_{place}" for place in range(outputs)]
        self.nodes.append(helper.make_node(operation, list(inputs), names, **choices))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """x · weightᵀ + bias; small: both sides in 8 bits, one scale for each output and piece."""
        if not self.is_small:
            product = self.do("MatMul", x, self.number(weight.T))
            return str(self.do("Add", product, self.number(bias)))
        rounded, scales = in_small_steps(weight)
        packed, lowest, unit = self._pack(x)
        whole = self.do("MatMulInteger", packed, self.number(rounded.T, "int8"))
        # The scales one after the other: onnxruntime takes their product for a single number.
        product = self.do("Mul", self._as_float(whole), self.number(scales.ravel()))
        product = self.do("Mul", product, unit)
        sums = rounded.sum(axis=1, dtype="int32") * scales.ravel()
        shift = self.do("Add", self.do("Mul", lowest, self.number(sums)), self.number(bias))
        return str(self.do("Add", product, shift))

    def _pack(self, x: str) -> tuple[str, str, str]:
        """Each piece's numbers in steps from 0 to 255, with the lowest and the size of a step.

        A scale for each piece instead of one for all: a text's vector then does not depend on
        which texts share its batch, and is as good as without packing (cosine 0.999, not 0.996).
        """
        along = self.number([-1], "int64")
        lowest = self.do("ReduceMin", x, along, keepdims=1)
        highest = self.do("ReduceMax", x, along, keepdims=1)
        unit = self.do("Mul", self.do("Sub", highest, lowest), self.number(1 / 255))
        unit = self.do("Max", unit, self.number(1e-9))
        # A cast cuts off, so half a step is added first.
        start = self.do("Sub", lowest, self.do("Mul", unit, self.number(0.5)))
        steps = self.do("Mul", self.do("Sub", x, start), self.do("Reciprocal", unit))
        return self.do("Cast", steps, to=UINT8), lowest, unit

    def _as_float(self, x: str) -> str:
        return str(self.do("Cast", x, to=FLOAT))

    def look_up(self, table: NDArray[Any], ids: str) -> str:
        """The rows of a table; small: rows of 8-bit numbers with a scale each."""
        if not self.is_small:
            return str(self.do("Gather", self.number(table), ids))
        rounded, scales = in_small_steps(table)
        rows = self.do("Gather", self.number(rounded, "int8"), ids)
        scale = self.do("Gather", self.number(scales), ids)
        return str(self.do("Mul", self._as_float(rows), scale))

    def normalise(self, x: str, weight: NDArray[Any], bias: NDArray[Any], epsilon: float) -> str:
        """Layer normalisation."""
        parts = x, self.number(weight), self.number(bias)
        return str(self.do("LayerNormalization", *parts, epsilon=epsilon, axis=-1))


def in_small_steps(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Whole numbers from -STEPS to STEPS, and the scale of each row as a column."""
    import numpy as np

    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12) / STEPS
    return np.rint(rows / scales).astype(np.int8), scales.astype(np.float32)


def draw(weights: Any, *, words: NDArray[Any], is_small: bool = True) -> bytes:
    """The whole model as an ONNX file; `words` are the embeddings of the kept pieces."""
    from onnx import helper

    graph, sizes = Graph(is_small=is_small), weights.sizes
    mask = graph.do("Cast", "mask", to=FLOAT)
    x = _embeddings(graph, weights, words)
    hidden_pieces = graph.do("Mul", graph.do("Sub", graph.number(1), mask), graph.number(MASKED))
    bias = graph.do("Unsqueeze", hidden_pieces, graph.number([1, 2], "int64"))
    for layer in range(sizes.layers):
        x = _layer(graph, weights, f"l{layer}.", x, bias)
    _mean(graph, x, mask)
    shape = ["texts", "pieces"]
    inputs = [helper.make_tensor_value_info(one, INT64, shape) for one in ("ids", "mask")]
    output = helper.make_tensor_value_info("vectors", FLOAT, ["texts", sizes.hidden])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "e5", inputs, [output], graph.numbers),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=FORMAT,
        producer_name="loype",
    )
    return bytes(model.SerializeToString())


def _embeddings(graph: Graph, weights: Any, words: NDArray[Any]) -> str:
    sizes: Sizes = weights.sizes
    zero, one = graph.number([0], "int64"), graph.number([1], "int64")
    length = graph.do("Gather", graph.do("Shape", "ids"), one)
    # The kind of text is always the first: e5 knows no other.
    places = (
        weights.tensor("emb.pos", width=sizes.hidden) + weights.line("emb.type")[: sizes.hidden]
    )
    used = graph.do("Slice", graph.number(places), zero, length, zero)
    both = graph.do("Add", graph.look_up(words, "ids"), used)
    return graph.normalise(both, weights.line("emb.ln.w"), weights.line("emb.ln.b"), sizes.epsilon)


def _layer(graph: Graph, weights: Any, layer: str, x: str, bias: str) -> str:
    sizes: Sizes = weights.sizes
    seen = _attention(graph, weights, layer, x, bias)
    out = graph.linear(
        seen, weights.tensor(f"{layer}ao.w", width=sizes.hidden), weights.line(f"{layer}ao.b")
    )
    x = graph.normalise(
        graph.do("Add", x, out),
        weights.line(f"{layer}aln.w"), weights.line(f"{layer}aln.b"), sizes.epsilon,
    )  # fmt: skip
    inner = graph.linear(
        x, weights.tensor(f"{layer}fi.w", width=sizes.hidden), weights.line(f"{layer}fi.b")
    )
    out = graph.linear(
        graph.do("Gelu", inner),
        weights.tensor(f"{layer}fo.w", width=sizes.inner), weights.line(f"{layer}fo.b"),
    )  # fmt: skip
    return graph.normalise(
        graph.do("Add", x, out),
        weights.line(f"{layer}oln.w"), weights.line(f"{layer}oln.b"), sizes.epsilon,
    )  # fmt: skip


def _attention(graph: Graph, weights: Any, layer: str, x: str, bias: str) -> str:
    """What each piece takes from the others; the three maps in one, for speed."""
    import numpy as np

    sizes: Sizes = weights.sizes
    deep = sizes.hidden // sizes.heads
    maps = [weights.tensor(f"{layer}{one}.w", width=sizes.hidden) for one in "qkv"]
    biases = [weights.line(f"{layer}{one}.b") for one in "qkv"]
    all_three = graph.linear(x, np.concatenate(maps), np.concatenate(biases))
    by_head = graph.number([0, 0, sizes.heads, deep], "int64")
    asked, offered, carried = (
        graph.do("Transpose", graph.do("Reshape", one, by_head), perm=order)
        for one, order in zip(
            graph.do("Split", all_three, outputs=3, axis=2, num_outputs=3),
            ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]),
            strict=True,
        )
    )
    alike = graph.do("MatMul", asked, offered)
    alike = graph.do("Mul", alike, graph.number(1 / math.sqrt(deep)))
    share = graph.do("Softmax", graph.do("Add", alike, bias), axis=-1)
    taken = graph.do("Transpose", graph.do("MatMul", share, carried), perm=[0, 2, 1, 3])
    return str(graph.do("Reshape", taken, graph.number([0, 0, sizes.hidden], "int64")))


def _mean(graph: Graph, x: str, mask: str) -> None:
    from onnx import helper

    along = graph.number([1], "int64")
    kept = graph.do("Mul", x, graph.do("Unsqueeze", mask, graph.number([2], "int64")))
    total = graph.do("ReduceSum", kept, along, keepdims=0)
    # Of unit length afterwards, so the sum serves as well as the mean.
    length = graph.do("ReduceL2", total, along, keepdims=1)
    graph.nodes.append(helper.make_node("Div", [total, length], ["vectors"]))
