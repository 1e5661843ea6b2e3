"""The bureau's pack itself."""

from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_web.ledgers.models import Register


def test_adopted(kjj: Kjj) -> None:

    assert Register.objects.count() == len(kjj.registers) > 0
