"""Addresses of the pages that people look at."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from bcf.reporting import (
    change_set_views,
    check_views,
    detail_views,
    event_views,
    history_views,
    list_views,
    metric_views,
    template_views,
    views,
)
from bcf.reporting.agreements.annual import views as annual
from bcf.reporting.agreements.calendar import views as calendar
from bcf.reporting.agreements.events import views as agreement_events
from bcf.reporting.agreements.page import views as agreement
from bcf.reporting.agreements.quarter import views as quarter
from bcf.reporting.agreements.register import views as register
from bcf.reporting.cycles import views as cycles
from bcf.reporting.dashboards import pack_views
from bcf.reporting.dashboards import views as dashboards
from bcf.reporting.lists import every_board_list, every_plan_list
from bcf.reporting.over_years import views as over_years
from plans.choices import PlanAction

urlpatterns = [
    path("", views.home, name="home"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/vocabulary/", cycles.vocabulary, name="vocabulary"),
    path("cycles/<slug:cycle>/", cycles.cycle, name="cycle"),
    path("cycles/<slug:cycle>/entries.csv", cycles.cycle_csv, name="cycle-csv"),
    path("boards/<slug:slug>/", dashboards.board, name="board"),
    path("boards/<slug:slug>/section-75-quarter/", quarter.quarter, name="section-75-quarter"),
    path(
        "boards/<slug:slug>/section-75-quarter.pdf",
        quarter.quarter_pdf,
        name="section-75-quarter-pdf",
    ),
    path("boards/<slug:slug>/years/", over_years.board_years, name="board-years"),
    path(
        "boards/<slug:slug>/years/<slug:key>.csv",
        over_years.board_years_csv,
        name="board-years-csv",
    ),
    path("boards/<slug:slug>/pack.pdf", pack_views.board_pack, name="board-pack"),
    path(
        "boards/<slug:slug>/pictures/<slug:key>.svg", dashboards.board_picture, name="board-picture"
    ),
    path(
        "boards/<slug:slug>/pictures/<slug:key>.csv", dashboards.board_figures, name="board-figures"
    ),
    path(
        "boards/<slug:slug>/metrics/<slug:metric>/", metric_views.board_metric, name="board-metric"
    ),
    path(
        "boards/<slug:slug>/metrics/<slug:metric>/figures.csv",
        metric_views.board_metric_csv,
        name="board-metric-csv",
    ),
    path(
        "boards/<slug:slug>/metrics/<slug:metric>/<slug:chart>.svg",
        metric_views.board_metric_chart,
        name="board-metric-chart",
    ),
    path("plans/<slug:slug>/", dashboards.plan, name="plan"),
    path("plans/<slug:slug>/pictures/<slug:key>.svg", dashboards.plan_picture, name="plan-picture"),
    path("plans/<slug:slug>/pictures/<slug:key>.csv", dashboards.plan_figures, name="plan-figures"),
    path("plans/<slug:slug>/template/", template_views.page, name="plan-template"),
    path("plans/<slug:slug>/template.pdf", template_views.pdf, name="plan-template-pdf"),
    path(
        "plans/<slug:slug>/template/progress/",
        template_views.progress,
        name="plan-template-progress",
    ),
    path("plans/<slug:slug>/checks/", check_views.plan_checks, name="plan-checks"),
    path("plans/<slug:slug>/mend/", check_views.mend, name="plan-mend"),
    path("plans/<slug:slug>/history/", history_views.plan_history, name="plan-history"),
    path("plans/<slug:slug>/history.csv", history_views.plan_history_csv, name="plan-history-csv"),
    path("changes/<slug:ref>/", change_set_views.change_set, name="change-set"),
    path("health/live", views.health_live, name="health-live"),
    path("health/ready", views.health_ready, name="health-ready"),
    path("plans/<slug:slug>/schemes/<slug:ref>/", detail_views.scheme, name="scheme"),
    *(
        path(
            f"plans/<slug:slug>/{action}/",
            event_views.plan_event,
            {"action": action},
            name=f"plan-{action}",
        )
        for action in PlanAction
    ),
    path("plans/<slug:slug>/refresh/", event_views.plan_refresh, name="plan-refresh"),
    path("agreements/", register.agreements, name="agreements"),
    path("agreements/register.csv", register.agreements_csv, name="agreements-csv"),
    path("agreements/<slug:slug>/", agreement.agreement, name="agreement"),
    path(
        "agreements/<slug:slug>/pictures/<slug:key>.svg",
        agreement.agreement_picture,
        name="agreement-picture",
    ),
    path(
        "agreements/<slug:slug>/pictures/<slug:key>.csv",
        agreement.agreement_figures,
        name="agreement-figures",
    ),
    path(
        "boards/<slug:slug>/section-75-report/",
        annual.annual_report_page,
        name="section-75-report",
    ),
    path(
        "boards/<slug:slug>/section-75-report.pdf",
        annual.annual_report_pdf,
        name="section-75-report-pdf",
    ),
    path(
        "boards/<slug:slug>/agreements.ics",
        login_not_required(calendar.BoardCalendar.as_view()),
        name="board-agreements-calendar",
    ),
    *(
        path(
            f"agreements/<slug:slug>/{action}/",
            agreement_events.agreement_event,
            {"action": action},
            name=f"agreement-{action}",
        )
        for action in agreement_events.EVENTS
    ),
    path(
        "agreements/<slug:slug>/events/<int:number>/take-back/",
        agreement_events.agreement_event_withdraw,
        name="agreement-event-withdraw",
    ),
    path("programmes/<slug:slug>/", detail_views.programme, name="programme"),
    *(
        path(
            f"plans/<slug:slug>/{spec.key}/",
            list_views.plan_rows,
            {"spec": spec},
            name=f"plan-{spec.key}",
        )
        for spec in every_plan_list()
    ),
    *(
        path(
            f"boards/<slug:slug>/{spec.key}/",
            list_views.board_rows,
            {"spec": spec},
            name=f"board-{spec.key}",
        )
        for spec in every_board_list()
    ),
]
