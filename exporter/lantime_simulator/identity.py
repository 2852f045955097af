"""Serial numbers and positions derived from a name, so that they differ between devices."""

import zlib


def digits(text: str, length: int) -> str:
    """Return so many digits derived from a text."""
    return f"{zlib.crc32(text.encode()) * 7919 % 10**length:0{length}d}"


def place(name: str) -> tuple[float, float, float]:
    """Return latitude, longitude (degrees) and altitude (metres) of a device of that name."""
    seed = zlib.crc32(f"{name}/place".encode())
    return 47.5 + seed % 6_000_000 / 1e6, 7.0 + seed // 7 % 6_000_000 / 1e6, 60.0 + seed % 4000 / 10
