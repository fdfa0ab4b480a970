"""Outgoing mail: written in the same transaction as the act, handed over by the worker, once."""
