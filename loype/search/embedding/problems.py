"""What can be wrong with the built-in model, each as one sentence with what to do about it."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from loype.search.embedding.protocol import EmbeddingUnavailable

# Kept apart from the sentences, so that a failed build can be told later in any language.
SENTENCES: dict[str, Any] = {
    "no_weights": _(
        "The language model is not here yet, so search goes by words alone: run tools/install.sh, "
        "then `loype search build`."
    ),
    "not_built": _(
        "The language model is not built yet, so search goes by words alone: "
        "run `loype search build`."
    ),
    "wrong_weights": _(
        "The file {detail} is not the language model that Løype knows: remove it, "
        "run tools/install.sh, then `loype search build`."
    ),
    "wrong_adapter": _(
        "The file {detail} does not fit the language model: put back the one that came with Løype."
    ),
    "not_recorded": _(
        "This language model has no recorded vectors to be checked by: "
        "run tools/search_known.py and look at what it says."
    ),
    "wrong_vectors": _(
        "The language model gives other vectors here than where it was made ({detail}): "
        "run `loype search build --force`, and tell the keepers of Løype if that does not help."
    ),
    "failed": _(
        "The language model could not be built ({detail}), so search goes by words alone: "
        "free space or memory, then run `loype search build`."
    ),
    "damaged": _(
        "The language model on the disk is damaged, so search goes by words alone: "
        "run `loype search build --force`."
    ),
    "not_loaded": _(
        "The language model could not be loaded ({detail}), so search goes by words alone: "
        "run `loype search build --force`."
    ),
    "busy": _("The language model has too much to do right now; search goes by words alone."),
}


class ModelProblem(EmbeddingUnavailable):
    """Something is wrong with the built-in model; `kind` names what, `detail` where or how."""

    def __init__(self, kind: str, detail: str = "") -> None:
        self.kind, self.detail = kind, detail
        super().__init__(format_lazy(SENTENCES[kind], detail=detail))
