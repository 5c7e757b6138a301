"""QR codes as drawings: any phone's camera opens what they say."""

from typing import Literal

import segno


def qr_drawing(link: str, *, damage: Literal["m", "q"]) -> str:
    """An SVG, dark on white also in a dark scheme, or scanners fail.

    Args:
        damage: How much may be unreadable: ``m`` 15 %, on a screen; ``q`` a quarter, on paper that
            is folded, copied or read from afar.
    """
    code = segno.make_qr(link, error=damage)
    # ISO/IEC 18004 asks for a quiet zone of four modules.
    return str(code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff"))
