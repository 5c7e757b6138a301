"""Districts and what they are called."""

from dataclasses import dataclass

from flask import g

from showcase.documents.queries import table


@dataclass(frozen=True)
class District:
    """One of the 64.

    Attributes:
        x: Column of its square on the map, from the west.
        y: Row of its square, from the north.
        site: Of its administration; empty where the address is not known for certain.
    """

    key: str
    iso: str
    division: str
    names: dict[str, str]
    x: int
    y: int
    site: str = ""

    def name(self, language: str) -> str:
        return self.names[language]


def all_districts() -> dict[str, District]:
    """By key, in the order of the file; asked of the database once a request."""
    if "districts" not in g:
        g.districts = {row["key"]: _district(row) for row in table("district")}
    districts: dict[str, District] = g.districts
    return districts


def district_name(key: str | None, language: str) -> str | None:
    """Nothing where there is no such district (any more)."""
    district = all_districts().get(key or "")
    return district.name(language) if district else None


def _district(row: dict[str, object]) -> District:
    names = {"bn": str(row["name_bn"]), "en": str(row["name_en"])}
    x, y = int(str(row["x"])), int(str(row["y"]))
    return District(
        key=str(row["key"]),
        iso=str(row["iso"]),
        division=str(row["division"]),
        names=names,
        x=x,
        y=y,
        # A table that was published before this column has no such cell.
        site=str(row.get("site") or ""),
    )
