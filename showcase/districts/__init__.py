"""The 64 districts and 8 divisions: names, codes, and their squares on the map."""

from flask import Flask

from showcase.districts.fields import DistrictRow, read_districts
from showcase.documents import kinds


def init_app(app: Flask) -> None:
    kinds.register(
        app,
        kinds.Kind("district", "districts.csv", DistrictRow, read_table=read_districts),
    )
