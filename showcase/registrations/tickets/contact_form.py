"""Where a registration's messages shall go from now on."""

from showcase.forms import OwnWords
from showcase.i18n import _l
from showcase.registrations.forms import ContactFields


class ContactForm(ContactFields):
    Meta = OwnWords

    _none_given = _l("Write a mobile number or an e-mail address: your messages must go somewhere.")
