"""The organisation, the table and the adopted pack, as in the tests of the ledgers."""

from tests.zhiheng_web.conftest import linyi, organisation, signed_in, viewer
from tests.zhiheng_web.ledgers.conftest import kjj

__all__ = ["kjj", "linyi", "organisation", "signed_in", "viewer"]
