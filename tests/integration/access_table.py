"""What every address answers every kind of person: design section 7 spelled out.

A line names an address; addresses on lines of their own share the answers under them. An answer
line gives the method, what each of `PEOPLE` is answered, and the objects asked for. A number is a
status; `in` is a redirect to the sign-in page that carries the address to come back to and nothing
else; `door` is the admin's closed door, a redirect that ends in 403; `302` goes anywhere else.
"""

PEOPLE = (
    "anonymous",
    "public",  # nobody signed in, while BCF_PUBLIC_READ=1
    "outsider",
    "viewer",
    "analyst",
    "editor",
    "approver",
    "editor-elsewhere",
    "approver-elsewhere",
    "administrator",
)

Asked = tuple[str, str, str]  # the address, the object, the method

TABLE = """
home
cycles
vocabulary
cycle
cycle-csv
agreements
agreements-csv
    GET  in   200  200  200  200  200  200  200  200  200  -
    POST in   405  405  405  405  405  405  405  405  405  -
board
board-pack
board-years
board-years-csv
section-75-quarter
section-75-quarter-pdf
    GET  in   200  200  200  200  200  200  200  200  200  own other
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other missing
plan
plan-contributions
plan-spend-lines
plan-benefits
plan-agreements
plan-template
plan-template-pdf
plan-checks
plan-figures
    GET  in   404  404  200  200  200  200  404  404  200  own joint part sibling
    GET  in   404  404  404  404  404  404  200  200  200  other
    GET  in   200  200  200  200  200  200  200  200  200  submitted
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other submitted joint
    POST in   405  405  405  405  405  405  405  405  405  part sibling missing
plan-template-progress
    GET  in   404  404  302  302  302  302  404  404  302  own joint part sibling
    GET  in   404  404  404  404  404  404  302  302  302  other
    GET  in   302  302  302  302  302  302  302  302  302  submitted
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other submitted joint
    POST in   405  405  405  405  405  405  405  405  405  part sibling missing
plan-mend
    GET  in   in   404  404  404  302  302  404  404  302  own joint part
    GET  in   in   404  404  404  404  404  404  404  302  sibling
    GET  in   in   404  404  404  404  404  302  302  302  other
    GET  in   in   404  404  404  404  404  404  404  302  submitted
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   405  405  405  405  405  405  405  405  own other submitted joint
    POST in   in   405  405  405  405  405  405  405  405  part sibling missing
plan-history
plan-history-csv
    GET  in   in   404  200  200  200  200  404  404  200  own joint part sibling
    GET  in   in   404  404  404  404  404  200  200  200  other
    GET  in   in   404  404  404  404  404  404  404  200  submitted
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   405  405  405  405  405  405  405  405  own other submitted joint
    POST in   in   405  405  405  405  405  405  405  405  part sibling missing
change-set
    GET  in   in   404  200  200  200  200  404  404  200  own board
    GET  in   in   404  404  404  404  404  200  200  200  other board-elsewhere
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  400  400  404  404  400  own board
    POST in   in   404  404  404  404  404  400  400  400  other board-elsewhere
    POST in   in   404  404  404  404  404  404  404  404  missing
board-metric-chart
    GET  in   200  200  200  200  200  200  200  200  200  own other
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other missing
plan-picture
plan-requirements
plan-spend-actuals
plan-schemes
plan-benefit-profiles
plan-milestones
plan-delivery-links
plan-scheme-metrics
plan-scheme-conditions
plan-metric-values
plan-populations
plan-metric-options
plan-context-figures
plan-conditions
plan-answers
plan-own-headings
plan-risks
plan-risk-shares
plan-sign-offs
plan-provider-commentaries
plan-bodies
plan-maturity-assessments
plan-related-documents
plan-printed-figures
    GET  in   404  404  200  200  200  200  404  404  200  own
    GET  in   404  404  404  404  404  404  200  200  200  other
    POST in   405  405  405  405  405  405  405  405  405  own other
board-metric
board-metric-csv
section-75-report
section-75-report-pdf
board-metric-values
board-populations
board-context-figures
board-agreements
board-agreement-notes
board-bodies
board-programmes
board-printed-figures
    GET  in   200  200  200  200  200  200  200  200  200  own other
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other missing
board-figures
board-picture
    GET  in   404  404  200  200  200  200  404  404  200  own
    GET  in   404  404  404  404  404  404  200  200  200  other
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other missing
scheme
    GET  in   404  404  200  200  200  200  404  404  200  own joint part sibling
    GET  in   404  404  404  404  404  404  200  200  200  other
    GET  in   200  200  200  200  200  200  200  200  200  submitted
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other submitted joint
    POST in   405  405  405  405  405  405  405  405  405  part sibling missing
agreement
agreement-picture
agreement-figures
    GET  in   404  404  200  200  200  200  404  404  200  own
    GET  in   404  404  404  404  404  404  200  200  200  other
    GET  in   200  200  200  200  200  200  200  200  200  board board-elsewhere
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other board
    POST in   405  405  405  405  405  405  405  405  405  board-elsewhere missing
agreement-vary
agreement-extend
agreement-end
agreement-supersede
agreement-event-withdraw
    GET  in   in   404  403  403  200  200  404  404  200  own
    GET  in   in   404  404  404  404  404  200  200  200  other
    GET  in   in   403  403  403  200  200  403  403  200  board
    GET  in   in   403  403  403  403  403  200  200  200  board-elsewhere
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  400  400  404  404  400  own
    POST in   in   404  404  404  404  404  400  400  400  other
    POST in   in   403  403  403  400  400  403  403  400  board
    POST in   in   403  403  403  403  403  400  400  400  board-elsewhere
    POST in   in   404  404  404  404  404  404  404  404  missing
board-agreements-calendar
    GET  401  200  200  200  200  200  200  200  200  200  own other
    GET  401  404  404  404  404  404  404  404  404  404  missing
    POST 401  401  405  405  405  405  405  405  405  405  own other missing
programme
    GET  in   200  200  200  200  200  200  200  200  200  board board-elsewhere
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  board board-elsewhere missing
health-live
health-ready
password_reset_done
password_reset_complete
    GET  200  200  200  200  200  200  200  200  200  200  -
    POST 405  405  405  405  405  405  405  405  405  405  -
plan-submit
    GET  in   in   404  403  403  403  200  404  404  200  own joint part
    GET  in   in   404  404  404  404  404  403  200  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  403  403  403  403  404  404  200  sibling
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  403  302  404  404  302  own joint part
    POST in   in   404  404  404  404  404  403  302  302  other
    POST in   in   403  403  403  403  403  403  403  400  submitted
    POST in   in   404  403  403  403  403  404  404  302  sibling
    POST in   in   404  404  404  404  404  404  404  404  missing
plan-approve
    GET  in   in   404  403  403  403  403  404  404  200  own joint part sibling
    GET  in   in   404  404  404  404  404  403  403  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  403  403  404  404  400  own joint part sibling
    POST in   in   404  404  404  404  404  403  403  400  other
    POST in   in   403  403  403  403  403  403  403  302  submitted
    POST in   in   404  404  404  404  404  404  404  404  missing
plan-refresh
    GET  in   in   404  403  403  200  200  404  404  200  own joint part
    GET  in   in   404  404  404  404  404  200  200  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  403  403  403  403  404  404  200  sibling
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  400  400  404  404  400  own joint part
    POST in   in   404  404  404  404  404  400  400  400  other
    POST in   in   403  403  403  403  403  403  403  400  submitted
    POST in   in   404  403  403  403  403  404  404  400  sibling
    POST in   in   404  404  404  404  404  404  404  404  missing
plan-reopen
    GET  in   in   404  403  403  403  200  404  404  200  own joint part
    GET  in   in   404  404  404  404  404  403  200  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  403  403  403  403  404  404  200  sibling
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  403  400  404  404  400  own joint part
    POST in   in   404  404  404  404  404  403  400  400  other
    POST in   in   403  403  403  403  403  403  403  302  submitted
    POST in   in   404  403  403  403  403  404  404  400  sibling
    POST in   in   404  404  404  404  404  404  404  404  missing
board-members
    GET  in   in   403  403  403  403  200  403  403  200  own
    GET  in   in   403  403  403  403  403  403  200  200  other
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   403  403  403  403  302  403  403  302  own
    POST in   in   403  403  403  403  403  403  302  302  other
    POST in   in   404  404  404  404  404  404  404  404  missing
member-remove
    GET  in   in   403  403  403  403  200  403  403  200  own
    GET  in   in   403  403  403  403  403  403  200  200  other
    GET  in   in   403  403  403  403  404  403  403  404  missing
    POST in   in   403  403  403  403  302  403  403  302  own
    POST in   in   403  403  403  403  403  403  302  302  other
    POST in   in   403  403  403  403  404  403  403  404  missing
login
    GET  200  200  302  302  302  302  302  302  302  302  -
    POST 200  200  302  302  302  302  302  302  302  302  -
logout
    GET  in   in   405  405  405  405  405  405  405  405  -
    POST in   in   302  302  302  302  302  302  302  302  -
password_change
    GET  in   in   200  200  200  200  200  200  200  200  -
    POST in   in   200  200  200  200  200  200  200  200  -
password_change_done
    GET  in   in   200  200  200  200  200  200  200  200  -
    POST in   in   405  405  405  405  405  405  405  405  -
password_reset
password_reset_confirm
    GET  200  200  200  200  200  200  200  200  200  200  -
    POST 200  200  200  200  200  200  200  200  200  200  -
admin:index
admin:password_change
admin:plans_plan_changelist
admin:plans_contribution_changelist
admin:plans_contribution_add
admin:plans_requirement_changelist
admin:plans_requirement_add
admin:schemes_scheme_changelist
admin:schemes_scheme_add
admin:schemes_spendline_changelist
admin:schemes_spendline_add
admin:plans_planevent_changelist
admin:governance_agreementevent_changelist
admin:plans_changeset_changelist
admin:plans_answer_changelist
admin:plans_ownheading_changelist
admin:plans_relateddocument_changelist
admin:schemes_spendactual_changelist
admin:schemes_schememetric_changelist
admin:schemes_schemecondition_changelist
admin:schemes_deliverylink_changelist
admin:schemes_benefit_changelist
admin:schemes_benefitprofile_changelist
admin:schemes_milestone_changelist
admin:metrics_metricoption_changelist
admin:governance_conditionresponse_changelist
admin:governance_maturityassessment_changelist
admin:governance_signoff_changelist
admin:governance_providercommentary_changelist
admin:metrics_metricvalue_changelist
admin:metrics_population_changelist
admin:metrics_contextfigure_changelist
admin:governance_body_changelist
admin:governance_printedfigure_changelist
admin:governance_risk_changelist
admin:governance_riskshare_changelist
admin:governance_riskshareterm_changelist
admin:governance_agreement_changelist
admin:governance_agreementactual_changelist
admin:governance_agreementnote_changelist
admin:governance_agreementprovider_changelist
admin:governance_agreementvalue_changelist
admin:governance_agreementvariation_changelist
admin:governance_reportpassage_changelist
admin:governance_programme_changelist
admin:governance_programmebudgetline_changelist
admin:governance_programmemark_changelist
admin:governance_programmemilestone_changelist
admin:governance_programmenetwork_changelist
admin:governance_programmeworkstream_changelist
admin:plans_answer_add
admin:plans_ownheading_add
admin:plans_relateddocument_add
admin:schemes_spendactual_add
admin:schemes_schememetric_add
admin:schemes_schemecondition_add
admin:schemes_deliverylink_add
admin:schemes_benefit_add
admin:schemes_benefitprofile_add
admin:schemes_milestone_add
admin:metrics_metricoption_add
admin:governance_conditionresponse_add
admin:governance_maturityassessment_add
admin:governance_signoff_add
admin:governance_providercommentary_add
admin:metrics_metricvalue_add
admin:metrics_population_add
admin:metrics_contextfigure_add
admin:governance_body_add
admin:governance_printedfigure_add
admin:governance_risk_add
admin:governance_riskshare_add
admin:governance_riskshareterm_add
admin:governance_agreement_add
admin:governance_agreementactual_add
admin:governance_agreementnote_add
admin:governance_agreementprovider_add
admin:governance_agreementvalue_add
admin:governance_agreementvariation_add
admin:governance_reportpassage_add
admin:governance_programme_add
admin:governance_programmebudgetline_add
admin:governance_programmemark_add
admin:governance_programmemilestone_add
admin:governance_programmenetwork_add
admin:governance_programmeworkstream_add
admin:metrics_metric_changelist
admin:plans_populationshare_changelist
admin:plans_board_changelist
admin:plans_organisation_changelist
admin:plans_cycle_changelist
    GET  in   in   door door door 200  200  200  200  200  -
    POST in   in   door door door 200  200  200  200  200  -
admin:login
    GET  in   in   403  403  403  302  302  302  302  302  -
    POST in   in   403  403  403  302  302  302  302  302  -
admin:logout
    GET  in   in   302  302  302  405  405  405  405  405  -
    POST in   in   302  302  302  302  302  302  302  302  -
admin:password_change_done
admin:autocomplete
admin:jsi18n
    GET  in   in   door door door 200  200  200  200  200  -
    POST in   in   door door door 405  405  405  405  405  -
admin:auth_user_password_change
admin:accounts_user_change
admin:plans_organisation_delete
admin:plans_membership_change
    GET  in   in   door door door 403  403  403  403  200  there
    GET  in   in   door door door 403  403  403  403  404  missing
    POST in   in   door door door 403  403  403  403  200  there
    POST in   in   door door door 403  403  403  403  404  missing
admin:accounts_user_changelist
admin:accounts_user_add
admin:plans_plan_add
admin:metrics_metric_add
admin:plans_populationshare_add
admin:plans_board_add
admin:plans_organisation_add
admin:plans_membership_changelist
admin:plans_membership_add
    GET  in   in   door door door 403  403  403  403  200  -
    POST in   in   door door door 403  403  403  403  200  -
admin:accounts_savedfilter_changelist
    GET  in   in   door door door 200  200  200  200  200  -
    POST in   in   door door door 200  200  200  200  200  -
admin:accounts_savedfilter_add
    GET  in   in   door door door 302  302  302  302  302  -
    POST in   in   door door door 200  200  200  200  200  -
admin:accounts_savedfilter_change
admin:accounts_savedfilter_history
    GET  in   in   door door door 200  404  404  404  404  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  404  404  404  404  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:accounts_savedfilter_delete
    GET  in   in   door door door 200  404  404  404  404  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 302  404  404  404  404  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:accounts_user_history
admin:plans_membership_history
    GET  in   in   door door door 404  404  404  404  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 404  404  404  404  200  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:accounts_user_delete
admin:metrics_metric_delete
admin:plans_populationshare_delete
admin:plans_board_delete
admin:plans_membership_delete
    GET  in   in   door door door 403  403  403  403  200  there
    GET  in   in   door door door 403  403  403  403  404  missing
    POST in   in   door door door 403  403  403  403  302  there
    POST in   in   door door door 403  403  403  403  404  missing
/admin/accounts/savedfilter/<path:object_id>/
/admin/accounts/user/<path:object_id>/
/admin/metrics/metric/<path:object_id>/
/admin/plans/populationshare/<path:object_id>/
/admin/plans/board/<path:object_id>/
/admin/plans/organisation/<path:object_id>/
/admin/plans/cycle/<path:object_id>/
/admin/plans/membership/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  there missing
    POST in   in   door door door 302  302  302  302  302  there missing
admin:plans_plan_history
admin:plans_contribution_history
admin:plans_requirement_history
admin:schemes_scheme_history
admin:schemes_spendline_history
    GET  in   in   door door door 200  200  404  404  200  own joint part sibling
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 404  404  404  404  200  submitted
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  200  404  404  200  own joint part sibling
    POST in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 404  404  404  404  200  submitted
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_plan_restore
admin:plans_contribution_restore
admin:plans_requirement_restore
admin:schemes_scheme_restore
admin:schemes_spendline_restore
    GET  in   in   door door door 200  200  404  404  200  own joint part
    GET  in   in   door door door 403  403  404  404  200  sibling
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 404  404  404  404  200  submitted
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 400  400  404  404  400  own joint part
    POST in   in   door door door 403  403  404  404  400  sibling
    POST in   in   door door door 404  404  400  400  400  other
    POST in   in   door door door 404  404  404  404  403  submitted
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_plan_delete
    GET  in   in   door door door 403  403  403  403  200  own other joint part sibling
    GET  in   in   door door door 403  403  403  403  403  submitted
    GET  in   in   door door door 403  403  403  403  404  missing
    POST in   in   door door door 403  403  403  403  302  part sibling
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  403  403  200  own other joint
    POST in   in   door door door 403  403  403  403  404  missing
admin:plans_plan_change
admin:plans_contribution_change
admin:plans_requirement_change
admin:schemes_scheme_change
admin:schemes_spendline_change
    GET  in   in   door door door 200  200  404  404  200  own joint part sibling
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 200  200  200  200  200  submitted
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  200  404  404  200  own joint part
    POST in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  404  404  200  sibling
    POST in   in   door door door 404  404  404  404  404  missing
/admin/plans/plan/<path:object_id>/
/admin/plans/contribution/<path:object_id>/
/admin/plans/requirement/<path:object_id>/
/admin/schemes/scheme/<path:object_id>/
/admin/schemes/spendline/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  own other submitted joint
    GET  in   in   door door door 302  302  302  302  302  part sibling missing
    POST in   in   door door door 302  302  302  302  302  own other submitted joint
    POST in   in   door door door 302  302  302  302  302  part sibling missing
admin:plans_contribution_grid
admin:schemes_spendline_grid
    GET  in   in   door door door 200  200  404  404  200  own joint part sibling
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 200  200  200  200  200  submitted
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 302  302  404  404  302  own joint part
    POST in   in   door door door 404  404  302  302  302  other
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  404  404  302  sibling
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_requirement_grid
admin:schemes_scheme_grid
admin:schemes_spendactual_grid
admin:schemes_benefit_grid
admin:schemes_benefitprofile_grid
admin:schemes_milestone_grid
admin:metrics_metricvalue_grid
admin:governance_risk_grid
    GET  in   in   door door door 200  200  404  404  200  own
    GET  in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 302  302  404  404  302  own
    POST in   in   door door door 404  404  302  302  302  other
admin:plans_contribution_delete
admin:plans_requirement_delete
admin:schemes_scheme_delete
admin:schemes_spendline_delete
    GET  in   in   door door door 200  200  404  404  200  own joint part
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 403  403  403  403  403  submitted
    GET  in   in   door door door 403  403  404  404  200  sibling
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 302  302  404  404  302  own joint part
    POST in   in   door door door 404  404  302  302  302  other
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  404  404  302  sibling
    POST in   in   door door door 404  404  404  404  404  missing
admin:metrics_metric_history
admin:plans_populationshare_history
admin:plans_board_history
admin:plans_organisation_history
admin:plans_cycle_history
    GET  in   in   door door door 200  200  200  200  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  200  200  200  200  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:metrics_metric_change
admin:plans_populationshare_change
admin:plans_board_change
admin:plans_organisation_change
    GET  in   in   door door door 200  200  200  200  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 403  403  403  403  200  there
    POST in   in   door door door 403  403  403  403  404  missing
admin:plans_cycle_add
    GET  in   in   door door door 403  403  403  403  403  -
    POST in   in   door door door 403  403  403  403  403  -
admin:plans_cycle_delete
    GET  in   in   door door door 403  403  403  403  403  there missing
    POST in   in   door door door 403  403  403  403  403  there missing
admin:plans_cycle_change
    GET  in   in   door door door 200  200  200  200  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 403  403  403  403  403  there missing
admin:plans_answer_history
admin:plans_ownheading_history
admin:plans_relateddocument_history
admin:schemes_spendactual_history
admin:schemes_schememetric_history
admin:schemes_schemecondition_history
admin:schemes_deliverylink_history
admin:schemes_benefit_history
admin:schemes_benefitprofile_history
admin:schemes_milestone_history
admin:metrics_metricoption_history
admin:governance_conditionresponse_history
admin:governance_maturityassessment_history
admin:governance_signoff_history
admin:governance_providercommentary_history
admin:metrics_metricvalue_history
admin:metrics_population_history
admin:metrics_contextfigure_history
admin:governance_body_history
admin:governance_printedfigure_history
admin:governance_risk_history
admin:governance_riskshare_history
admin:governance_riskshareterm_history
admin:governance_agreement_history
admin:governance_agreementactual_history
admin:governance_agreementnote_history
admin:governance_agreementprovider_history
admin:governance_agreementvalue_history
admin:governance_agreementvariation_history
admin:plans_answer_change
admin:plans_ownheading_change
admin:plans_relateddocument_change
admin:schemes_spendactual_change
admin:schemes_schememetric_change
admin:schemes_schemecondition_change
admin:schemes_deliverylink_change
admin:schemes_benefit_change
admin:schemes_benefitprofile_change
admin:schemes_milestone_change
admin:metrics_metricoption_change
admin:governance_conditionresponse_change
admin:governance_maturityassessment_change
admin:governance_signoff_change
admin:governance_providercommentary_change
admin:metrics_metricvalue_change
admin:metrics_population_change
admin:metrics_contextfigure_change
admin:governance_body_change
admin:governance_printedfigure_change
admin:governance_risk_change
admin:governance_riskshare_change
admin:governance_riskshareterm_change
admin:governance_agreement_change
admin:governance_agreementactual_change
admin:governance_agreementnote_change
admin:governance_agreementprovider_change
admin:governance_agreementvalue_change
admin:governance_agreementvariation_change
    GET  in   in   door door door 200  200  404  404  200  own
    GET  in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 200  200  404  404  200  own
    POST in   in   door door door 404  404  200  200  200  other
admin:plans_answer_delete
admin:plans_ownheading_delete
admin:plans_relateddocument_delete
admin:schemes_spendactual_delete
admin:schemes_schememetric_delete
admin:schemes_schemecondition_delete
admin:schemes_deliverylink_delete
admin:schemes_benefit_delete
admin:schemes_benefitprofile_delete
admin:schemes_milestone_delete
admin:metrics_metricoption_delete
admin:governance_conditionresponse_delete
admin:governance_maturityassessment_delete
admin:governance_signoff_delete
admin:governance_providercommentary_delete
admin:metrics_metricvalue_delete
admin:metrics_population_delete
admin:metrics_contextfigure_delete
admin:governance_body_delete
admin:governance_printedfigure_delete
admin:governance_risk_delete
admin:governance_riskshare_delete
admin:governance_riskshareterm_delete
admin:governance_agreementactual_delete
admin:governance_agreementnote_delete
admin:governance_agreementprovider_delete
admin:governance_agreementvalue_delete
admin:governance_agreementvariation_delete
    GET  in   in   door door door 200  200  404  404  200  own
    GET  in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 302  302  404  404  302  own
    POST in   in   door door door 404  404  302  302  302  other
admin:governance_agreement_delete
    GET  in   in   door door door 200  200  404  404  200  own
    GET  in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 200  200  404  404  200  own
    POST in   in   door door door 404  404  200  200  200  other
/admin/plans/answer/<path:object_id>/
/admin/plans/ownheading/<path:object_id>/
/admin/plans/relateddocument/<path:object_id>/
/admin/schemes/spendactual/<path:object_id>/
/admin/schemes/schememetric/<path:object_id>/
/admin/schemes/schemecondition/<path:object_id>/
/admin/schemes/deliverylink/<path:object_id>/
/admin/schemes/benefit/<path:object_id>/
/admin/schemes/benefitprofile/<path:object_id>/
/admin/schemes/milestone/<path:object_id>/
/admin/metrics/metricoption/<path:object_id>/
/admin/governance/conditionresponse/<path:object_id>/
/admin/governance/maturityassessment/<path:object_id>/
/admin/governance/signoff/<path:object_id>/
/admin/governance/providercommentary/<path:object_id>/
/admin/metrics/metricvalue/<path:object_id>/
/admin/metrics/population/<path:object_id>/
/admin/metrics/contextfigure/<path:object_id>/
/admin/governance/body/<path:object_id>/
/admin/governance/printedfigure/<path:object_id>/
/admin/governance/risk/<path:object_id>/
/admin/governance/riskshare/<path:object_id>/
/admin/governance/riskshareterm/<path:object_id>/
/admin/governance/agreement/<path:object_id>/
/admin/governance/agreementactual/<path:object_id>/
/admin/governance/agreementnote/<path:object_id>/
/admin/governance/agreementprovider/<path:object_id>/
/admin/governance/agreementvalue/<path:object_id>/
/admin/governance/agreementvariation/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  own other
    POST in   in   door door door 302  302  302  302  302  own other
admin:metrics_metricvalue_history
admin:metrics_population_history
admin:metrics_contextfigure_history
admin:governance_body_history
admin:governance_printedfigure_history
admin:governance_risk_history
admin:governance_riskshare_history
admin:governance_riskshareterm_history
admin:governance_agreement_history
admin:governance_agreementactual_history
admin:governance_agreementnote_history
admin:governance_agreementprovider_history
admin:governance_agreementvalue_history
admin:governance_agreementvariation_history
admin:governance_reportpassage_history
admin:governance_programme_history
admin:governance_programmebudgetline_history
admin:governance_programmemark_history
admin:governance_programmemilestone_history
admin:governance_programmenetwork_history
admin:governance_programmeworkstream_history
    GET  in   in   door door door 200  200  200  200  200  board board-elsewhere
    POST in   in   door door door 200  200  200  200  200  board board-elsewhere
admin:metrics_metricvalue_change
admin:metrics_population_change
admin:metrics_contextfigure_change
admin:governance_body_change
admin:governance_printedfigure_change
admin:governance_risk_change
admin:governance_riskshare_change
admin:governance_riskshareterm_change
admin:governance_agreement_change
admin:governance_agreementactual_change
admin:governance_agreementnote_change
admin:governance_agreementprovider_change
admin:governance_agreementvalue_change
admin:governance_agreementvariation_change
admin:governance_reportpassage_change
admin:governance_programme_change
admin:governance_programmebudgetline_change
admin:governance_programmemark_change
admin:governance_programmemilestone_change
admin:governance_programmenetwork_change
admin:governance_programmeworkstream_change
    GET  in   in   door door door 200  200  200  200  200  board board-elsewhere
    POST in   in   door door door 200  200  403  403  200  board
    POST in   in   door door door 403  403  200  200  200  board-elsewhere
admin:metrics_metricvalue_delete
admin:metrics_population_delete
admin:metrics_contextfigure_delete
admin:governance_body_delete
admin:governance_printedfigure_delete
admin:governance_risk_delete
admin:governance_riskshare_delete
admin:governance_riskshareterm_delete
admin:governance_agreementactual_delete
admin:governance_agreementnote_delete
admin:governance_agreementprovider_delete
admin:governance_agreementvalue_delete
admin:governance_agreementvariation_delete
admin:governance_reportpassage_delete
admin:governance_programme_delete
admin:governance_programmebudgetline_delete
admin:governance_programmemark_delete
admin:governance_programmemilestone_delete
admin:governance_programmenetwork_delete
admin:governance_programmeworkstream_delete
    GET  in   in   door door door 200  200  403  403  200  board
    GET  in   in   door door door 403  403  200  200  200  board-elsewhere
    POST in   in   door door door 302  302  403  403  302  board
    POST in   in   door door door 403  403  302  302  302  board-elsewhere
admin:governance_agreement_delete
    GET  in   in   door door door 200  200  403  403  200  board
    GET  in   in   door door door 403  403  200  200  200  board-elsewhere
    POST in   in   door door door 200  200  403  403  200  board
    POST in   in   door door door 403  403  200  200  200  board-elsewhere
/admin/metrics/metricvalue/<path:object_id>/
/admin/metrics/population/<path:object_id>/
/admin/metrics/contextfigure/<path:object_id>/
/admin/governance/body/<path:object_id>/
/admin/governance/printedfigure/<path:object_id>/
/admin/governance/risk/<path:object_id>/
/admin/governance/riskshare/<path:object_id>/
/admin/governance/riskshareterm/<path:object_id>/
/admin/governance/agreement/<path:object_id>/
/admin/governance/agreementactual/<path:object_id>/
/admin/governance/agreementnote/<path:object_id>/
/admin/governance/agreementprovider/<path:object_id>/
/admin/governance/agreementvalue/<path:object_id>/
/admin/governance/agreementvariation/<path:object_id>/
/admin/governance/reportpassage/<path:object_id>/
/admin/governance/programme/<path:object_id>/
/admin/governance/programmebudgetline/<path:object_id>/
/admin/governance/programmemark/<path:object_id>/
/admin/governance/programmemilestone/<path:object_id>/
/admin/governance/programmenetwork/<path:object_id>/
/admin/governance/programmeworkstream/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  board board-elsewhere
    POST in   in   door door door 302  302  302  302  302  board board-elsewhere
admin:plans_answer_restore
admin:plans_ownheading_restore
admin:plans_relateddocument_restore
admin:schemes_spendactual_restore
admin:schemes_schememetric_restore
admin:schemes_schemecondition_restore
admin:schemes_deliverylink_restore
admin:schemes_benefit_restore
admin:schemes_benefitprofile_restore
admin:schemes_milestone_restore
admin:metrics_metricoption_restore
admin:governance_conditionresponse_restore
admin:governance_maturityassessment_restore
admin:governance_signoff_restore
admin:governance_providercommentary_restore
admin:metrics_metricvalue_restore
admin:metrics_population_restore
admin:metrics_contextfigure_restore
admin:governance_body_restore
admin:governance_printedfigure_restore
admin:governance_risk_restore
admin:governance_riskshare_restore
admin:governance_riskshareterm_restore
admin:governance_agreement_restore
admin:governance_agreementactual_restore
admin:governance_agreementnote_restore
admin:governance_agreementprovider_restore
admin:governance_agreementvalue_restore
admin:governance_agreementvariation_restore
    GET  in   in   door door door 200  200  404  404  200  own
    GET  in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 400  400  404  404  400  own
    POST in   in   door door door 404  404  400  400  400  other
admin:metrics_metricvalue_restore
admin:metrics_population_restore
admin:metrics_contextfigure_restore
admin:governance_body_restore
admin:governance_printedfigure_restore
admin:governance_risk_restore
admin:governance_riskshare_restore
admin:governance_riskshareterm_restore
admin:governance_agreement_restore
admin:governance_agreementactual_restore
admin:governance_agreementnote_restore
admin:governance_agreementprovider_restore
admin:governance_agreementvalue_restore
admin:governance_agreementvariation_restore
admin:governance_reportpassage_restore
admin:governance_programme_restore
admin:governance_programmebudgetline_restore
admin:governance_programmemark_restore
admin:governance_programmemilestone_restore
admin:governance_programmenetwork_restore
admin:governance_programmeworkstream_restore
    GET  in   in   door door door 200  200  403  403  200  board
    GET  in   in   door door door 403  403  200  200  200  board-elsewhere
    POST in   in   door door door 400  400  403  403  400  board
    POST in   in   door door door 403  403  400  400  400  board-elsewhere
admin:metrics_metric_restore
admin:plans_populationshare_restore
admin:plans_board_restore
admin:plans_organisation_restore
    GET  in   in   door door door 403  403  403  403  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 403  403  403  403  400  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_planevent_add
admin:governance_agreementevent_add
admin:plans_changeset_add
    GET  in   in   door door door 403  403  403  403  403  -
    POST in   in   door door door 403  403  403  403  403  -
admin:plans_planevent_change
admin:governance_agreementevent_change
admin:plans_changeset_change
    GET  in   in   door door door 200  200  404  404  200  own
    GET  in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 403  403  403  403  403  own other
admin:plans_planevent_delete
admin:governance_agreementevent_delete
admin:plans_changeset_delete
    GET  in   in   door door door 403  403  403  403  403  own other
    POST in   in   door door door 403  403  403  403  403  own other
admin:plans_planevent_history
admin:governance_agreementevent_history
admin:plans_changeset_history
    GET  in   in   door door door 302  302  404  404  302  own
    GET  in   in   door door door 404  404  302  302  302  other
    POST in   in   door door door 302  302  404  404  302  own
    POST in   in   door door door 404  404  302  302  302  other
/admin/plans/planevent/<path:object_id>/
/admin/governance/agreementevent/<path:object_id>/
/admin/plans/changeset/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  own other
    POST in   in   door door door 302  302  302  302  302  own other
admin:governance_agreementevent_change
    GET  in   in   door door door 200  200  200  200  200  board board-elsewhere
    POST in   in   door door door 403  403  403  403  403  board board-elsewhere
admin:governance_agreementevent_delete
    GET  in   in   door door door 403  403  403  403  403  board board-elsewhere
    POST in   in   door door door 403  403  403  403  403  board board-elsewhere
admin:governance_agreementevent_history
/admin/governance/agreementevent/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  board board-elsewhere
    POST in   in   door door door 302  302  302  302  302  board board-elsewhere
admin:app_list
    GET  in   in   door door door 200  200  200  200  200  accounts plans schemes metrics
    GET  in   in   door door door 200  200  200  200  200  governance
    POST in   in   door door door 200  200  200  200  200  accounts plans schemes metrics
    POST in   in   door door door 200  200  200  200  200  governance
admin:rows_export_csv
admin:rows_export_xlsx
    GET  in   in   door door door 200  200  200  200  200  lines reference
    GET  in   in   door door door 404  404  404  404  404  people
    POST in   in   door door door 405  405  405  405  405  lines reference people
admin:rows_import
    GET  in   in   door door door 200  200  200  200  200  lines
    GET  in   in   door door door 403  403  403  403  200  reference
    GET  in   in   door door door 404  404  404  404  404  people
    POST in   in   door door door 400  400  400  400  400  lines
    POST in   in   door door door 403  403  403  403  400  reference
    POST in   in   door door door 404  404  404  404  404  people
admin:rows_import_template
    GET  in   in   door door door 200  200  200  200  200  lines
    GET  in   in   door door door 403  403  403  403  200  reference
    GET  in   in   door door door 404  404  404  404  404  people
    POST in   in   door door door 405  405  405  405  405  lines reference people
admin:rows_import_preview
    GET  in   in   door door door 200  404  404  404  404  lines
    GET  in   in   door door door 403  403  403  403  404  reference
    GET  in   in   door door door 404  404  404  404  404  people
    POST in   in   door door door 302  404  404  404  404  lines
    POST in   in   door door door 403  403  403  403  404  reference
    POST in   in   door door door 404  404  404  404  404  people
tokens
    GET  in   in   200  200  200  200  200  200  200  200  -
    POST in   in   400  400  400  400  400  400  400  400  -
token-revoke
    GET  in   in   405  405  405  405  405  405  405  405  -
    POST in   in   404  404  404  404  404  404  404  404  -
api:index
api:schema
api:data-package
api:boards
api:organisations
api:cycles
api:vocabulary
api:plans
api:metrics
    GET  401  200  200  200  200  200  200  200  200  200  -
    POST 401  401  405  405  405  405  405  405  405  405  -
api:contributions
api:requirements
api:answers
api:schemes
api:spend-lines
api:benefits
api:milestones
api:metric-values
api:populations
api:context-figures
api:agreements
api:agreement-values
api:agreement-actuals
api:printed-figures
api:condition-responses
api:risks
api:sign-offs
api:bodies
    GET  401  200  200  200  200  200  200  200  200  200  -
    POST 401  401  415  415  415  415  415  415  415  415  -
api:docs
    GET  in   200  200  200  200  200  200  200  200  200  -
    POST in   405  405  405  405  405  405  405  405  405  -
api:nothing
    GET  401  404  404  404  404  404  404  404  404  404  -
    POST 401  401  405  405  405  405  405  405  405  405  -
api:plan-summary
api:plan-checks
api:plans-row
api:contributions-row
api:requirements-row
api:schemes-row
api:spend-lines-row
    GET  401  404  404  200  200  200  200  404  404  200  own joint part sibling
    GET  401  404  404  404  404  404  404  200  200  200  other
    GET  401  200  200  200  200  200  200  200  200  200  submitted
    GET  401  404  404  404  404  404  404  404  404  404  missing
    POST 401  401  405  405  405  405  405  405  405  405  own other submitted joint
    POST 401  401  405  405  405  405  405  405  405  405  part sibling missing
api:plan-history
    GET  401  401  404  200  200  200  200  404  404  200  own joint part sibling
    GET  401  401  404  404  404  404  404  200  200  200  other
    GET  401  401  404  404  404  404  404  404  404  200  submitted
    GET  401  401  404  404  404  404  404  404  404  404  missing
    POST 401  401  405  405  405  405  405  405  405  405  own other submitted joint
    POST 401  401  405  405  405  405  405  405  405  405  part sibling missing
api:answers-row
api:benefits-row
api:milestones-row
api:condition-responses-row
api:sign-offs-row
api:metric-values-row
api:populations-row
api:context-figures-row
api:agreements-row
api:agreement-values-row
api:agreement-actuals-row
api:printed-figures-row
api:risks-row
api:bodies-row
    GET  401  404  404  200  200  200  200  404  404  200  own
    GET  401  404  404  404  404  404  404  200  200  200  other
    GET  401  404  404  404  404  404  404  404  404  404  missing
    POST 401  401  405  405  405  405  405  405  405  405  own other missing
api:metric-values-row
api:populations-row
api:context-figures-row
api:agreements-row
api:agreement-values-row
api:agreement-actuals-row
api:printed-figures-row
api:risks-row
api:bodies-row
    GET  401  200  200  200  200  200  200  200  200  200  board board-elsewhere
    POST 401  401  405  405  405  405  405  405  405  405  board board-elsewhere
api:boards-row
api:organisations-row
api:cycles-row
api:metrics-row
    GET  401  200  200  200  200  200  200  200  200  200  there
    GET  401  404  404  404  404  404  404  404  404  404  missing
    POST 401  401  405  405  405  405  405  405  405  405  there missing
/admin/(?P<url>.*)$
    GET  in   in   door door door 404  404  404  404  404  -
    POST in   in   door door door 404  404  404  404  404  -
"""


def read_table(text: str) -> dict[Asked, tuple[str, ...]]:
    """What everybody is answered; an address or an object listed twice is an error."""
    expected: dict[Asked, tuple[str, ...]] = {}
    names: list[str] = []
    answered = False
    for line in filter(None, text.splitlines()):
        if not line.startswith(" "):
            names = [line] if answered else [*names, line]
            answered = False
            continue
        answered = True
        method, *words = line.split()
        answers, objects = tuple(words[: len(PEOPLE)]), words[len(PEOPLE) :]
        for name in names:
            for thing in objects:
                assert (name, thing, method) not in expected, f"listed twice: {name} {thing}"
                expected[name, thing, method] = answers
    return expected
