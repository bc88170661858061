"""A/B tests as the company carries them out: who gets which variant, and what is counted [B22].

A variant is what people get to read or to fill in. How they like it is theirs (a property of the
text, the same for all who get it), and hidden: the company sees counts alone.
"""

from __future__ import annotations

from sim.company.knowledge import linked
from sim.core.compiled import rule
from sim.core.draws import decision, uniform
from sim.core.records import BY_CLUB, BY_MAIL, SEGMENTS

ARM = decision("arm of a test", lasting=True)

SUBJECT, WORDING, CHECKOUT = 0, 1, 2
CONTROL, VARIANT = 0, 1


@rule
def arm_of(firm, profile, tried, seed):
    """VARIANT for half of the records while something is tested, by a keyed hash; else CONTROL."""
    if firm.test_on[tried] == 0:
        return CONTROL
    u = uniform(seed, profile.number, ARM, tried, firm.test_number[tried])
    return VARIANT if u < 0.5 else CONTROL


@rule
def appeal_of(firm, profile, tried, seed):
    """How much better than usual what this record gets is: what stands, or the variant."""
    appeal = firm.appeal[tried]
    if arm_of(firm, profile, tried, seed) == VARIANT:
        appeal += firm.variant[tried]
    return appeal


@rule
def segment_of(profile):
    """One of SEGMENTS that reports tell apart: has bought, by what is on file; is a member."""
    bought = 1 if profile.silos[BY_MAIL].live.orders > 0 else 0
    return 2 * bought + (1 if linked(profile, BY_CLUB) else 0)


@rule
def place_in_counts(firm, profile, tried, seed):
    """Where the counts of this record's arm and segment stand."""
    arm = arm_of(firm, profile, tried, seed)
    return (2 * tried + arm) * SEGMENTS + segment_of(profile)


@rule
def count_tried(ledger, firm, profile, tried, seed):
    """Somebody got what is tested."""
    if firm.test_on[tried] == 1:
        ledger.tried[place_in_counts(firm, profile, tried, seed)] += 1


@rule
def count_success(ledger, firm, profile, tried, seed):
    """And opened it, clicked it or ordered."""
    if firm.test_on[tried] == 1:
        ledger.succeeded[place_in_counts(firm, profile, tried, seed)] += 1
