"""A value as a cell that a spreadsheet shows and does not calculate."""

from loype.kernel.cells import safe_cell

__all__ = ["safe_cell"]
