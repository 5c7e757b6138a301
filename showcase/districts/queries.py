"""Names of districts."""

from dataclasses import dataclass

from flask import g

from showcase.documents.queries import table


@dataclass(frozen=True)
class District:
    key: str
    iso: str
    division: str
    names: dict[str, str]
    x: int
    y: int

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
    return District(str(row["key"]), str(row["iso"]), str(row["division"]), names, x, y)
