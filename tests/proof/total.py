"""Adds up the reports of `make proof`: how many mutants died, and whether they are enough.

python tests/proof/total.py 90 build/proof/mutants-*.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_DIED = re.compile(r"^(\d+) of (\d+) mutants died", re.MULTILINE)


def main(least: str, *names: str) -> int:
    """1 when fewer than `least` percent died, 2 when a part left no report."""
    died = of = 0
    for name in names:
        found = _DIED.search(Path(name).read_text(encoding="utf-8"))
        if found is None:
            sys.stderr.write(f"{name} says of no mutant whether it died\n")
            return 2
        died, of = died + int(found[1]), of + int(found[2])
    share = 100 * died / of if of else 0.0
    enough = share >= float(least)
    words = "enough" if enough else "too few"
    sys.stdout.write(f"{died} of {of} mutants died ({share:.1f} %): {words}, asked {least} %\n")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
