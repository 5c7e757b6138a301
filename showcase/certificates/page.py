"""What a certificate says, in the language of the page."""

from dataclasses import dataclass
from typing import Final

import segno

from showcase.addresses import public_url
from showcase.certificates.queries import Certificate
from showcase.events.queries import EventCard, card_of
from showcase.i18n import format_date, language

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
        qr=_qr(link),
    )


def _qr(link: str) -> str:
    """On paper that is folded and copied: a quarter may be damaged."""
    drawn = segno.make_qr(link, error="q")
    # ISO/IEC 18004 asks for a quiet zone of four modules.
    return str(drawn.svg_inline(border=4, omitsize=True, dark="#000", light="#fff"))
