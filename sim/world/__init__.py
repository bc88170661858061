"""The world day by day: the Mesa model, its parts, the two drivers, people, tally and journal."""
