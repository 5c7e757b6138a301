"""The register of TCV records as schema.org's Dataset, as search engines for data read it."""

from collections.abc import Mapping
from datetime import datetime

from showcase.i18n import _
from showcase.i18n import language as current_language
from showcase.schema_org import CONTEXT, Json, moment, present, publisher
from showcase.tcv.labels import MEASURE_NAMES


def dataset_jsonld(
    *, url: str, downloads: Mapping[str, str], records: int, modified: datetime | None = None
) -> Json:
    """
    Args:
        url: Of the page of the register, in full.
        downloads: Addresses in full, by media type: ``{"text/csv": …, "application/json": …}``.
        records: How many there are.
    """
    return present(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "name": _("TCV register: time, cost and visits before and after"),
            "description": _(
                "What public services in Bangladesh asked of citizens before and after they were "
                "made better: time, cost and visits, each with its source, the way it was "
                "measured and how many cases were measured."
            ),
            "url": url,
            "inLanguage": current_language(),
            "creator": publisher(),
            "isAccessibleForFree": True,
            "dateModified": moment(modified) if modified else None,
            "size": str(records),
            "spatialCoverage": {"@type": "Country", "name": _("Bangladesh")},
            "variableMeasured": [str(name) for name in MEASURE_NAMES.values()],
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": address}
                for media_type, address in downloads.items()
            ],
        }
    )
