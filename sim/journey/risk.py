"""What is felt to be at risk with us, and what it stands against: fit, delivery, refund [B23, B55].

How uncertain these are is met in the world: how far things differ from their pages, how many
parcels are late, how long money takes to come back. What people are used to counts as 1.
"""

from __future__ import annotations

import math

from sim.core.compiled import rule


@rule
def doubt_dkk(me, share, risk, price):
    """What is felt to be at risk with us, DKK, against who trusts us half in usual times (B23:
    trust acts through fit, delivery and refund). Dear things are risked more.

    ``risk``: how uncertain it is against usual, multiple; ``share`` of the price is at stake at 1.
    He who trusts leaves it out of account, so a unit of trust is worth share x risk x price: trust
    counts for more because it stands against more uncertainty [B55].
    """
    return share * price * ((0.5 - me.trust) + (risk - 1.0) * (1.0 - me.trust))


@rule
def risk_of_fit(market):
    """How far what is delivered may differ from what its page shows, multiple of usual."""
    return market.tau_web / market.usual_tau_web if market.usual_tau_web > 0.0 else 1.0


@rule
def late_share(market, carrier_days, carrier_spread):
    """Share of parcels that come after the promised day: beyond half a day more, as whole days are
    counted; lognormal."""
    most = int(market.promised_days) + 0.5
    if carrier_spread <= 0.0:
        return 1.0 if carrier_days >= most else 0.0
    z = math.log(most / carrier_days) / carrier_spread
    return 0.5 - 0.5 * math.erf(z / math.sqrt(2.0))


@rule
def unpaid_share(market, carrier_days, refund_days):
    """Share of refunds that come later than the law allows: exponential once the parcel is back."""
    if refund_days <= 0.0:
        return 0.0
    return math.exp(-max(market.refund_allowed_days - carrier_days, 0.0) / refund_days)


@rule
def risk_ahead(market):
    """How likely it is that what is paid ahead comes late or the money does, multiple of usual."""
    kept = 1.0 - late_share(market, market.usual_carrier_days, market.usual_carrier_spread)
    kept *= 1.0 - unpaid_share(market, market.usual_carrier_days, market.usual_refund_days)
    now = 1.0 - late_share(market, market.carrier_days, market.carrier_spread)
    now *= 1.0 - unpaid_share(market, market.carrier_days, market.refund_days)
    return (1.0 - now) / (1.0 - kept) if kept < 1.0 else 1.0
