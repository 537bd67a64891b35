"""Addresses of the pages that people look at."""

from django.urls import path

from bcf.reporting import views

urlpatterns = [
    path("", views.home, name="home"),
    path("boards/<slug:slug>/", views.board, name="board"),
    path("plans/<slug:slug>/", views.plan, name="plan"),
    path("plans/<slug:slug>/contributions/", views.contributions, name="plan-contributions"),
    path("plans/<slug:slug>/spend-lines/", views.spend_lines, name="plan-spend-lines"),
    path("plans/<slug:slug>/template.pdf", views.template_pdf, name="plan-template-pdf"),
    path("health/live", views.health_live, name="health-live"),
    path("health/ready", views.health_ready, name="health-ready"),
]
