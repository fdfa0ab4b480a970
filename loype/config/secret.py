"""The installation's own secret, made once where none is given."""

import os
import secrets
from pathlib import Path


def own_secret(var: Path) -> str:
    """The secret kept in `var/secret-key`, made at the first start; readable by its owner only."""
    place = var / "secret-key"
    try:
        return place.read_text().strip()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(50)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # somebody else was faster
        return place.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(made)
    return made
