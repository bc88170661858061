"""To whom the company's forum is open, and when its experts have to answer there [B43, A33]."""

from __future__ import annotations

from sim.company.knowledge import able
from sim.core.compiled import rule
from sim.core.draws import decision, uniform

HAS_FORUM = decision("the company has a forum for this profile", lasting=True)
EXPERT = decision("an expert of the company's has to answer in the forum")


@rule
def has_forum(firm, profile, seed):
    """The forum is open to this profile."""
    return able(seed, profile, HAS_FORUM, firm.community)


@rule
def expert_answers(profile, life, about, day, seed):
    """Where there is little life no other customer answers, and an expert of the company's does."""
    return uniform(seed, profile.number, EXPERT, about, day) >= life
