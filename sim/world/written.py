"""What was written today for all to read, in web shop and forum: counted from the day's events."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import rule
from sim.core.events import ANSWER_PUBLISHED, FORUM_ASKED, FORUM_POSTED, REVIEWED
from sim.core.records import CATEGORIES, ITEMS

WRITTEN = np.dtype(
    [
        ("reviews", "i8", (ITEMS,)),  # by row of the catalogue
        ("stars", "i8", (ITEMS,)),
        ("one_star", "i8", (ITEMS,)),
        ("answers", "i8", (CATEGORIES,)),
        ("posts", "i8", (CATEGORIES,)),  # questions too
        ("posters", "i8", (CATEGORIES,)),
        ("trust", "f8", (CATEGORIES,)),  # in us, of who posted: sum
        ("talked_of", "i8", (ITEMS,)),
    ],
    align=True,
)


@rule
def count_written(log, n, written):
    """Add the first ``n`` events of a day to the WRITTEN record."""
    kinds, items, categories, values = log["kind"], log["item"], log["category"], log["value"]
    reviews, stars, one_star = written["reviews"], written["stars"], written["one_star"]
    answers, posts, posters = written["answers"], written["posts"], written["posters"]
    trust, talked_of = written["trust"], written["talked_of"]
    for i in range(n):
        if kinds[i] == REVIEWED:
            reviews[items[i]] += 1
            stars[items[i]] += int(values[i])
            one_star[items[i]] += 1 if values[i] < 1.5 else 0
        elif kinds[i] == ANSWER_PUBLISHED:
            answers[categories[i]] += 1
        elif kinds[i] == FORUM_POSTED:
            posts[categories[i]] += 1
            posters[categories[i]] += 1
            trust[categories[i]] += values[i]
            if items[i] >= 0:
                talked_of[items[i]] += 1
        elif kinds[i] == FORUM_ASKED:
            posts[categories[i]] += 1
