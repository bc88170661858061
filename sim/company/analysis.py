"""What the company infers: a belief over cells, from popularity to a Dirichlet posterior.

Mode 0 shows what sells; 1 goes by the last receipt and by what the channel's own silo last saw; 2
by a Dirichlet-multinomial posterior over categories; 3 over categories and styles, less what was
just bought. A profile's mode is fixed by its number, so that between levels a share of profiles is
handled at the higher one.
"""

from __future__ import annotations

from sim.company.consent import may_profile
from sim.company.knowledge import (
    EXPECTS,
    MODE,
    OPEN_NEEDS,
    SUPPRESSES,
    able,
    facts_for,
    is_fresh,
    reaches,
)
from sim.company.stock import is_sold_out
from sim.core.compiled import rule
from sim.core.draws import uniform
from sim.core.records import CATEGORIES, CELLS, SILOS, STYLES


@rule
def mode_of(firm, profile, seed):
    """How this profile is analysed: 0 not, 1 last receipt, 2 by category, 3 by style."""
    u = uniform(seed, profile.number, MODE, 0, 0)
    if u < firm.by_style:
        return 3
    if u < firm.by_category:
        return 2
    return 1 if u < firm.last_receipt else 0


@rule
def believe(firm, file, home, day, seed, belief):
    """Fill ``cur.belief`` (weight per cell) with what channel ``home`` can infer.

    ``profile`` gives identity and links, ``mind`` the recorded facts (the same profile, but for
    the shuffled-knowledge placebo). Returns whether anything was known that may be used.
    """
    mode = mode_of(firm, file.profile, seed)
    for k in range(CELLS):
        belief[k] = firm.prior_weight * firm.popularity[k]
    if not may_profile(file.profile):
        return False
    known = False
    receipt_day, receipt_cell = -1, -1
    for s in range(SILOS):
        if not reaches(firm, file.profile, home, s, seed):
            continue
        facts = facts_for(firm, file.mind, home, s, day)
        if facts.buy_cell >= 0 and facts.buy_day > receipt_day:
            receipt_day, receipt_cell = facts.buy_day, facts.buy_cell
        if mode >= 2:
            for k in range(CELLS):
                if facts.counts[k] > 0:
                    known = True
                    belief[k] += facts.counts[k]
    if mode == 1:
        known = go_by_last_seen(firm, file.mind, home, receipt_cell, day, belief)
    elif mode == 2:
        spread_over_styles(firm, belief)
    just_bought = receipt_cell >= 0 and day - receipt_day <= firm.sequence_days
    if mode >= 2 and just_bought and able(seed, file.profile, EXPECTS, firm.expects_next):
        expect_what_follows(firm, receipt_cell // STYLES, belief)
    if able(seed, file.profile, OPEN_NEEDS, firm.open_needs):
        known = look_for_open_needs(firm, file, home, day, seed, belief) or known
    if able(seed, file.profile, SUPPRESSES, firm.suppress_bought):
        cool_off(firm, file, home, day, seed, belief)
    return known


@rule
def expect_what_follows(firm, category, belief):
    """After a purchase on file the kind that follows it more often than chance gains weight: by as
    much as its share of what followed lies above that [B18, B29]. Its styles keep theirs."""
    following = firm.next_category[category]
    if following < 0:
        return
    base, total, own = following * STYLES, 0.0, 0.0
    for k in range(CELLS):
        total += belief[k]
    for k in range(base, base + STYLES):
        own += belief[k]
    if own <= 0.0:
        return
    gained = total * firm.next_more[category] / (1.0 - firm.next_more[category])
    for k in range(base, base + STYLES):
        belief[k] *= 1.0 + gained / own


@rule
def go_by_last_seen(firm, mind, home, receipt_cell, day, belief):
    """Without analysis: the category of the last receipt, and what this channel saw last [B9]."""
    known = False
    if receipt_cell >= 0:
        known = True
        belief[receipt_cell] += firm.purchase_weight
        spread_over_styles(firm, belief)
    own = mind.silos[home].live
    if own.view_cell >= 0 and day - own.view_day <= firm.interest_days:
        known = True
        belief[own.view_cell] += as_wanted_now(firm, belief)
    return known


@rule
def as_wanted_now(firm, belief):
    """The weight of what is wanted now with the firm's probability, beside all that is believed."""
    total = 0.0
    for k in range(CELLS):
        total += belief[k]
    return total * firm.wanted_now / (1.0 - firm.wanted_now)


@rule
def spread_over_styles(firm, belief):
    """Knowing only the category: its weight goes to the styles by how they sell to everybody."""
    for c in range(CATEGORIES):
        base = c * STYLES
        weight = belief[base] + belief[base + 1] + belief[base + 2]
        share = firm.popularity[base] + firm.popularity[base + 1] + firm.popularity[base + 2]
        for k in range(base, base + STYLES):
            belief[k] = weight * firm.popularity[k] / share if share > 0.0 else 0.0


@rule
def looked_at_lately(firm, facts, day):
    """This silo saw him look at something lately, and buy nothing of that category since."""
    if not is_fresh(firm, facts, day):
        return False
    return facts.bought[facts.view_cell // STYLES] < facts.view_day


@rule
def look_for_open_needs(firm, file, home, day, seed, belief):
    """Looked at lately and not bought since: with a probability it is wanted now, however much of
    other things is on file; else he wants what he usually does [B30]. Of several looked at each is
    as likely."""
    looks = 0
    for s in range(SILOS):
        if reaches(firm, file.profile, home, s, seed):
            looks += looked_at_lately(firm, facts_for(firm, file.mind, home, s, day), day)
    if looks == 0:
        return False
    each = as_wanted_now(firm, belief) / looks
    for s in range(SILOS):
        if reaches(firm, file.profile, home, s, seed):
            facts = facts_for(firm, file.mind, home, s, day)
            if looked_at_lately(firm, facts, day):
                belief[facts.view_cell] += each
    return True


@rule
def cool_off(firm, file, home, day, seed, belief):
    """What was just bought is not offered at all; then its weight recovers by halves."""
    for s in range(SILOS):
        if reaches(firm, file.profile, home, s, seed):
            facts = facts_for(firm, file.mind, home, s, day)
            for c in range(CATEGORIES):
                if facts.bought[c] >= 0:
                    left = left_of_wish(firm, day - facts.bought[c])
                    for k in range(c * STYLES, c * STYLES + STYLES):
                        belief[k] *= left


@rule
def left_of_wish(firm, age_days):
    """Share of its weight that a category has so long after a purchase."""
    if age_days <= firm.suppress_days:
        return 0.0
    return 1.0 - 0.5 ** (age_days / firm.cooling_half_life_days)


@rule
def take_best_cell(belief):
    """The cell of the largest belief; it is set to zero so that the next call gives the next."""
    best = 0
    for k in range(1, CELLS):
        if belief[k] > belief[best]:
            best = k
    belief[best] = -1.0
    return best


@rule
def show_what_he_looked_at(shown, firm, file, home, t, day, seed):
    """Where tile ``t`` is about a need that is taken to be open, it shows the very thing that was
    looked at, not the best seller of its kind, if it can be had [B30]."""
    if not able(seed, file.profile, OPEN_NEEDS, firm.open_needs):
        return
    for s in range(SILOS):
        if reaches(firm, file.profile, home, s, seed):
            facts = facts_for(firm, file.mind, home, s, day)
            if facts.view_cell == shown.cells[t] and looked_at_lately(firm, facts, day):
                if not is_sold_out(firm, facts.view_item):
                    shown.items[t] = facts.view_item
