"""One mapper serves many probes at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from lantime_exporter.collectors import load

from tests.mapping.mapping_documents import Counted, document, lines, mapper, slot

THREADS = 8
ROUNDS = 400


def test_probes_at_once_never_mix_their_values() -> None:
    """Each thread has separate devices, some of the same shape as those of others; every value names its device."""
    mapped = mapper(*load().collectors)
    start = Barrier(THREADS)

    def probe(thread: int) -> list[str]:
        start.wait()
        wrong = []
        for turn in range(ROUNDS):
            device = thread * 1000 + turn + 1
            invalid = {f"x{index}": device for index in range(turn % 5)}
            module = {
                "power-capacity": device,
                "mode": f"m{device}",
                "figure": device,
                "alarm": turn % 2 == 0,
                **invalid,
            }
            answer = document(slot("pwr1", module, f"psu{turn % 3}"), system={"uptime": device})
            found = lines(mapped.map(answer))
            expected = {
                f"lantime_uptime_seconds {float(device)}",
                f'lantime_power_supply_capacity_watts{{slot="pwr1"}} {float(device)}',
                f'lantime_module_info{{model="psu{turn % 3}",revision="",serial_number="",slot="pwr1"}} 1.0',
                f'lantime_module_value{{model="psu{turn % 3}",path="figure",slot="pwr1"}} {float(device)}',
                f'lantime_module_state{{model="psu{turn % 3}",path="mode",slot="pwr1",state="m{device}"}} 1.0',
                f'lantime_module_flag{{model="psu{turn % 3}",path="alarm",slot="pwr1"}} {float(turn % 2 == 0)}',
                *(
                    f'lantime_module_value{{model="psu{turn % 3}",path="{x}",slot="pwr1"}} {float(device)}'
                    for x in invalid
                ),
            }
            wrong += sorted(expected ^ {line for line in found if "slot_occupied" not in line})
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        assert [wrong for found in pool.map(probe, range(THREADS)) for wrong in found] == []


def test_concurrent_probes_of_a_new_shape_bind_it_once() -> None:
    place = Counted()
    mapped = mapper(place.collector())
    start = Barrier(THREADS)

    def probe(uptime: int) -> list[str]:
        start.wait()
        return lines(mapped.map(document(system={"uptime": uptime})))

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(probe, range(THREADS))) == [[f"lantime_uptime_seconds {n}.0"] for n in range(THREADS)]
    assert place.times == 1
