"""Telling people what happened: in the app, and by mail if they wish. Reads the history."""
