"""What the company does with what customers write and ask: shown, invited, acted on, published.

It sees ratings. What an article is really like it never sees.
"""

from __future__ import annotations

from sim.company.knowledge import able, linked
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import BY_CLUB

SHOWS_REVIEWS = decision("the web shop shows this profile reviews", lasting=True)
INVITES = decision("the company invites this profile to write reviews", lasting=True)
PUBLISHES = decision("the company publishes an answer")
ACTS = decision("the company acts on the reviews of an item")


@rule
def show_reviews(shown, firm, profile, seed):
    """The pages show what others wrote of each item [B35]."""
    shown.reviews = 1 if able(seed, profile, SHOWS_REVIEWS, firm.show_reviews) else 0


@rule
def invites_review(firm, file, s, a, number, seed):
    """Asks by mail at address ``a`` for a review of the purchase of that number [B33].

    It has to be the last on file under record ``s``, and that record his whose address it is.
    """
    profile = file.profile
    if profile.addresses[a].permission == 0 or (s == BY_CLUB and not linked(profile, BY_CLUB)):
        return False
    if file.mind.silos[s].filed_order != number:
        return False
    return able(seed, profile, INVITES, firm.invite_reviews)


@rule
def publishes(firm, profile, case, day, seed):
    """What an agent has answered goes among the answers in the web shop [B37]."""
    return uniform(seed, profile.number, PUBLISHES, case, day) < firm.publish_answers


def is_found_wanting(reviews: float, stars: float, least: float, below: float) -> bool:
    """Whether an item has enough reviews, and a mean star ``below`` which something is wrong."""
    return reviews >= least and stars < below * reviews


def acts_on(share: float, key: int, day: int, seed: int) -> bool:
    """Whether the company gets round, on ``day``, to the item of that key [B35]."""
    return uniform(seed, key, ACTS, 0, day) < share
