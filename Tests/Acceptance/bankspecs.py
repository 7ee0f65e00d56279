"""How the bank's messages lie on the wire, in the words of `pyiso8583`.

Three layouts of the same elements. ASCII is the library's own: text throughout, bitmaps in hexadecimal.
ASCII_BINARY is the library's too, with bitmaps as they are. BCD is what terminals' hosts speak: type, numbers and
lengths packed two digits a byte, bitmaps as they are, text as text.
"""

import copy

from iso8583.specs import default, default_ascii

ASCII, ASCII_BINARY = default_ascii, default

# ISO 8583:1987, data element directory: attribute n, fixed length.
NUMBERS = {*range(3, 28), 49, 50, 51, 53, *range(66, 91)}
# Attribute n, variable length: its length counts digits.
LONG_NUMBERS = {2, 32, 33, 99, 100}


def _bcd() -> dict:
    spec = copy.deepcopy(default_ascii)
    spec["t"] |= {"data_enc": "b", "max_len": 2}
    for bitmap in ("p", "1"):
        spec[bitmap] |= {"data_enc": "b", "max_len": 8}
    for number in (52, 64, 65, 96, 128):
        spec[str(number)] |= {"data_enc": "b", "max_len": 8}
    for number in NUMBERS:
        spec[str(number)] |= {"data_enc": "b", "len_count": "nibbles", "left_pad": "0"}
    for number in range(2, 129):
        layout = spec[str(number)]
        if layout["len_type"]:
            layout |= {"len_enc": "bcd", "len_type": (layout["len_type"] + 1) // 2}
    for number in LONG_NUMBERS:
        spec[str(number)] |= {"data_enc": "b", "len_count": "nibbles", "left_pad": "0"}
    spec["55"] |= {"data_enc": "b", "max_len": 255}
    return spec


BCD = _bcd()
