"""What a customer's data may be used for: consent by purpose, and its withdrawal [B7, C6].

Receipts, returns, service and the bonus need no consent to be profiled; newsletters, flows, tiles
and advice that go by what somebody likes, and ads that follow him, do.
"""

from __future__ import annotations

from sim.company.knowledge import able
from sim.core.compiled import rule
from sim.core.draws import decision

BY_PURPOSE = decision("consent is asked of this profile by purpose", lasting=True)


@rule
def asks_by_purpose(firm, profile, seed):
    """The form has a box for each purpose, and the account a switch."""
    return able(seed, profile, BY_PURPOSE, firm.consent_by_purpose)


@rule
def note_objection(profile):
    """He does not want to be addressed by what is known of him."""
    profile.objects = 1


@rule
def may_profile(profile):
    """What is known of him may be used to choose what he is shown and sent."""
    return profile.objects == 0
