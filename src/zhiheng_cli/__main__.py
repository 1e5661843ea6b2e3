"""``python -m zhiheng_cli``."""

from zhiheng_cli.main import main

main()
