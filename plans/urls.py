"""Addresses at which a board's members are invited and removed."""

from django.urls import path

from plans import views

urlpatterns = [
    path("boards/<slug:slug>/members/", views.board_members, name="board-members"),
    path(
        "boards/<slug:slug>/members/<path:username>/remove/",
        views.member_remove,
        name="member-remove",
    ),
]
