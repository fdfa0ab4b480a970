"""Files that people attach: checked when they come in, kept outside the web's reach."""
