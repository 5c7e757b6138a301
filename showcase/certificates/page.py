"""What a certificate says, in the language of the page."""

from dataclasses import dataclass
from typing import Final

from showcase.addresses import public_url
from showcase.certificates.queries import Certificate
from showcase.events.queries import EventCard, card_of
from showcase.i18n import format_date, language
from showcase.qr import qr_drawing

# Read aloud and compared with the paper by fours.
_GROUP: Final = 4


@dataclass(frozen=True)
class CertificatePage:
    """
    Attributes:
        name: Empty once it was erased.
        code: As printed, in groups; ``address`` as somebody types it who cannot scan.
        qr: An SVG drawing of the address in full.
    """

    card: EventCard
    name: str
    place: str
    organiser: str
    came_on: str
    code: str
    address: str
    qr: str


def certificate_page(certificate: Certificate) -> CertificatePage:
    event, arrival = certificate.event, certificate.arrival
    code, link = arrival.certificate, public_url("certificates.show", code=arrival.certificate)
    return CertificatePage(
        card=card_of(event),
        name=certificate.name or "",
        place=event.place(language()),
        organiser=event.organiser(language()),
        came_on=format_date(arrival.at),
        code=" ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP)),
        address=link.partition("://")[2],
        qr=qr_drawing(link, damage="q"),
    )
