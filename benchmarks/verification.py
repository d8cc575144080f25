"""Measures the gate on claims that rules made: what passes, and what is refused.

    python benchmarks/verification.py --data DIR [--treebanks DIR] [--show KIND DIRECTION]

DIR holds ``questions.jsonl`` and ``corpus/``; ``--treebanks`` the conllu files of PUD, by default
``DIR/../data/lexicon``. For each direction (language of the claim, language of its sources) and
each kind of edit it prints the share that passes as supported (or verbatim), the share that is not
refused (passes or is unconfirmed), and the area under the curve of mark and soft score
against true claims. For true claims the share of each mark is printed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from claims import DIRECTIONS, Claim, Maker

from assistant.citations import Verdict, check
from assistant.citations.verdicts import RANK
from assistant.evaluation import area_under_curve

SHOWN = 40
PASSES = ("verbatim", "supported")
Checked = tuple[Claim, Verdict]


def share(part: Sequence[Checked], marks: Sequence[str]) -> float:
    """Return the percentage of claims that got one of some marks."""
    return 100 * sum(verdict.support in marks for _, verdict in part) / max(1, len(part))


def show_true(checked: Sequence[Checked]) -> None:
    """Print the share of true claims by mark."""
    marks = ("verbatim", "supported", "unconfirmed", "unsupported")
    print(f"{'true claims':24} {'n':>6} " + " ".join(f"{mark:>12}" for mark in marks))
    for direction in DIRECTIONS:
        mine = [c for c in checked if c[0].direction == direction and c[0].is_true]
        for base in [*sorted({claim.base for claim, _ in mine}), ""]:
            part = [c for c in mine if base in ("", c[0].base)]
            name = f"{direction} {base or 'all'}"
            shares = " ".join(f"{share(part, (mark,)):12.1f}" for mark in marks)
            print(f"{name:24} {len(part):6} {shares}")


def show_false(checked: Sequence[Checked]) -> None:
    """Print by kind of edit what passes and what is not refused."""
    groups: dict[tuple[str, str], list[Checked]] = defaultdict(list)
    for one in checked:
        groups[one[0].kind, one[0].direction].append(one)
    kinds = sorted({kind for kind, _ in groups} - {"true"})
    print("\npasses / not refused, % (AUROC of mark and score; n)")
    print(f"{'kind of edit':24} " + " ".join(f"{d:>26}" for d in DIRECTIONS))
    for kind in kinds:
        cells = []
        for direction in DIRECTIONS:
            part = groups[kind, direction]
            true = groups["true", direction]
            area = area_under_curve(*([RANK[v.support] + v.score for _, v in some]
                                      for some in (true, part)))  # fmt: skip
            passed, kept = share(part, PASSES), share(part, (*PASSES, "unconfirmed"))
            cells.append(f"{passed:5.1f} /{kept:5.1f} ({area or 0:.2f}; {len(part):4})")
        print(f"{kind:24} " + " ".join(f"{cell:>26}" for cell in cells))


def show_reasons(checked: Sequence[Checked]) -> None:
    """Print why true claims were refused."""
    for direction in DIRECTIONS:
        mine = [v for c, v in checked if c.direction == direction and c.is_true]
        kinds = Counter(r.kind for v in mine if v.support == "unsupported" for r in v.reasons[:1])
        shares = ", ".join(f"{k} {100 * n / len(mine):.1f}" for k, n in kinds.most_common())
        print(f"true claims refused, % by first reason, {direction}: {shares}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path)
    parser.add_argument("--show", nargs=2, metavar=("KIND", "DIRECTION"))
    options = parser.parse_args()
    treebanks = options.treebanks or options.data.parent / "data" / "lexicon"
    claims = list(Maker(options.data, treebanks).claims())
    started = time.perf_counter()
    checked = [(claim, check(claim.text, claim.sources)) for claim in claims]
    seconds = time.perf_counter() - started
    if options.show:
        kind, direction = options.show
        wrong = [
            (c, v) for c, v in checked
            if (c.kind, c.direction) == (kind, direction)
            and (v.support == "unsupported") == c.is_true
        ]  # fmt: skip
        for claim, verdict in wrong[:SHOWN]:
            reasons = [(r.kind, r.claim_words) for r in verdict.reasons]
            print(f"\n{claim.text}\n  {claim.sources}\n  {verdict.support} {reasons}")
        return
    show_true(checked)
    show_reasons(checked)
    show_false(checked)
    print(
        f"\n{len(claims)} claims, {1000 * seconds / len(claims):.2f} ms each, all first-time reads"
    )


if __name__ == "__main__":
    main()
