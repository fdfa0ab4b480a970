"""The tags that templates use without loading anything."""
