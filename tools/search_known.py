"""Records the vectors that the built-in language model must give, after its recipe has changed.

Run it when the kept pieces, the adapter or the way of putting them together changed, look at the
nearness it prints (0.999 is usual), and commit loype/search/embedding/known.json.

    .venv/bin/python tools/search_known.py
"""

import os
import sys
import tempfile
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loype.config.settings")
django.setup()

from loype.search.embedding.build import build_model, write_large  # noqa: E402
from loype.search.embedding.known import SENTENCES, record_known  # noqa: E402
from loype.search.embedding.manifest import read_manifest  # noqa: E402


def main() -> None:
    """Record what the model says with large numbers, then build it small and compare."""
    with tempfile.TemporaryDirectory() as folder:
        large = write_large(Path(folder))
        record_known(large.embed(SENTENCES), recipe=large.id)
    manifest = read_manifest(build_model(is_forced=True))
    print(manifest.embedder)
    for text, near in manifest.known.items():
        print(f"{near:.4f}  {text}")


if __name__ == "__main__":
    main()
