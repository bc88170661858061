"""Claims about consent as a choice: to be addressed by what is known of him, and to stop it."""

from __future__ import annotations

import pytest
from people import ID, SEED, logit, market, person, tips, today

from sim.core.draws import uniform
from sim.journey import consent
from sim.journey.consent import minds_being_profiled, refuses_all_or_nothing, takes_consent_back

near = pytest.approx
FORMS = ((44, 0), (45, 0), (44, 9))


def minds(worth=0.0, about=44, when=9, **him):
    numbers = market(personal_dkk=worth, identity_scale_dkk=4.0, identity_trust=1.5)
    return minds_being_profiled(person(**him), numbers, about, when, today())


def lets_at(**given):
    """What personal offers have to be worth to him, DKK, for him to let himself be profiled."""
    return tips(lambda worth: not minds(worth, **given))


@pytest.mark.parametrize(("about", "when"), FORMS)
def test_he_lets_himself_be_profiled_where_it_is_worth_his_privacy(about, when):
    u = uniform(SEED, ID, consent.PROFILED, about, when)
    form = {"about": about, "when": when}
    assert lets_at(**form) == near(4.0 * logit(u), abs=1e-6)
    assert lets_at(privacy_dkk=3.0, **form) - lets_at(**form) == near(3.0, abs=1e-6)
    assert lets_at(trust=0.9, **form) - lets_at(**form) == near(-4.0 * 1.5 * 0.4, abs=1e-6)


@pytest.mark.parametrize(("about", "when"), FORMS)
def test_a_share_takes_nothing_where_it_is_all_or_nothing(about, when):
    u = uniform(SEED, ID, consent.ALL_OR_NOTHING, about, when)
    for share, nothing in ((u + 1e-9, True), (u - 1e-9, False)):
        numbers = market(refuses_all_or_nothing=share)
        assert refuses_all_or_nothing(person(), numbers, about, when, today()) == nothing


def stops_at(about=44, when=9, **him):
    """The logit from which on he takes his consent back."""

    def stops(readily):
        numbers = market(takes_back=readily, takes_back_trust=2.5)
        return takes_consent_back(person(**him), numbers, about, when, today())

    return tips(stops)


@pytest.mark.parametrize(("about", "when"), FORMS)
def test_he_stops_it_the_sooner_the_less_he_trusts_us(about, when):
    at = logit(uniform(SEED, ID, consent.TAKES_BACK, about, when))
    assert stops_at(about, when) == near(at, abs=1e-6)
    assert stops_at(about, when, trust=0.9) == near(at + 2.5 * 0.4, abs=1e-6)
    assert stops_at(about, when, trust=0.1) == near(at - 2.5 * 0.4, abs=1e-6)
