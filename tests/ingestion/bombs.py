"""Small PDF files that unpack to, or ask for, more than a machine has."""

from __future__ import annotations

import zlib

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>"
_TREE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def pdf(*objects: bytes, tree: bytes = _TREE) -> bytes:
    """A file of numbered objects: 1 the catalogue, 2 the page tree, then `objects` from 3."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", tree, *objects), 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(content), entries) + content + b"\nendstream"


def _blanks(mebibytes: int, layers: int) -> bytes:
    """Blanks packed `layers` times over: what is packed last packs the one before."""
    packer = zlib.compressobj(9)
    # After a full flush each mebibyte is packed alike: no need to pack thousands of them.
    begin = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = begin + again * (mebibytes - 1) + packer.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    return packed


def nested_flate() -> bytes:
    """A page's contents of 3 GiB in a few kilobytes."""
    filters = b"/Filter[" + b"/FlateDecode" * 3 + b"]"
    return pdf(PAGE, stream(_blanks(3072, 3), filters))


def lzw(mebibytes: int = 3072) -> bytes:
    """A page's contents of 3 GiB of blanks in the older packing (CVE-2025-62708), packed again."""
    told, size = _lzw_round()
    # Eight rounds end on a whole byte, whatever the length of one.
    bits = "".join(told * 8)
    eight = int(bits, 2).to_bytes(len(bits) // 8, "big")
    content = eight * (mebibytes * 2**20 // (8 * size))
    return pdf(PAGE, stream(zlib.compress(content, 9), b"/Filter[/FlateDecode/LZWDecode]"))


def _lzw_round() -> tuple[list[str], int]:
    """The codes of one full table, each one blank longer than the last; and all blanks in it."""
    # A code is as wide as the entry after the next needs; 256 begins the table anew.
    codes = [(32, 9)]
    codes += [(code, min((code + 1).bit_length(), 12)) for code in range(258, 4094)]
    codes.append((256, 12))
    count = 4094 - 258 + 1
    return [f"{code:0{width}b}" for code, width in codes], count * (count + 1) // 2


def inline_images(count: int = 200_000) -> bytes:
    """Pictures within the page's contents that begin and never end (CVE-2025-62707)."""
    begun = b"BI/W 9000/H 9000/BPC 8/CS/G/F/DCT ID \xff\xd8\xff\xe0 "
    return pdf(PAGE, stream(zlib.compress(begun * count, 9), b"/Filter/FlateDecode"))


def object_stream() -> bytes:
    """The page tree lives in a stream of objects that unpacks to 3 GiB; the index is lost."""
    entries = b"/Type/ObjStm/N 2/First 3000000000/Filter[/FlateDecode/FlateDecode]"
    whole = pdf(PAGE, stream(_blanks(3072, 2), entries), tree=b"null")
    return whole[: whole.index(b"xref")] + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def nested_forms(levels: int = 12) -> bytes:
    """Forms that each draw the next ten times: ten to the twelfth letters."""
    call = b"/F Do " * 10
    forms = [
        stream(call, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (n + 1))
        for n in range(5, 5 + levels)
    ]  # fmt: skip
    last = stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    page = PAGE.replace(b"/Resources<<>>", b"/Resources<</XObject<</F 5 0 R>>>>")
    return pdf(page, stream(call), *forms, last)


def million_pages(count: int = 1_000_000) -> bytes:
    """A tree of nodes that share their children, so that a small file has a million pages."""
    node = b"<</Type/Pages/Count 1000/Parent 2 0 R/Kids[" + b"3 0 R " * 1000 + b"]>>"
    tree = b"<</Type/Pages/Count %d/Kids[" % count + b"5 0 R " * 1000 + b"]>>"
    return pdf(PAGE, stream(b""), node, tree=tree)


def recursive_tree() -> bytes:
    return pdf(PAGE, stream(b""), tree=b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>")


def deep_tree(levels: int = 60_000) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % n for n in range(4, 4 + levels)]
    return pdf(*nodes, PAGE, tree=b"<</Type/Pages/Count 1/Kids[3 0 R]>>")


def huge_media_box() -> bytes:
    page = PAGE.replace(b"595 842", b"9000000000 9000000000")
    return pdf(page, stream(b"0 0 m 9000000 9000000 l S"))


def huge_image() -> bytes:
    """A picture of 60,000 by 60,000 in colour, 10 GiB when unpacked, of a page without text."""
    picture = stream(
        _blanks(3, 2),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter[/FlateDecode/FlateDecode]",
    )
    page = PAGE.replace(b"/Resources<<>>", b"/Resources<</XObject<</I 5 0 R>>>>")
    return pdf(page, stream(b"595 0 0 842 0 0 cm /I Do"), picture)


def many_words(lines: int = 400_000) -> bytes:
    """A page of two million words."""
    content = b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (a  b  c  d  e) Tj " * lines + b"ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = PAGE.replace(b"/Resources<<>>", b"/Resources<</Font<</F 5 0 R>>>>")
    return pdf(page, stream(zlib.compress(content), b"/Filter/FlateDecode"), font)
