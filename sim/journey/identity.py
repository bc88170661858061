"""Saying who one is: an exchange of what it brings for effort and privacy [B1, B2, B7].

A privacy calculus (Culnan and Armstrong 1999, *Organization Science* 10(1)): a person discloses
where the benefit exceeds what it costs him; logit with a scale in DKK.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.journey.club import bonus_share, towards_next_dkk
from sim.journey.logit import logistic

JOINS = decision("joins the club")
INSTALLS = decision("installs the app")
OPENS_ACCOUNT = decision("opens an account")
SHOWS_CARD = decision("shows the card")
LOGS_IN = decision("logs in")
LOGS_IN_TO_BUY = decision("logs in at the checkout")
TELLS_STAFF = decision("tells staff who he is")
HAS_CARD = decision("has the card along")
UNASKED = decision("shows the card unasked")
STAYS = decision("stays logged in")
OTHER = decision("types another address")
ANOTHER = decision("takes another card")


@rule
def membership_dkk(me, market, terms, amount_dkk):
    """What membership gives on a purchase of this amount: bonus, digital receipt, a step to
    the next tier."""
    receipt = market.receipt_dkk if terms.digital_receipt == 1 else 0.0
    step = towards_next_dkk(me, market, terms, amount_dkk)
    return bonus_share(me, terms) * amount_dkk + receipt + step


@rule
def net_of_being_known(me, gain_dkk, minutes):
    """What is left of a gain for effort and privacy, DKK."""
    return gain_dkk - minutes * me.time_value - me.privacy_dkk


@rule
def agrees(me, market, worth_dkk, occasion, about, when, today):
    """Does what is worth so much to him, on this ``occasion``."""
    utility = worth_dkk / market.identity_scale_dkk + market.identity_trust * (me.trust - 0.5)
    return uniform(today.seed, me.id, occasion, about, when) < logistic(utility)


@rule
def says_who_he_is(me, market, gain_dkk, minutes, occasion, about, when, today):
    """A member, or somebody with an account, makes himself known this time."""
    return agrees(
        me, market, net_of_being_known(me, gain_dkk, minutes), occasion, about, when, today
    )


@rule
def becomes_known(me, market, gain_dkk, minutes, form_minutes, occasion, about, when, today):
    """Joins: this purchase and those he reckons with, against filling in a form.

    ``minutes``: what it will take him each time.
    """
    each = net_of_being_known(me, gain_dkk, minutes)
    worth = each * (1.0 + market.purchases_expected) - form_minutes * me.time_value
    return agrees(me, market, worth, occasion, about, when, today)


@rule
def has_card(me, market, about, when, today):
    """The plastic card is in his pocket."""
    return uniform(today.seed, me.id, HAS_CARD, about, when) < market.card_along


@rule
def shows_unasked(me, market, about, when, today):
    """He thinks of it himself."""
    return uniform(today.seed, me.id, UNASKED, about, when) < market.remembers_card


@rule
def keeps_logged_in(me, market, about, when, today):
    """He lets the browser remember the log-in."""
    return uniform(today.seed, me.id, STAYS, about, when) < market.stays_logged_in


@rule
def types_other_address(me, market, about, when, today):
    """Gives another e-mail address of his than the one he usually gives us [B2]."""
    return uniform(today.seed, me.id, OTHER, about, when) < market.other_address


@rule
def takes_another_card(me, market, about, when, today):
    """A member without his card lets the till make him a new one, rather than go without [B2]."""
    return uniform(today.seed, me.id, ANOTHER, about, when) < market.another_card
