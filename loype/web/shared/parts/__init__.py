"""The building blocks of every page, as plain functions that give safe markup."""
