"""When within a day a thing happens to one customer: the ``when`` of a draw's key.

An occasion comes at most once a day, so that two things never share luck: the visit that a mail
set off is another than the one he makes by himself, and the next one is another day's.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core import events as ev
from sim.core.compiled import rule
from sim.core.records import ADDRESSES

ON_HIS_OWN, BROWSING, THEIR_SHOP, THEIR_STORE, ROUND_THEIR_STORE, IN_FORUM = range(6)
BY_NEWSLETTER, BY_SECOND_NEWSLETTER = 8, 9  # + 2 at his other address
BY_REMINDER = 12  # to his own address
AT_STORE = 48  # + reason of the visit
BY_FLOW = 256  # + number of the flow's name, below 256
BY_FLOW_ELSEWHERE = 1024  # the same at his other address
BY_AD = 512  # + key of the channel
BY_MEDIUM = 768  # + key of the channel: a post, a search
BY_FRIEND = 1536  # + key of the channel: what a friend has told
SPAN = 2048  # occasions of a day
IN_FRONT = 8  # tiles of the shop's front come after those of what led there
TILES_SHOWN = 16  # things that can be on show on one occasion


@rule
def moment(day, occasion):
    """A day and an occasion as one number."""
    return day * SPAN + occasion


@rule
def tile(when, t):
    """One of the things on show at a moment."""
    return when * TILES_SHOWN + t


@rule
def is_newsletter(occasion):
    """What came on this occasion was one of the day's newsletters."""
    return BY_NEWSLETTER <= occasion < BY_NEWSLETTER + 2 * ADDRESSES


class Lead(NamedTuple):
    """What brought somebody to the web shop."""

    source: int  # a CHANNEL
    landing: int  # row of the catalogue that the link led to, -1 none
    paid: int  # number of the paid channel clicked, see paid_channel; -1 none
    discount: float  # share of the price
    about: int  # number of the need that he came for by himself, plus 1; else 0
    when: int  # the moment; with ``about`` it names the visit in keys
    address: int  # to which the mail came whose link he followed, -1 none
    meant: int  # 1 if he means to come to us, 0 if a search or an ad has brought him


@rule
def lead_on_purpose(source, paid, about, when):
    """A :class:`Lead` of who means to come: by the address, or by our name in a search."""
    return Lead(source, -1, paid, 0.0, about, when, -1, 1)


@rule
def lead_by_chance(source, landing, paid, about, when):
    """A :class:`Lead` of who opened a search's result or tapped on an ad."""
    return Lead(source, landing, paid, 0.0, about, when, -1, 0)


@rule
def lead_by_message(source, landing, discount, when, address):
    """A :class:`Lead` by the link in a mail, a text or an app message."""
    return Lead(source, landing, -1, discount, 0, when, address, 1)


@rule
def without_link(lead):
    """The same visit, for something else than what the link was about."""
    return Lead(lead.source, -1, lead.paid, 0.0, lead.about, lead.when, lead.address, lead.meant)


@rule
def has_device_in_hand(lead):
    """He goes on with the device on which he saw the ad or the message to his phone, or with which
    he came on purpose."""
    by_ad = lead.paid >= 0 and lead.landing >= 0
    on_phone = lead.source == ev.TEXT or lead.source == ev.APP
    return by_ad or on_phone or (lead.meant == 1 and lead.address < 0)
