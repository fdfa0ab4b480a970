r"""Teaches the language model that one's problem is another's solution; writes the adapter.

Needed only when the sentences or the model are to change. Besides what Løype needs it takes
PyTorch, installed for the occasion; on two cores it runs for about half an hour.

    .venv/bin/python -m pip install --target FOLDER torch
    PYTHONPATH=FOLDER .venv/bin/python tools/teach_model.py

What is learnt is small: beside each weight matrix W a product of two thin ones, W + b · a (low-rank
adaptation, Hu et al. 2021). It learns from `loype/search/calibration/sentences`: texts of one need
shall lie nearer to each other than to all others of the batch (the supervised contrastive loss of
Khosla et al. 2020), after the mean of each language is taken away. The groups in `held_out.txt` and
the restated needs are never shown; how well those of the first find each other is printed as it
goes. After 200 of 400 planned steps that stopped getting better. What was learnt is kept at half
its strength (between the old weights and the new, as Wortsman et al. 2022): whole, it found hard
needs no better, and lost on titles and everyday sentences.

Afterwards: tools/search_known.py, then `loype search calibrate --ship`.
"""

import math
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import django
import numpy as np
import torch
from torch.nn import functional

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loype.config.settings")
django.setup()

from loype.search.calibration.sentences import (  # noqa: E402
    RESTATED,
    Sentence,
    held_out,
    sentences,
)
from loype.search.embedding.builtin import PREFIX  # noqa: E402
from loype.search.embedding.pieces import make_tokenizer  # noqa: E402
from loype.search.embedding.recipe import ADAPTER, weights_file  # noqa: E402
from loype.search.embedding.weights import Weights, read_weights  # noqa: E402
from loype.search.language import LANGUAGES  # noqa: E402

RANK = 16
STEPS, PLANNED = 200, 400
STRENGTH = 0.5
GROUPS = 20  # in a batch; of each three of the same need and one that is near
RATE, WARMING = 5e-4, 20
SHARPNESS = 0.07
LONGEST = 64  # pieces
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
WHOLE, TITLE = 0.65, 0.20  # how often a text is shown whole, and its title alone; else its body


