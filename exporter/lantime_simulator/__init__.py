"""Simulated LANTIMEs that respond like real ones.

::

    device = m600()                          # a description (``devices``)
    lantime = Lantime(device)                # a running clock; ``activate("antenna-off")`` starts a scenario
    with SimulatedServer(lantime) as server: # serves it like the LTOS REST API
        requests.get(f"{server.url}/api/status")

``document`` is the pure function in the middle, from description, episodes and time to the JSON response. Every part of
the response is a file in ``parts``. If the JSON of a module is not public, its docstring lists the spellings that the
part supports (``SimulatedModule.spelling``) and their evidence (grades: A seen, C derived, D guessed).
"""

from lantime_simulator.description import SimulatedDevice, SimulatedModule, SimulatedPort, SimulatedSlot, SyncMonNode
from lantime_simulator.devices import CATALOGUE, CLOCK_MODELS, carrier, m300, m500, m600, m1000, m3000
from lantime_simulator.document import document
from lantime_simulator.lantime import Lantime
from lantime_simulator.scenarios import Scenario, Timetable
from lantime_simulator.server import EventLoop, SimulatedNetwork, SimulatedServer, Traffic

__all__ = [
    "CATALOGUE",
    "CLOCK_MODELS",
    "EventLoop",
    "Lantime",
    "Scenario",
    "SimulatedDevice",
    "SimulatedModule",
    "SimulatedNetwork",
    "SimulatedPort",
    "SimulatedServer",
    "SimulatedSlot",
    "SyncMonNode",
    "Timetable",
    "Traffic",
    "carrier",
    "document",
    "m300",
    "m500",
    "m600",
    "m1000",
    "m3000",
]
