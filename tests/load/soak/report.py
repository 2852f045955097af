"""Results and their limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median

from tests.load.soak.process_sampler import ProcessSample

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report; ``is_good`` is None for information without a limit."""

    name: str
    figure: str
    is_good: bool | None = None

    def __str__(self) -> str:
        result = {True: "good", False: "BAD", None: ""}[self.is_good]
        return f"{self.name:<44}{self.figure:>24}  {result}".rstrip()


def usage(samples: Sequence[ProcessSample], scrapes: float) -> Iterator[Line]:
    """Yield the results of the second half of the time; in the first half the process fills its caches."""
    half = samples[len(samples) // 2 :]
    early, late = half[: len(half) // 2], half[len(half) // 2 :]
    before, after = (median(sample.memory for sample in part) for part in (early, late))
    slope = linear_regression([sample.at for sample in half], [sample.memory for sample in half]).slope * HOUR
    yield Line("resident memory, third and fourth quarter", f"{before:.1f}, {after:.1f} MiB", after < before * 1.03 + 2)
    yield Line("slope of memory in the second half", f"{slope:+.1f} MiB/h")
    before, after = (median(sample.descriptors for sample in part) for part in (early, late))
    yield Line("file descriptors, third and fourth quarter", f"{before:.0f}, {after:.0f}", after < before * 1.1 + 10)
    before, after = (median(sample.threads for sample in part) for part in (early, late))
    yield Line("threads, third and fourth quarter", f"{before:.0f}, {after:.0f}", after < before * 1.2 + 10)
    most = max(sample.descriptors for sample in samples), max(sample.threads for sample in samples)
    yield Line("file descriptors and threads, at most", f"{most[0]}, {most[1]}")
    seconds = half[-1].at - half[0].at
    share = (half[-1].cpu - half[0].cpu) / seconds
    yield Line("CPU of one core", f"{share:.1%}")
    yield Line("CPU for each scrape", f"{share / scrapes * 1000:.2f} ms")


def log(lines: Sequence[str], faults: int, reloads: int) -> Iterator[Line]:
    """Yield the results for the log: two lines are allowed per fault, one per reload."""
    most = 2 * faults + reloads + 10
    yield Line("log lines, for faults and reloads at most", f"{len(lines)}, {most}", len(lines) <= most)
    bad = [line for line in lines if "level=error" in line or "Traceback" in line]
    yield Line("errors and tracebacks in the log", str(len(bad)), not bad)
