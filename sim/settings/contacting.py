"""How people like to turn to the customer centre, how a way is felt, and who answers a survey."""

from __future__ import annotations

from pydantic import model_validator

from sim.settings.base import Group, param


class Contacting(Group):
    """Phone, chat or e-mail, and the mark that is given afterwards."""

    prefers_chat: float = param(
        0.22,
        unit="share of people",
        lo=0,
        hi=1,
        source="C7 Gartner 2019: phone 44, chat 17, e-mail 15 %; web and self-service left out",
        doc="who would rather chat than call or write",
    )
    prefers_mail: float = param(
        0.20,
        unit="share of people",
        lo=0,
        hi=1,
        source="C7 Gartner 2019, as prefers_chat",
        doc="who would rather write an e-mail; all others would rather call",
    )
    other_way_felt: float = param(
        0.05,
        unit="0-1 a contact",
        lo=0,
        hi=1,
        source="assumption (B42): as three minutes on the line, wait_minute",
        doc="that a contact is the worse for another way than his own",
    )
    mail_day_felt: float = param(
        0.03,
        unit="0-1 a day",
        lo=0,
        hi=1,
        source="assumption (C7: no curve found): as two minutes on the line, wait_minute",
        doc="that a contact is the worse for each day until a mail is answered",
    )
    centre_other_way: float = param(
        0.3,
        unit="logit",
        lo=0,
        hi=10,
        source="assumption (B42)",
        doc="that whoever had to take another way than his own last time is less ready to ask "
        "about a product again",
    )
    mark_shift: float = param(
        0.3,
        unit="points of 1-5",
        lo=-4,
        hi=4,
        source="A11: those who answer give 4.5 to 5; assumption",
        doc="above 1 + 4 times how good the contact was",
    )
    mark_intercept: float = param(
        -2.0,
        unit="logit",
        lo=-15,
        hi=15,
        source="assumption (A11): one in eight answers where it was as usual",
    )
    mark_better: float = param(
        6.0,
        unit="logit per unit better than usual",
        lo=0,
        hi=50,
        source="assumption (A11: who does not answer inflates the mark)",
    )
    mark_worse: float = param(
        2.0,
        unit="logit per unit worse than usual",
        lo=0,
        hi=50,
        source="assumption (A11): anger answers too, but less than delight",
    )

    @model_validator(mode="after")
    def _shares(self) -> Contacting:
        if self.prefers_chat + self.prefers_mail > 1:
            raise ValueError(
                "prefers_chat and prefers_mail are shares of the same people: at most 1"
            )
        return self
