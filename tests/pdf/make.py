"""Makes the small PDFs that stand beside it from the texts that stand beside it.

    python tests/pdf/make.py [NAME …]

Needs Chromium, LibreOffice and XeLaTeX, and the fonts Noto, Amiri, Scheherazade and DejaVu. Each
program subsets its fonts, so that the files stay small.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from pdf_producers import PRODUCERS, Look  # noqa: E402  # it stands one folder above

# Name of the file: the text, the program, how it is laid out.
FILES: dict[str, tuple[str, str, Look]] = {
    "report-chromium-naskh": ("report", "chromium", Look()),
    "report-chromium-sans": ("report", "chromium", Look("Noto Sans Arabic")),
    "report-chromium-amiri": ("report", "chromium", Look("Amiri")),
    "report-chromium-scheherazade": ("report", "chromium", Look("Scheherazade")),
    "report-chromium-dejavu": ("report", "chromium", Look("DejaVu Sans")),
    "report-chromium-justified": ("report", "chromium", Look(justified=True, indent=1)),
    "report-chromium-columns": ("report", "chromium", Look(columns=2)),
    "report-chromium-running": ("report", "chromium", Look(running=True, size=22)),
    "report-libreoffice-naskh": ("report", "libreoffice", Look()),
    "report-libreoffice-amiri": ("report", "libreoffice", Look("Amiri")),
    "report-libreoffice-scheherazade": ("report", "libreoffice", Look("Scheherazade")),
    "report-libreoffice-dejavu": ("report", "libreoffice", Look("DejaVu Sans")),
    "report-libreoffice-justified": ("report", "libreoffice", Look("DejaVu Sans", justified=True)),
    "report-libreoffice-columns": ("report", "libreoffice", Look("DejaVu Sans", columns=2)),
    "report-libreoffice-running": (
        ("report", "libreoffice", Look("DejaVu Sans", running=True, size=24, head="نشرة الواحة"))
    ),
    "report-xelatex-amiri": ("report", "xelatex", Look("Amiri")),
    "report-xelatex-scheherazade": ("report", "xelatex", Look("Scheherazade")),
    "report-xelatex-dejavu": ("report", "xelatex", Look("DejaVu Sans")),
    "vowelled-libreoffice-amiri": ("vowelled", "libreoffice", Look("Amiri")),
    "vowelled-chromium-amiri": ("vowelled", "chromium", Look("Amiri")),
    "story-chromium": ("story", "chromium", Look("DejaVu Sans")),
    "story-chromium-columns": ("story", "chromium", Look("DejaVu Sans", columns=2)),
    "story-libreoffice": ("story", "libreoffice", Look("DejaVu Sans", justified=True)),
    "story-xelatex": ("story", "xelatex", Look("DejaVu Sans", columns=2)),
}


def paragraphs_of(name: str) -> list[str]:
    """Return the paragraphs of one of the texts; the first one is its title."""
    return (HERE / f"{name}.txt").read_text("utf-8").strip().split("\n\n")


def make(name: str, target: Path) -> None:
    """Make one of the files."""
    text, program, look = FILES[name]
    title, *paragraphs = paragraphs_of(text)
    PRODUCERS[program](paragraphs, look.titled(title), target)


if __name__ == "__main__":
    for name in sys.argv[1:] or FILES:
        make(name, HERE / f"{name}.pdf")
        print(name)  # noqa: T201  # it is a program
