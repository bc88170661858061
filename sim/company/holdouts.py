"""Hold-outs: who is left out of what, so that the company can see what it brings [B5, B22].

Each paid line, the newsletter, the flows and the coupon are tested by themselves. A keyed hash of
the record's number says who is held out of which, anew for every period of arms. An ad is held back
from devices whose cookie is known; of the newsletter, who is held out gets every second issue, so
that the test says what one more brings. What the company reads are sales on file alone: by device
for ads, by address for messages. They are counted in groups of records: how far these are apart
says how far chance may have moved the sum.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import GROUPS, PAID

HELD_OUT = decision("is held out of what is tested", lasting=True)

NEWSLETTERS, FLOWS_SENT, COUPONS = PAID, PAID + 1, PAID + 2  # tested beside the paid lines
HANDS = 4  # devices, and one for who is reached without any
WITHOUT_DEVICE = 3


@rule
def held_out(firm, profile, thing, device, seed):
    """This record, by this device, is left out of what is tested. A thing is named in keys by its
    channel's name and kind, wherever it stands."""
    about = firm.thing_key[thing] * HANDS + device
    return uniform(seed, profile.number, HELD_OUT, about, firm.arms) < firm.holdout


@rule
def enter_sale(ledger, thing, profile, left_out, first, oere):
    """A recorded sale counts for who met the thing or for who was held out of it, in the group of
    his record: all that one person buys stands in one group."""
    at = thing * GROUPS + profile.number % GROUPS
    if left_out:
        ledger.held_oere[at] += oere
        ledger.held_first[at] += first
    else:
        ledger.treated_oere[at] += oere
        ledger.treated_first[at] += first


@rule
def count_for_ads(ledger, firm, profile, device, first, oere, seed):
    """A recorded sale tied to a known device, in the test of each line that is bought."""
    for line in range(PAID):
        if firm.ad_rate[line] > 0.0:
            out = held_out(firm, profile, line, device, seed)
            enter_sale(ledger, line, profile, out, first, oere)


@rule
def count_for_messages(ledger, firm, profile, a, first, oere, seed):
    """A recorded sale to an address that is or was written to, in the tests of what is sent."""
    address = profile.addresses[a]
    if address.permission == 0 and address.refused == 0:
        return
    for thing in range(NEWSLETTERS, COUPONS + 1):
        out = held_out(firm, profile, thing, WITHOUT_DEVICE, seed)
        enter_sale(ledger, thing, profile, out, first, oere)
