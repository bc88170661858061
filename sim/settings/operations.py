"""How the company's people work: hours, staffing and the returns depot."""

from __future__ import annotations

from pydantic import model_validator

from sim.settings.base import Group, param


class Operations(Group):
    """Calendar, shifts and staffing rule of customer centre, service desk and returns depot.

    Minutes of the day count from midnight; day 0 is Monday 1 January, a year has 365 days.
    Patience is the customer's and stands with the market's settings.
    """

    target_utilisation: float = param(
        0.88,
        unit="busy/staffed minutes",
        lo=0.5,
        hi=0.98,
        source="assumption: staff are planned so that work offered fills this share of their time",
    )
    most_give_up: float = param(
        0.055,
        unit="share of callers",
        lo=0.005,
        hi=1,
        source="assumption: more staff are planned where Erlang A, from the patience seen, "
        "foretells more; a manager expects 5 to 8 %",
    )
    most_people: int = param(
        1_000_000,
        unit="real people",
        lo=100,
        hi=100_000_000,
        source="choice: queues of a larger firm are simulated at this size, where agents are so "
        "many that more of them change little",
    )
    replan_days: int = param(
        28,
        unit="days",
        lo=7,
        hi=365,
        source="assumption: rosters are made every four weeks from the last four weeks' load",
    )
    replan_change: float = param(
        0.4,
        unit="share of planned load",
        lo=0.1,
        hi=10,
        source="assumption: a last week this far off the plan brings a new roster at once",
    )
    shortest_hours_min: float = param(
        5,
        unit="minutes/day",
        lo=1,
        hi=240,
        source="assumption: least time a day that lines or desk are open",
    )
    holidays: tuple[int, ...] = param(
        (0, 358, 359),
        unit="day of the year",
        lo=0,
        hi=364,
        source="assumption: 1 January, 25 and 26 December; all are closed",
    )

    centre_opening_minute: int = param(
        540, unit="minute of the day", lo=0, hi=1380, source="assumption: 9:00"
    )
    centre_evening_minute: int = param(
        1020,
        unit="minute of the day",
        lo=0,
        hi=1380,
        source="assumption: 17:00, when the evening shift takes over",
    )
    centre_closing_minute: int = param(
        1200, unit="minute of the day", lo=0, hi=1380, source="assumption: 20:00"
    )
    centre_days_a_week: int = param(
        7, unit="days/week from Monday", lo=1, hi=7, source="assumption: open at weekends too"
    )
    centre_minimum_agents: int = param(
        10,
        unit="agents at once",
        lo=1,
        hi=1000,
        source="assumption: with fewer, callers wait long at any sensible utilisation; where they "
        "do not fill a day, the lines are open for fewer hours",
    )

    desk_opening_minute: int = param(
        600, unit="minute of the day", lo=0, hi=1380, source="assumption: stores open at 10:00"
    )
    desk_evening_minute: int = param(
        960, unit="minute of the day", lo=0, hi=1380, source="assumption: shift change at 16:00"
    )
    desk_closing_minute: int = param(
        1140, unit="minute of the day", lo=0, hi=1380, source="assumption: stores close at 19:00"
    )
    desk_days_a_week: int = param(
        7, unit="days/week from Monday", lo=1, hi=7, source="assumption: open on Sundays"
    )
    desk_minimum_agents: int = param(
        1, unit="agents at once", lo=1, hi=1000, source="assumption: two behind the counter"
    )

    tills: int = param(2, unit="tills of a store, at once", lo=1, hi=100, source="assumption")
    tills_busy: float = param(
        0.7,
        unit="share of the time",
        lo=0.05,
        hi=0.95,
        source="assumption; at 2.6 minutes a customer, queues of tills.queue_minutes by Erlang C",
        doc="that they are, when it is busiest: what one more till leaves of the wait follows",
    )
    till_help_minutes: float = param(
        60.0,
        unit="minutes/day and store",
        lo=0,
        hi=1440,
        source="assumption: the busiest hour, in which most of the waiting is done",
        doc="of one more at the tills, where who stays away says that he waited",
    )

    depot_days_a_week: int = param(
        5, unit="days/week from Monday", lo=1, hi=7, source="assumption: closed at weekends"
    )
    depot_least_days: int = param(
        1,
        unit="days",
        lo=0,
        hi=60,
        source="assumption: a parcel is opened on the working day after it came, at the earliest",
    )

    depot_least_parcels: float = param(
        10.0,
        unit="parcels/working day",
        lo=0.1,
        hi=10_000,
        source="assumption: what one person opens, checks and shelves beside other work",
    )

    @model_validator(mode="after")
    def _hours_are_in_order(self) -> Operations:
        for place in ("centre", "desk"):
            opens, evening, closes = (
                getattr(self, f"{place}_{name}_minute")
                for name in ("opening", "evening", "closing")
            )
            if not opens < evening < closes:
                raise ValueError(
                    f"{place}: opening, evening and closing minute must rise, "
                    f"but are {opens}, {evening}, {closes}"
                )
        if any(not 0 <= day < 365 for day in self.holidays):
            raise ValueError("holidays must be days of the year, 0 to 364")
        return self
