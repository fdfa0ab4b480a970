"""News of initiatives: drafted from what happens, read and approved by people."""
