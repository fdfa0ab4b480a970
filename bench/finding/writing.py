"""Rows in the form that PostgreSQL copies in fastest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BINARY_BEGIN = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
BINARY_END = b"\xff\xff"
INTEGER = 23  # PostgreSQL's number of the type

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def text_row(values: Sequence[object]) -> str:
    """A row of COPY in text form."""
    return "\t".join(str(value).translate(_ESCAPES) for value in values) + "\n"


def array_of(values: Iterable[object]) -> str:
    """An array of words without quotes or commas, or of numbers."""
    return "{" + ",".join(str(value) for value in values) + "}"


def vector_rows(
    *,
    text_ids: NDArray[np.int64],
    embedder: int,
    organisations: NDArray[np.int64],
    audiences: NDArray[np.int64],
    comparable: NDArray[np.bool_],
    crowding: NDArray[np.float32],
    vectors: NDArray[np.float32],
) -> bytes:
    """Rows of `search_vector` in binary form, all at once: every field has the same length."""
    import numpy as np

    readers, width = audiences.shape[1], vectors.shape[1]
    fields = [
        ("fields", ">i2"),
        ("text_length", ">i4"), ("text", ">i8"),
        ("embedder_length", ">i4"), ("embedder", ">i8"),
        ("part_length", ">i4"), ("part", ">i2"),
        ("organisation_length", ">i4"), ("organisation", ">i8"),
        ("audience_length", ">i4"), ("audience_head", ">i4", 5),
        ("audience", [("length", ">i4"), ("code", ">i4")], readers),
        ("comparable_length", ">i4"), ("comparable", "i1"),
        ("crowding_length", ">i4"), ("crowding", ">f8"),
        ("vector_length", ">i4"), ("width", ">i2"), ("unused", ">i2"), ("vector", ">f2", width),
    ]  # fmt: skip
    rows = np.zeros(len(text_ids), dtype=np.dtype(fields))
    rows["fields"] = 8
    lengths = {
        "text": 8, "embedder": 8, "part": 2, "organisation": 8,
        "audience": 20 + 8 * readers, "comparable": 1, "crowding": 8, "vector": 4 + 2 * width,
    }  # fmt: skip
    for name, length in lengths.items():
        rows[f"{name}_length"] = length
    rows["text"], rows["embedder"], rows["organisation"] = text_ids, embedder, organisations
    rows["audience_head"] = (1, 0, INTEGER, readers, 1)
    rows["audience"]["length"], rows["audience"]["code"] = 4, audiences
    rows["comparable"], rows["crowding"] = comparable, crowding
    rows["width"], rows["vector"] = width, vectors
    return rows.tobytes()


VECTOR_COLUMNS = (
    "text_id, embedder_id, part, organisation_id, audience, is_comparable, crowding, vector"
)
