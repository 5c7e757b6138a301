"""What the divisions are called."""

from typing import Final

from showcase.i18n import _l

DIVISIONS: Final = {
    "barishal": _l("Barishal Division"),
    "chattogram": _l("Chattogram Division"),
    "dhaka": _l("Dhaka Division"),
    "khulna": _l("Khulna Division"),
    "mymensingh": _l("Mymensingh Division"),
    "rajshahi": _l("Rajshahi Division"),
    "rangpur": _l("Rangpur Division"),
    "sylhet": _l("Sylhet Division"),
}
