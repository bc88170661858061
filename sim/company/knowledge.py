"""What the company knows: sightings recorded in silos, shared with a delay, never the truth.

A profile holds what the company has of one person, in records (silos), each kept under an
identifier: cookie on the computer, on the phone, e-mail address with account, card, and another
address or an old card that nobody knows to be his (:mod:`sim.company.duplicates`). To the company
they are strangers to each other until they are linked. A record's own channel sees it live; other
channels see it only where identities are linked and data are shared, and as of the last
synchronisation. The copy for the others is made when a record is next written to, so reading
changes nothing.
"""

from __future__ import annotations

from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import BY_MAIL, CATEGORIES, CELLS, CHANNELS, COUNTED, ITEMS, SILOS, STYLES

SHARES = decision("the company's systems share this profile", lasting=True)
MODE = decision("the company analyses this profile by", lasting=True)
EXPECTS = decision("the company expects of this profile what follows a purchase", lasting=True)
OPEN_NEEDS = decision("the company looks for open needs of this profile", lasting=True)
SUPPRESSES = decision("the company suppresses what this profile bought", lasting=True)
RECORDS = decision("the company records this visit", lasting=True)
RECORDS_SALE = decision("the company's purchase line is usable", lasting=True)
LINKS_CLUB = decision("the company links club card and e-mail", lasting=True)
LINKS_DEVICE = decision("the company links device and e-mail", lasting=True)
LOOKS_UP = decision("staff look the visitor up", lasting=True)

MOST_OERE = 2_000_000_000  # that a record holds


@rule
def able(seed, profile, decision_id, share):
    """This profile is among the ``share`` handled with a capability: always the same ones."""
    return uniform(seed, profile.number, decision_id, 0, 0) < share


@rule
def last_sync(firm, day):
    """Writes before this day have reached the other departments."""
    delay = int(firm.share_delay_days + 0.5)
    return day + 1 if delay == 0 else day // delay * delay


@rule
def copy_facts(target, source):
    """Copy all facts of a silo."""
    for k in range(CELLS):
        target.counts[k] = source.counts[k]
    for c in range(CATEGORIES):
        target.bought[c] = source.bought[c]
    target.view_cell = source.view_cell
    target.view_item = source.view_item
    target.buy_cell = source.buy_cell
    target.buy_item = source.buy_item
    target.orders = source.orders
    target.view_day = source.view_day
    target.buy_day = source.buy_day
    target.spent_oere = source.spent_oere


@rule
def empty_facts(facts):
    """Nothing is on file."""
    for k in range(CELLS):
        facts.counts[k] = 0
    for c in range(CATEGORIES):
        facts.bought[c] = -1
    facts.view_cell = -1
    facts.view_item = -1
    facts.view_day = 0
    facts.buy_cell = -1
    facts.buy_item = -1
    facts.buy_day = 0
    facts.orders = 0
    facts.spent_oere = 0


@rule
def open_silo(firm, profile, s, day):
    """The live facts of a silo for writing; what the others see is copied first."""
    silo = profile.silos[s]
    if silo.written < last_sync(firm, day):
        copy_facts(silo.shared, silo.live)
    silo.written = day
    return silo.live


@rule
def count_sightings(facts, cell, weight):
    """More sightings of a cell. Where a count would not fit, all of the silo are halved first.

    The shares of interest stay; what was seen long ago weighs less. ``weight`` is at most half of
    what fits.
    """
    if facts.counts[cell] + weight > COUNTED:
        for k in range(CELLS):
            facts.counts[k] //= 2
    facts.counts[cell] += weight


@rule
def record_interest(firm, profile, s, cell, item, weight, day):
    """A recognised view, click or question in ``cell``."""
    facts = open_silo(firm, profile, s, day)
    count_sightings(facts, cell, weight)
    facts.view_cell = cell
    facts.view_item = item
    facts.view_day = day


