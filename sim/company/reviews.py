"""What the company does with what customers write and ask: shown, invited, acted on, published.

It sees ratings. What an article is really like it never sees.
"""

from __future__ import annotations

from sim.company.knowledge import able, linked
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import BY_CLUB, OWN_ADDRESS, RECORD_OF, REVIEW

SHOWS_REVIEWS = decision("the web shop shows this profile reviews", lasting=True)
INVITES = decision("the company invites this profile to write reviews", lasting=True)
PUBLISHES = decision("the company publishes an answer")
ASKS_TO_RATE = decision("the company asks for a public rating")
ACTS = decision("the company acts on the reviews of an item")
READS_WORDS = decision("the company reads what the reviews of an item say")


@rule
def show_reviews(shown, firm, profile, seed):
    """The pages show what others wrote of each item [B35]."""
    shown.reviews = 1 if able(seed, profile, SHOWS_REVIEWS, firm.show_reviews) else 0


@rule
def invites_reviews(firm, profile, seed):
    """The company asks this profile to write of what was bought [B33]."""
    return able(seed, profile, INVITES, firm.invite_reviews)


@rule
def invites_to_portal(firm, profile, case, day, seed):
    """Who has given a mark is asked to rate the company in public too [B33]."""
    return uniform(seed, profile.number, ASKS_TO_RATE, case, day) < firm.invite_to_portal


@rule
def is_on_file(file, s, a, number):
    """The purchase of that number is the last on file under record ``s``, and that record is of
    whoever has address ``a``."""
    if s == BY_CLUB and (a != OWN_ADDRESS or not linked(file.profile, BY_CLUB)):
        return False
    return file.mind.silos[s].filed_order == number


@rule
def show_what_he_got(shown, file, a):
    """The purchase that he at address ``a`` has in hand, to be written of. Whether it still is the
    last on file under the address or under the card."""
    number, s = file.profile.addresses[a].received_order, RECORD_OF[a]
    if not is_on_file(file, s, a, number):
        s = BY_CLUB
    item = file.mind.silos[s].live.buy_item
    if number < 0 or item < 0 or not is_on_file(file, s, a, number):
        return False
    shown.items[0] = item
    shown.n = 1
    shown.purpose = REVIEW
    shown.about_order = number
    return True


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


def reads_words(share: float, key: int, day: int, seed: int) -> bool:
    """Whether, on ``day``, the reviews of the item of that key are read and not only counted."""
    return uniform(seed, key, READS_WORDS, 0, day) < share
