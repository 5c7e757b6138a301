"""A story as schema.org's Article, its measured values as Observations."""

from collections.abc import Iterator

from showcase.addresses import public_url
from showcase.i18n import _
from showcase.i18n import language as current_language
from showcase.schema_org import CONTEXT, COUNTRY, Json, moment, organisation, present, publisher
from showcase.stories.queries import Story
from showcase.tcv.labels import MEASURE_NAMES, MEASURES, METHOD_NAMES, Measure
from showcase.tcv.quantities import Quantity
from showcase.tcv.records import TcvRecord


def article(story: Story) -> Json:
    code = current_language()
    fields = story.fields
    url = public_url("stories.show", slug=story.slug)
    return present(
        {
            "@context": CONTEXT,
            "@type": "Article",
            "headline": story.title,
            "description": story.summary,
            "inLanguage": story.language,
            "url": url,
            "mainEntityOfPage": url,
            "image": [public_url("cards.card", kind="story", slug=story.slug)],
            "datePublished": _published(story),
            "dateModified": moment(story.reading.updated_at),
            "author": organisation(fields.office.text(code)) if fields.office else publisher(),
            "publisher": publisher(),
            "articleSection": story.sector_label,
            "contentLocation": _place(story),
            "citation": [
                present({"@type": "CreativeWork", "name": s.title.text(code), "url": s.url})
                for s in fields.sources
            ],
            "mentions": [seen for record in fields.tcv for seen in _observations(record, code)],
        }
    )


def _published(story: Story) -> str | None:
    return moment(story.reading.published) if story.reading.published else None


def _place(story: Story) -> Json | None:
    if not story.district_name:
        return None
    return {
        "@type": "AdministrativeArea",
        "name": story.district_name,
        "containedInPlace": {"@type": "Country", "name": _("Bangladesh"), "identifier": COUNTRY},
    }


def _observations(record: TcvRecord, code: str) -> Iterator[Json]:
    """One for each value that was measured; what was not measured is no Observation."""
    for measure in MEASURES:
        name = f"{record.service.text(code)}: {MEASURE_NAMES[measure]}"
        for side, values in ((_("before"), record.before), (_("after"), record.after)):
            quantity = values.of(measure)
            if quantity:
                yield _observation(record, f"{name} ({side})", measure, quantity)


def _observation(record: TcvRecord, name: str, measure: Measure, quantity: Quantity) -> Json:
    # “2,500+” is no value but a lower bound.
    value = "minValue" if quantity.at_least else "value"
    return present(
        {
            "@type": "Observation",
            "name": name,
            "measuredProperty": measure,
            "observationDate": str(record.measured) if record.measured else None,
            "measurementTechnique": str(METHOD_NAMES[record.method]),
            "value": {
                "@type": "QuantitativeValue",
                value: float(quantity.amount),
                "unitText": quantity.unit,
            },
        }
    )
