"""Addresses at which events of plans and boards are performed."""

from django.urls import path

from plans import views
from plans.choices import PlanAction

urlpatterns = [
    path(
        f"plans/<slug:slug>/{action}/",
        views.plan_event,
        {"action": action},
        name=f"plan-{action}",
    )
    for action in PlanAction
] + [
    path("boards/<slug:slug>/members/", views.board_members, name="board-members"),
    path(
        "boards/<slug:slug>/members/<path:username>/remove/",
        views.member_remove,
        name="member-remove",
    ),
]
