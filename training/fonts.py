"""Makes the page's Arabic fonts out of Noto Naskh Arabic.

    python training/fonts.py FOLDER

FOLDER holds ``NotoNaskhArabic-Regular.ttf`` and ``NotoNaskhArabic-Bold.ttf`` (SIL Open Font
License 1.1, no reserved names; Debian's package fonts-noto-core has them in
/usr/share/fonts/truetype/noto). Writes assistant/web/static/fonts/*.woff2, cut down to the Arabic
blocks, with all that joins and places the letters, and prints the sizes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

_TARGET = Path(__file__).parent.parent / "assistant" / "web" / "static" / "fonts"
_FONTS = {
    "NotoNaskhArabic-Regular.ttf": "noto-naskh-arabic.woff2",
    "NotoNaskhArabic-Bold.ttf": "noto-naskh-arabic-bold.woff2",
}
# The blocks of `unicode-range` in page.css, and what stands between Arabic letters: spaces, and
# the characters that join, separate and direct them.
_ARABIC = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_BETWEEN = (0x20, 0xA0, 0x25CC, *range(0x200B, 0x2010))


def cut(source: Path, target: Path) -> None:
    """Write a font with the Arabic letters of another one."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    # The names say whose the font is, and under which licence.
    options.name_IDs = ["*"]
    options.hinting = False
    with TTFont(source) as font:
        cutter = subset.Subsetter(options)
        wanted = [c for first, last in _ARABIC for c in range(first, last + 1)]
        cutter.populate(unicodes=[*wanted, *_BETWEEN])
        cutter.subset(font)
        font.flavor = "woff2"
        # The same font makes the same file on any day.
        font.recalcTimestamp = False
        font.save(target)


def main(folder: Path) -> None:
    """Write both fonts."""
    _TARGET.mkdir(exist_ok=True)
    for source, name in _FONTS.items():
        cut(folder / source, _TARGET / name)
        print(f"{name}: {(_TARGET / name).stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
