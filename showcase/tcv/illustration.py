"""What a record's visits would mean on somebody's own way: an illustration, never a measurement."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from showcase.tcv.quantities import Quantity

# A visit is a way there and a way back.
WAYS_OF_A_VISIT: Final = 2


@dataclass(frozen=True, slots=True)
class Way:
    """From home to the office, one way; ``fare`` in taka of today, None where it is not told."""

    km: Decimal
    fare: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Travelled:
    """All visits together; ``at_least`` where the record says 2+ visits."""

    km: Decimal
    fare: Decimal | None
    at_least: bool


def travelled(visits: Quantity, way: Way) -> Travelled:
    ways = visits.amount * WAYS_OF_A_VISIT
    fare = None if way.fare is None else ways * way.fare
    return Travelled(ways * way.km, fare, visits.at_least)
