"""Writing to a thread's buffers of events and service requests; an overflow is counted."""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.events import NONE


@rule
def write(log, cur, today, who, kind, channel, category, style, item, need, order, amount, value):
    """Append one event to ``log`` (EVENT rows) at ``cur.events``; count it as lost if full."""
    n = cur.events
    if n >= len(log):
        cur.lost_events += 1
        return
    event = log[n]
    event.amount_oere = amount
    event.value = value
    event.day = today.day
    event.customer = who
    event.item = item
    event.need = need
    event.order = order
    event.minute = 0
    event.kind = kind
    event.channel = channel
    event.category = category
    event.style = style
    cur.events = n + 1


@rule
def note(log, cur, today, me, kind, channel, value):
    """An event that is about no need and no order."""
    write(log, cur, today, me.id, kind, channel, -1, -1, -1, -1, -1, 0, value)


@rule
def note_need(log, cur, today, me, need, kind, channel, item, value):
    """An event about an open need."""
    write(
        log,
        cur,
        today,
        me.id,
        kind,
        channel,
        need.category,
        need.style,
        item,
        need.number,
        -1,
        0,
        value,
    )


@rule
def note_order(log, cur, today, me, order, kind, channel, amount, value):
    """An event about an order."""
    write(
        log,
        cur,
        today,
        me.id,
        kind,
        channel,
        order.category,
        order.style,
        order.item,
        order.need,
        order.number,
        amount,
        value,
    )


@rule
def note_message(log, cur, today, me, shown, catalogue, kind, channel, need, value):
    """An event about a message or an advertisement: its subject, and its kind as ``order``."""
    item = shown.items[0]
    category, style = NONE, NONE
    if item >= 0:
        category = catalogue[item].category
        style = catalogue[item].style
    write(log, cur, today, me.id, kind, channel, category, style, item, need, shown.kind, 0, value)


@rule
def ask_queue(requests, cur, queue, row, slot, minute, handling, patience):
    """File a request with the customer centre (0), a service desk (1) or the depot (2)."""
    n = cur.requests
    if n >= len(requests):
        cur.lost_events += 1
        return
    request = requests[n]
    request.queue = queue
    request.row = row
    request.slot = slot
    request.minute = minute
    request.handling_min = handling
    request.patience_min = patience
    cur.requests = n + 1