class Linear(torch.nn.Module):
    """A frozen linear map with what is learnt beside it."""

    def __init__(self, weight: Any, bias: Any) -> None:
        super().__init__()
        self.register_buffer("weight", torch.tensor(weight))
        self.register_buffer("bias", torch.tensor(bias))
        inputs, outputs = weight.shape[1], weight.shape[0]
        self.a = torch.nn.Parameter(torch.randn(RANK, inputs) / math.sqrt(inputs))
        self.b = torch.nn.Parameter(torch.zeros(outputs, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x · Wᵀ + bias, and what is learnt."""
        return functional.linear(x, self.weight, self.bias) + (x @ self.a.T) @ self.b.T


class Layer(torch.nn.Module):
    """One layer of attention and two linear maps."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        sizes, prefix = weights.sizes, f"l{number}."
        self.heads, self.epsilon = sizes.heads, sizes.epsilon
        self.maps = torch.nn.ModuleDict()
        for name in MATRICES:
            width = sizes.inner if name == "fo" else sizes.hidden
            matrix = weights.tensor(f"{prefix}{name}.w", width=width)
            self.maps[name] = Linear(matrix, weights.line(f"{prefix}{name}.b"))
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            self.register_buffer(name.replace(".", "_"), torch.tensor(weights.line(prefix + name)))

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """(texts, pieces, hidden) to the same shape."""
        texts, pieces, hidden = x.shape
        split = (texts, pieces, self.heads, hidden // self.heads)
        q, k, v = (self.maps[name](x).view(split).transpose(1, 2) for name in "qkv")
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        seen = self.maps["ao"](seen.transpose(1, 2).reshape(x.shape))
        x = functional.layer_norm(x + seen, (hidden,), self.aln_w, self.aln_b, self.epsilon)
        inner = self.maps["fo"](functional.gelu(self.maps["fi"](x)))
        return functional.layer_norm(x + inner, (hidden,), self.oln_w, self.oln_b, self.epsilon)


class Model(torch.nn.Module):
    """The whole model: pieces of texts to vectors of unit length."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        sizes = weights.sizes
        self.hidden, self.epsilon = sizes.hidden, sizes.epsilon
        for name in ("word", "pos", "type"):
            matrix = weights.tensor(f"emb.{name}", width=sizes.hidden)
            self.register_buffer(f"emb_{name}", torch.tensor(matrix))
        self.register_buffer("ln_w", torch.tensor(weights.line("emb.ln.w")))
        self.register_buffer("ln_b", torch.tensor(weights.line("emb.ln.b")))
        self.layers = torch.nn.ModuleList(Layer(weights, at) for at in range(sizes.layers))

    def forward(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """The vectors of texts given as numbers of pieces."""
        ids, mask = _filled(rows)
        x = self.emb_word[ids] + self.emb_pos[: ids.shape[1]] + self.emb_type[0]
        x = functional.layer_norm(x, (self.hidden,), self.ln_w, self.ln_b, self.epsilon)
        bias = ((1 - mask) * -10_000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=1)


class Lesson:
    """The sentences in pieces, and batches of them."""

    def __init__(self, weights: Weights, *, seed: int = 0) -> None:
        self.draw = np.random.default_rng(seed)
        self.ours = [one for one in sentences() if one.file != RESTATED]
        tokenizer = make_tokenizer(weights.pieces, unknown=weights.specials.unknown)
        begin, end = weights.specials.begin, weights.specials.end

        def pieces(text: str) -> list[int]:
            return [begin, *tokenizer.encode(PREFIX + text).ids[: LONGEST - 2], end]

        self.whole = [pieces(one.whole) for one in self.ours]
        self.titles = [pieces(one.title) for one in self.ours]
        self.bodies = [pieces(one.text) for one in self.ours]
        self.groups: dict[str, list[int]] = {}
        for place, one in enumerate(self.ours):
            if one.group not in held_out():
                self.groups.setdefault(one.group, []).append(place)

    def batch(self) -> tuple[list[int], list[list[int]]]:
        """Places of sentences, and the pieces each is shown by."""
        places: list[int] = []
        for group in self.draw.choice(sorted(self.groups), GROUPS, replace=False):
            same = [place for place in self.groups[group] if self.ours[place].is_same]
            near = [place for place in self.groups[group] if not self.ours[place].is_same]
            places += [int(one) for one in self.draw.choice(same, 3, replace=False)]
            places.append(int(self.draw.choice(near)))
        return places, [self._shown(place) for place in places]

    def _shown(self, place: int) -> list[int]:
        chance = self.draw.random()
        if chance < WHOLE or not self.ours[place].is_same:
            return self.whole[place]
        return self.titles[place] if chance < WHOLE + TITLE else self.bodies[place]


def main() -> None:
    """Teach, tell how it goes, and write the adapter."""
    torch.manual_seed(0)
    file = weights_file()
    assert file is not None, "The model was not fetched: tools/install.sh runtime"
    weights = read_weights(file)
    model, lesson = Model(weights), Lesson(weights)
    means = _means(model, lesson)
    learnt = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01)
    print(f"before: {_found(model, lesson)}")
    for step in range(STEPS):
        for group in optimizer.param_groups:
            cooling = 0.5 + 0.5 * math.cos(math.pi * step / PLANNED)
            group["lr"] = RATE * min(1.0, (step + 1) / WARMING) * cooling
        loss = _loss(model, lesson, means)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        if step % 20 == 19:
            print(f"{step + 1:4} loss {loss.item():.3f}", flush=True)
        if step % 80 == 79 or step + 1 == STEPS:
            print(f"{step + 1:4} {_found(model, lesson)}", flush=True)
            _keep(model)


def _loss(model: Model, lesson: Lesson, means: dict[str, torch.Tensor]) -> torch.Tensor:
    places, rows = lesson.batch()
    vectors = _vectors(model, rows)
    ours = [lesson.ours[place] for place in places]
    for language in LANGUAGES:
        spoken = [at for at, one in enumerate(ours) if one.language == language]
        if spoken:
            now = vectors[spoken].detach().mean(0)
            means[language] = 0.98 * means[language] + 0.02 * now
    left = vectors - torch.stack([means[one.language] for one in ours])
    left = functional.normalize(left, dim=1)
    alike = (left @ left.T / SHARPNESS).fill_diagonal_(-1e4)
    likely = alike - torch.logsumexp(alike, 1, keepdim=True)
    same = torch.tensor([[_are_same(one, other) for other in ours] for one in ours])
    same.fill_diagonal_(False)
    asked = same.any(1)
    return (-(likely * same).sum(1)[asked] / same.sum(1)[asked]).mean()


def _are_same(one: Sentence, other: Sentence) -> bool:
    return one.is_same and other.is_same and one.group == other.group


def _vectors(model: Model, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Vectors in the order of the rows; those of like length are run together."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    parts = [model([rows[at] for at in some]) for some in _cut(order, 32)]
    back = torch.tensor(np.argsort(order))
    return torch.cat(parts)[back]


def _cut(order: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (order[at : at + size] for at in range(0, len(order), size))


def _filled(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, rows))
    ids = torch.ones(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return ids, mask


@torch.no_grad()
def _means(model: Model, lesson: Lesson) -> dict[str, torch.Tensor]:
    """The mean vector of each language, over some of the sentences."""
    found = {}
    for language in LANGUAGES:
        rows = [row for row, one in zip(lesson.whole, lesson.ours, strict=True)
                if one.language == language]  # fmt: skip
        found[language] = _vectors(model, rows[::3]).mean(0)
    return found


@torch.no_grad()
def _found(model: Model, lesson: Lesson) -> str:
    """How well the held-out texts find each other, means of their languages taken away."""
    held = [at for at, one in enumerate(lesson.ours) if one.group in held_out()]
    vectors = _vectors(model, [lesson.whole[at] for at in held])
    ours = [lesson.ours[at] for at in held]
    for language in LANGUAGES:
        spoken = [at for at, one in enumerate(ours) if one.language == language]
        vectors[spoken] -= vectors[spoken].mean(0)
    vectors = functional.normalize(vectors, dim=1)
    near = (vectors @ vectors.T).fill_diagonal_(-9)
    same = torch.tensor([[_are_same(one, other) for other in ours] for one in ours])
    same.fill_diagonal_(False)
    asked = same.any(1)
    ranked = torch.gather(same, 1, near.argsort(1, descending=True))[asked]
    first = ranked.float().argmax(1) + 1
    hits = ", ".join(f"hit@{k} {(first <= k).float().mean():.3f}" for k in (1, 5, 10))
    return f"{hits}, mrr {(1 / first).mean():.3f}"


def _keep(model: Model) -> None:
    kept = {}
    for number, layer in enumerate(model.layers):
        for name, one in layer.maps.items():
            kept[f"l{number}.{name}.w.a"] = one.a.detach().numpy().astype(np.float16)
            kept[f"l{number}.{name}.w.b"] = (STRENGTH * one.b).detach().numpy().astype(np.float16)
    file = Path(os.environ.get("ADAPTER", ADAPTER))
    np.savez_compressed(file, **kept)
    print(f"     written to {file}", flush=True)


if __name__ == "__main__":
    main()
