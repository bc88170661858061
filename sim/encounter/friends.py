"""What customers tell each other of things that they bought from us, and come upon [B23, B43].

Within a day nobody sees another: what is told leaves a trace, and is passed on in the evening.
"""

from __future__ import annotations

from sim.core import events as ev
from sim.core.compiled import passage, rule
from sim.core.log import leave_trace, note_message, note_order
from sim.core.records import STYLES
from sim.encounter.impressions import eagerness, label_tiles, wake_by_tiles
from sim.encounter.occasions import BY_FRIEND, moment, tile
from sim.journey.friends import (
    NO_ONE,
    NOTHING_HEARD,
    PRAISE,
    WARNING,
    friend_of,
    hear,
    is_fresh,
    takes_word,
    tells_friends,
)
from sim.journey.memory import FORGETS_WORD, keep_in_mind, remember
from sim.journey.reviews import stars

PRAISED, WARNED = 6, 7  # kinds of TRACE, after those left on a shared computer


@rule
def tell_friends(me, order, world):
    """With the thing in hand he may tell of it; in the evening his friends have it."""
    if not tells_friends(me, world.market, order, world.today):
        return
    good = stars(world.market, order) >= world.market.praise_from
    told = note_order(world.tape, world.today, me, order, ev.FIND_TOLD, ev.NONE, 0, 0.0)
    told.value = 1.0 if good else 0.0
    cell = order.category * STYLES + order.style
    leave_trace(world.tape, me, PRAISED if good else WARNED, cell, order.item)


@rule
def pass_on(traces, customers, place_of, market, people, seed, day):
    """What was told today, in order, reaches the friends of who told it; of several words the last
    one stays. ``people``: how many are about at a time."""
    for k in range(len(traces)):
        trace = traces[k]
        if trace.kind != PRAISED and trace.kind != WARNED:
            continue
        trust = customers[place_of[trace.customer]].trust
        says = PRAISE if trace.kind == PRAISED else WARNING
        for tie in range(market.friends):
            friend = friend_of(market, trace.customer, tie, people, seed)
            if friend == NO_ONE or friend >= len(place_of) or place_of[friend] < 0:
                continue
            hear(customers[place_of[friend]], trace.item, says, trust, day)


@passage
def meet_find(me, channel, world):
    """On a social channel he comes upon what a friend has told: a thing that he looks at, or one to
    beware of; and what his friend thinks of us."""
    today, market, shown = world.today, world.market, world.shown
    if not is_fresh(me, market, today):
        me.heard = NOTHING_HEARD
        return
    good = me.heard == PRAISE
    me.heard = NOTHING_HEARD
    shown.kind = 0
    shown.n = 1
    shown.items[0] = me.heard_item
    label_tiles(world)
    value = 1.0 if good else 0.0
    note_message(
        world.tape, today, me, shown, world.catalogue, ev.FIND_SEEN, channel.code, -1, value
    )
    when = moment(today.day, BY_FRIEND + channel.key)
    keep_in_mind(me, market.word_kept_days, FORGETS_WORD, 0, when, today)
    remember(me, market, today.day, market.salience_post)
    takes_word(me, market, me.heard_trust * 0.01)
    if good:
        wake_by_tiles(me, eagerness(me, market), tile(when, 0), 0, channel.code, world)
