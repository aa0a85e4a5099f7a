"""One flipped bit in a line is found from its checksum and put right; nothing else is guessed.

The CRC-32 of a line with one wrong bit differs from the right one by a value that depends
only on how far the bit is from the line's end, and for lines up to `LONGEST` no two bits give
the same value (Koopman, "32-Bit Cyclic Redundancy Codes for Internet Applications", 2002).
"""

from zlib import crc32

LONGEST = 64 * 1024
"""Bytes of the longest line that is mended; also a bound for the time that damage can take."""

_OPENING = b'{"crc":"'
_CRC = slice(len(_OPENING), len(_OPENING) + 8)
_CLOSING = b'",'
_CHECKED = _CRC.stop + len(_CLOSING)


def mended(line: bytes) -> bytes | None:
    """The line, without its line end, with one bit turned so that it checks; None if none does."""
    if not _CHECKED < len(line) <= LONGEST:
        return None
    head, body = line[:_CHECKED], line[_CHECKED:]
    right = b"%b%08x%b" % (_OPENING, crc32(body), _CLOSING)
    wrong = int.from_bytes(head, "big") ^ int.from_bytes(right, "big")
    if wrong.bit_count() == 1:
        return right + body
    if head[: _CRC.start] != _OPENING or head[_CRC.stop :] != _CLOSING:
        return None
    try:
        stored = int(head[_CRC], 16)
    except ValueError:
        return None
    bit = _flipped(crc32(body) ^ stored, len(body))
    if bit is None:
        return None
    place, mask = bit
    return b"%b%b%c%b" % (head, body[:place], body[place] ^ mask, body[place + 1 :])


def _flipped(difference: int, length: int) -> tuple[int, int] | None:
    """The byte and the mask of the one bit that makes the checksum differ so, if one does.

    Each turn takes back what one byte of zeros at the end does to a checksum.
    """
    table = [_checksum_of(byte) for byte in range(256)]
    single = {table[1 << bit]: 1 << bit for bit in range(8)}
    highest = {value >> 24: (byte, value) for byte, value in enumerate(table)}
    for place in range(length - 1, -1, -1):
        if difference in single:
            return place, single[difference]
        byte, value = highest[difference >> 24]
        difference = ((difference ^ value) << 8) | byte
    return None


def _checksum_of(byte: int) -> int:
    """What a byte adds to the checksum of zeros, as CRC-32 is linear."""
    return crc32(bytes((byte,))) ^ crc32(b"\0")