@rule
def record_purchase(firm, profile, s, cell, item, day):
    """A recognised purchase."""
    facts = open_silo(firm, profile, s, day)
    count_sightings(facts, cell, firm.purchase_weight)
    facts.orders = min(facts.orders + 1, 30000)
    facts.buy_cell = cell
    facts.buy_item = item
    facts.buy_day = day
    facts.bought[cell // STYLES] = day


@rule
def record_spending(firm, profile, s, oere, day):
    """What a recognised purchase cost, or, below zero, what was paid back for a return."""
    facts = open_silo(firm, profile, s, day)
    facts.spent_oere = min(max(facts.spent_oere + oere, 0), MOST_OERE)


@rule
def record_return(firm, profile, s, cell, day):
    """Something went back: he does not own it, unless he has bought another of its kind since."""
    last = profile.silos[s].live.buy_cell
    if last >= 0 and last != cell and last // STYLES == cell // STYLES:
        return
    facts = open_silo(firm, profile, s, day)
    facts.bought[cell // STYLES] = -1
    if last == cell:
        facts.buy_cell = -1


@rule
def file_order(profile, s, number):
    """The receipt under the customer's address or card."""
    profile.silos[s].filed_order = number


@rule
def note_sequence(ledger, firm, profile, s, category, day):
    """What was bought after what, by those whose purchases are on file: complements are learned."""
    last = profile.silos[s].live
    if last.buy_cell >= 0 and day - last.buy_day <= firm.sequence_days:
        ledger.followed[last.buy_cell // STYLES * CATEGORIES + category] += 1


@rule
def note_items(ledger, profile, s, item):
    """Which item was bought after which, however long after, by those whose purchases are on file:
    what a recommender learns from [B29]."""
    last = profile.silos[s].live
    if last.buy_cell >= 0 and last.buy_item >= 0:
        ledger.item_followed[last.buy_item * ITEMS + item] += 1


@rule
def linked(profile, s):
    """Record ``s`` is known to be of the same person as his own e-mail address."""
    return s == BY_MAIL or profile.linked & (1 << s) != 0


@rule
def link(profile, s):
    """From now on record ``s`` and the e-mail address are known to be one person's."""
    profile.linked |= 1 << s


@rule
def part(profile, s):
    """Record ``s`` is a stranger's again."""
    profile.linked &= ~(1 << s)


@rule
def reaches(firm, profile, home, s, seed):
    """The channel whose own silo is ``home`` may read silo ``s``."""
    if home == s:
        return True
    if not (linked(profile, s) and linked(profile, home)):
        return False
    return able(seed, profile, SHARES, firm.share_data)


@rule
def facts_for(firm, profile, home, s, day):
    """The version of silo ``s`` that channel ``home`` sees today."""
    silo = profile.silos[s]
    if home == s or silo.written < last_sync(firm, day):
        return silo.live
    return silo.shared


@rule
def is_fresh(firm, facts, day):
    """The last look on record is so recent that it may still be what he is about."""
    return facts.view_cell >= 0 and day - facts.view_day <= firm.interest_days


@rule
def knows_purchase_since(firm, file, home, category, since, day, seed):
    """Channel ``home`` can see a purchase in ``category`` on or after day ``since``."""
    for s in range(SILOS):
        if s == home and home < BY_MAIL and firm.purchase_pixel == 0:
            continue
        if reaches(firm, file.profile, home, s, seed):
            bought = facts_for(firm, file.mind, home, s, day).bought[category]
            if bought >= 0 and bought >= since:
                return True
    return False


@rule
def forget_device(profile, device):
    """The cookie on this device was deleted: what was known by it cannot be found again."""
    empty_facts(profile.silos[device].live)
    empty_facts(profile.silos[device].shared)
    profile.device_seen &= ~(1 << device)
    for place in range(CHANNELS):
        profile.capped_week[2 * place + device] = -1
    part(profile, device)
    profile.silos[device].basket_item = -1
