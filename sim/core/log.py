"""Writing on a thread's tape: events, service requests and traces; an overflow is counted.

Each function starts an event, fills in what it is about, and hands it on for the fields that only
the caller knows.
"""

from __future__ import annotations

from sim.core.compiled import rule

ENDLESS = 1e6  # minutes of patience: does not leave the queue


@rule
def note(tape, today, me, kind, channel, value):
    """A new event of this customer today, about no need, no order and no item yet."""
    n = tape.buffers.events
    if n < len(tape.log):
        tape.buffers.events = n + 1
    else:
        tape.buffers.lost_events += 1
        n = len(tape.log) - 1
    event = tape.log[n]
    event.amount_oere = 0
    event.value = value
    event.day = today.day
    event.customer = me.id
    event.item = -1
    event.need = -1
    event.order = -1
    event.minute = 0
    event.kind = kind
    event.channel = channel
    event.category = -1
    event.style = -1
    event.seen_as = -1
    return event


@rule
def note_need(tape, today, me, need, kind, channel, item, value):
    """An event about an open need."""
    event = note(tape, today, me, kind, channel, value)
    event.category = need.category
    event.style = need.style
    event.item = item
    event.need = need.number
    return event


@rule
def note_order(tape, today, me, order, kind, channel, amount, value):
    """An event about an order."""
    event = note(tape, today, me, kind, channel, value)
    event.category = order.category
    event.style = order.style
    event.item = order.item
    event.need = order.need
    event.order = order.number
    event.amount_oere = amount
    return event


@rule
def note_message(tape, today, me, shown, catalogue, kind, channel, need, value):
    """An event about a message or an advertisement: its subject, and its kind as ``order``."""
    event = note(tape, today, me, kind, channel, value)
    item = shown.items[0]
    if item >= 0:
        event.category = catalogue[item].category
        event.style = catalogue[item].style
    event.item = item
    event.need = need
    event.order = shown.kind
    return event


@rule
def ask_queue(tape, queue, customer, slot, minute, handling, patience):
    """File a request with the customer centre (0), a service desk (1) or the depot (2)."""
    n = tape.buffers.requests
    if n >= len(tape.requests):
        tape.buffers.lost_events += 1
        return
    request = tape.requests[n]
    request.queue = queue
    request.customer = customer
    request.slot = slot
    request.minute = minute
    request.handling_min = handling
    request.patience_min = patience
    tape.buffers.requests = n + 1


@rule
def leave_trace(tape, me, kind, cell, item):
    """Something that reaches others in the evening: done on a shared computer, told to friends."""
    n = tape.buffers.traces
    if n >= len(tape.traces):
        tape.buffers.lost_events += 1
        return
    trace = tape.traces[n]
    trace.customer = me.id
    trace.kind = kind
    trace.cell = cell
    trace.item = item
    tape.buffers.traces = n + 1
