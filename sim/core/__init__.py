"""What everything rests on: compiled rules, keyed draws, records, events, the log."""
