"""Before whom the web shop puts its content: everybody, or who seems to look for ideas [B24, B43].

What somebody is like is not known; how much he looks and how seldom he buys is, if it is on file.
"""

from __future__ import annotations

from sim.company.consent import may_profile
from sim.company.knowledge import able
from sim.core.compiled import rule
from sim.core.draws import decision
from sim.core.records import CELLS

HAS_CONTENT = decision("the web shop has content for this profile", lasting=True)
TELLS_APART = decision("the web shop tells shoppers from buyers by this profile", lasting=True)


@rule
def show_content(shown, firm, file, home, seed):
    """Whether content stands before the goods for a visitor known by record ``home``, -1: not."""
    shown.content = 0
    if not able(seed, file.profile, HAS_CONTENT, firm.show_content):
        return
    shown.content = 1
    if home >= 0 and may_profile(file.profile):
        if able(seed, file.profile, TELLS_APART, firm.tells_shoppers):
            seems = seems_a_shopper(firm, file.mind.silos[home].live)
            shown.content = 1 if seems else 0


@rule
def seems_a_shopper(firm, facts):
    """He has been seen to look at more things for each that he bought than a buyer does."""
    seen = 0
    for k in range(CELLS):
        seen += facts.counts[k]
    looks = seen - firm.purchase_weight * facts.orders
    return looks >= firm.looks_a_purchase * (facts.orders + 1)
