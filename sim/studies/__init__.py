"""Studies: a question, what is tried to answer it, and what many replays say."""
