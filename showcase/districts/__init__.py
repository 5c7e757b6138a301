"""The 64 districts and 8 divisions: names, codes, their squares on the map, and their pages."""

from flask import Flask

from showcase.districts.fields import DistrictRow, read_districts
from showcase.documents import kinds


def init_app(app: Flask) -> None:
    # Not above: a district's page shows stories and events, and these ask for districts' names.
    from showcase.districts.views import districts

    kinds.register(
        app,
        kinds.Kind("district", "districts.csv", DistrictRow, read_table=read_districts),
    )
    app.register_blueprint(districts)
