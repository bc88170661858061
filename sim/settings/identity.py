"""Being known as an exchange: what it is worth to a person, and what it costs him [B1, B7, P8]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Identity(Group):
    """When people say who they are: at the till, in the web shop, on the shop floor.

    What the company gives for it are policies (``club_bonus_share``, ``digital_receipt``); how
    often it asks, and what it takes the customer, are rungs of recognition.
    """

    privacy_dkk: float = param(
        6.0,
        unit="DKK each time, median of a lognormal",
        lo=0,
        hi=1000,
        source="assumption (C6: consent 35-80 % by site)",
        doc="what it is worth to a person that a shop does not know who he is",
    )
    privacy_spread: float = param(1.0, unit="sd of ln", lo=0, hi=3, source="assumption")
    receipt_dkk: float = param(
        3.0,
        unit="DKK/purchase",
        lo=0,
        hi=100,
        source="assumption",
        doc="worth of a receipt that cannot be lost, and of returning without paper",
    )
    purchases_expected: float = param(
        3.0,
        unit="further purchases that a person who is asked to join reckons with",
        lo=0,
        hi=100,
        source="assumption; P3: active customers buy some three times a year",
    )
    login_minutes: float = param(
        0.5, unit="minutes to log in", lo=0, hi=60, source="assumption: address and password"
    )
    account_dkk: float = param(
        2.0,
        unit="DKK/visit",
        lo=0,
        hi=100,
        source="assumption",
        doc="worth of lists, baskets and past orders to a visitor with an account",
    )
    served_dkk: float = param(
        4.0,
        unit="DKK/visit",
        lo=0,
        hi=100,
        source="assumption",
        doc="worth of being served by staff who know what he has and looked at",
    )
    stays_logged_in: float = param(
        0.6, unit="share of log-ins kept until the cookie is gone", lo=0, hi=1, source="assumption"
    )
    card_along: float = param(
        0.6,
        unit="share of purchases with the plastic card in the pocket",
        lo=0,
        hi=1,
        source="assumption",
    )
    remembers_card: float = param(
        0.3,
        unit="share of purchases at which a member shows his card unasked",
        lo=0,
        hi=1,
        source="assumption",
    )
    other_address: float = param(
        0.1,
        unit="share of orders and sign-ups without a log-in that name another address of his",
        lo=0,
        hi=1,
        source="assumption (B2): most people have two addresses and mix them up now and then",
    )
    another_card: float = param(
        0.2,
        unit="share of members who, not found at the till and asked to join, take another card",
        lo=0,
        hi=1,
        source="assumption (B2)",
    )
    app_dkk: float = param(
        8.0,
        unit="DKK/purchase",
        lo=0,
        hi=100,
        source="assumption",
        doc="worth of having card, receipts and lists at hand in the app",
    )
    app_minutes: float = param(
        2.0, unit="minutes to install the app and log in", lo=0, hi=60, source="assumption"
    )
    personal_dkk: float = param(
        8.0,
        unit="DKK",
        lo=0,
        hi=100,
        source="assumption, so that about 6 in 10 agree when asked (C6: consent 35-80 % by site)",
        doc="worth of being addressed by what is known, weighed against privacy",
    )
    refuses_all_or_nothing: float = param(
        0.3,
        unit="share of those who mind being profiled and can take all or nothing",
        lo=0,
        hi=1,
        source="assumption (B7)",
    )
    takes_back: float = param(
        -3.0,
        unit="logit, once offered what he has just bought, at trust 0.5",
        lo=-20,
        hi=20,
        source="assumption (B7): one in twenty",
    )
    takes_back_trust: float = param(
        2.0, unit="logit per unit of trust", lo=0, hi=20, source="assumption (B7)"
    )
    shares_computer: float = param(
        0.2,
        unit="share of people who use one computer with another person in the market",
        lo=0,
        hi=1,
        source="assumption",
        doc="one cookie, one log-in at a time; nobody where interaction is off",
    )
    identity_scale_dkk: float = param(
        4.0, unit="DKK, scale of the logit", lo=0.1, hi=1000, source="assumption"
    )
    identity_trust: float = param(
        1.0, unit="logit per unit of trust", lo=0, hi=20, source="B7; assumption"
    )
