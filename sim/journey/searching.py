"""How somebody comes upon the web shop: he means to, by its name, or by chance [B27, C1].

Who means to come types the address or searches for the name; who searches for a thing opens one of
many results; who looks round does that, or follows links from page to page. Most visits to a web
shop are by people whom chance has brought and who leave at once (bouncing: one of four kinds of
visit, Schellong et al., C1).
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, gumbel, uniform
from sim.core.records import AT_PHONE, KEYS
from sim.journey.logit import logistic
from sim.journey.memory import knows_us, pull

CHOOSES_ENGINE = decision("search engine chosen")
FOLLOWS_LINKS = decision("looks round from link to link")
LED_HERE = decision("a link leads to us")
RESULT = decision("search result chosen")
THINKS_OF_US = decision("thinks of us for a look round")
BY_NAME = decision("searches for our name")
LEAVES_AT_ONCE = decision("leaves the web shop at once")


@rule
def choose_engine(me, market, about, today):
    """Place of the channel in which he searches, -1 if there is none.

    ``about``, here and below: number of the need that it is for, plus 1; 0 for none.
    """
    best, top = -1, -1e9
    for c in range(market.n_channels):
        channel = market.channels[c]
        if channel.searched == 0:
            continue
        liked = channel.utility_shopper if me.shopper == 1 else channel.utility_buyer
        liked += gumbel(today.seed, me.id, CHOOSES_ENGINE, about, today.day * KEYS + channel.key)
        if liked > top:
            best, top = c, liked
    return best


@rule
def searches_by_name(me, market, about, today):
    """Who means to come to us types our name into a search box (navigational search, Broder 2002);
    who has our app in his hand opens it."""
    if me.app == 1 and me.device == AT_PHONE:
        return False
    return uniform(today.seed, me.id, BY_NAME, about, today.day) < market.searches_by_name


@rule
def takes_ad_above(me, channel, about, today):
    """Our own name leads to us anyway; where our ad stands above, some click that [B26]."""
    return (
        uniform(today.seed, me.id, RESULT, about, today.day * KEYS + channel.key) < channel.ad_takes
    )


@rule
def thinks_of_us(me, market, today):
    """For a look round without a need he thinks of us, if he knows us."""
    if not knows_us(me, today.day):
        return False
    utility = market.browse_utility + market.browse_pull * pull(me, market, 0.0, today.day)
    return uniform(today.seed, me.id, THINKS_OF_US, 0, today.day) < logistic(utility)


@rule
def follows_links(me, market, today):
    """Who looks round without us in mind goes from page to page, or asks a search box."""
    return uniform(today.seed, me.id, FOLLOWS_LINKS, 0, today.day) < market.follows_links


@rule
def link_leads_here(me, market, today):
    """One of the links that he follows is to us: luck, as much a stranger's as a customer's."""
    return uniform(today.seed, me.id, LED_HERE, 0, today.day) < market.link_leads_here


@rule
def finds_us_by_search(me, market, channel, progress, ad_on_show, about, today):
    """Of a search's results he opens ours: 0 no, 1 the free listing, 2 the paid one.

    ``progress``: how far his search has come, 0-1.
    """
    score = channel.ours + channel.pull * pull(me, market, progress, today.day)
    with_ad = score + channel.ad if ad_on_show else score
    u = uniform(today.seed, me.id, RESULT, about, today.day * KEYS + channel.key)
    if u < logistic(score):
        return 2 if ad_on_show and u < channel.ad_takes * logistic(score) else 1
    return 2 if u < logistic(with_ad) else 0


@rule
def leaves_at_once(me, market, needed, fits, about, when, today):
    """Whom chance has brought (a search, a tap on an ad) sees at a glance that it is not for him
    and is gone: less likely where he knows us, searches for something (``needed``) or landed on it
    (``fits``). C1: bouncing is one of four kinds of visit (Schellong)."""
    utility = market.bounce
    if knows_us(me, today.day):
        utility -= market.bounce_known
    if needed:
        utility -= market.bounce_needed
    if fits:
        utility -= market.bounce_fits
    return uniform(today.seed, me.id, LEAVES_AT_ONCE, about, when) < logistic(utility)
