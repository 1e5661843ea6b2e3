"""What several stages of ``run.py test`` share, made while the first of them read the code: ``python -m tests.beforehand FOLDER``.

A stage that wants one of these earlier waits for it, or makes it: nothing depends on this process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(shared: Path) -> None:
    """The migrated database, then the filled demonstration."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "ZHIHENG_DATA": str(shared / "none"), "ZHIHENG_SECRET_KEY": "only-for-tests"}
    import django
    from django.test.utils import setup_databases

    django.setup()
    from tests.demonstrated import demonstrated_in
    from tests.migrated import migrated_once

    with migrated_once(shared):
        setup_databases(verbosity=0, interactive=False)
    demonstrated_in(shared)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
