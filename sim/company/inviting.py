"""When who has bought is asked to write of it: a flow that begins with the thing in hand [B33].

It is about a purchase of his and no advertising. It counts like any other message.
"""

from __future__ import annotations

from sim.company.automation import RECEIVED, RETURNED, REVIEWED, plan_flows
from sim.company.reviews import is_on_file
from sim.core.compiled import rule


@rule
def note_received(firm, file, s, a, number, day):
    """The purchase of that number, filed under record ``s``, is in the hands of whoever has address
    ``a``: by the carrier, the pick-up or the receipt."""
    if is_on_file(file, s, a, number):
        file.profile.addresses[a].received_order = number
        plan_flows(firm, file.profile.addresses[a], RECEIVED, -1, day)


@rule
def note_review(firm, profile, a, number, day):
    """He has written of the purchase that he would be asked about at address ``a``."""
    if profile.addresses[a].received_order == number:
        plan_flows(firm, profile.addresses[a], REVIEWED, -1, day)


@rule
def note_sent_back(firm, profile, a, number, day):
    """The purchase that he would be asked about at address ``a`` goes back."""
    if profile.addresses[a].received_order == number:
        plan_flows(firm, profile.addresses[a], RETURNED, -1, day)
