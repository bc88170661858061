"""Replaying strategies on the same customers, and what was found: frames, sentences, files."""
