"""By which way a message may go to somebody: e-mail, text message, message in the app [B2, B16].

A permission is given and withdrawn for each way by itself. Texts and app messages go to the phone
of whoever has the address of his own; to an address beside it there is only e-mail.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import APP_MESSAGES, BY_EMAIL, BY_TEXT, OWN_ADDRESS, TEXTS

TEXTS_ASKED = decision("the form has a box for text messages")
NO_WAY = -1


@rule
def bit_of(way):
    """The bit by which a way besides e-mail is taken or refused."""
    return TEXTS if way == BY_TEXT else APP_MESSAGES


@rule
def way_to(profile, a, wanted):
    """The way in which a message goes to address ``a``: as ``wanted`` where he takes that, else as
    an e-mail; NO_WAY where he takes neither."""
    if wanted != BY_EMAIL and a == OWN_ADDRESS and profile.takes & bit_of(wanted) != 0:
        return wanted
    return BY_EMAIL if profile.addresses[a].permission == 1 else NO_WAY


@rule
def permit_way(profile, way):
    """He takes messages in this way from now on."""
    profile.takes |= bit_of(way)


@rule
def strike_way(profile, way):
    """He takes none in this way any more; the other ways stay."""
    profile.takes &= ~bit_of(way)


@rule
def strike_all_ways(profile):
    """Nothing is sent to his phone any more."""
    profile.takes = 0
