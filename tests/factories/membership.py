import factory

from bcf.accounts.access import Role
from plans.models import Membership
from tests.factories.board import BoardFactory
from tests.factories.user import UserFactory


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    board = factory.SubFactory(BoardFactory)
    role = Role.EDITOR
