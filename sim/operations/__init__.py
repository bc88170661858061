"""The company's calendar and its queues of people, on SimPy's clock.

:class:`Departments` runs the customer centre, the stores' service desk and the returns depot
through a day; each can also be run alone on a clock of its own.
"""

from sim.operations.calendar import is_open, open_days
from sim.operations.centre import CustomerCentre
from sim.operations.departments import Departments, Evening, Ratios, ratios
from sim.operations.depot import Depot
from sim.operations.desk import ServiceDesk
from sim.operations.sample import Outcomes, Requests
from sim.operations.staffing import agents_needed

__all__ = [
    "CustomerCentre",
    "Departments",
    "Depot",
    "Evening",
    "Outcomes",
    "Ratios",
    "Requests",
    "ServiceDesk",
    "agents_needed",
    "is_open",
    "open_days",
    "ratios",
]
