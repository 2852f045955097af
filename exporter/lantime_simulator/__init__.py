"""LANTIMEs that answer like real ones.

::

    device = m600()                          # what it is: a description (``devices``)
    lantime = Lantime(device)                # a running clock; ``activate("antenna-off")`` starts a scenario
    with SimulatedServer(lantime) as server: # a port that answers like the LTOS REST API
        requests.get(f"{server.url}/api/status")

``document`` is the pure function in the middle: description, episodes and time in, the JSON response out. Every part of
the response is a file in ``parts``; where the spelling of a module is not public, its docstring says which spellings it
speaks (``Module.spelling``) and how far they can be trusted (grades: A seen, C derived, D guessed).
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
