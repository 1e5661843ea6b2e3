"""Budget, projects, payments, coverage, pre-assessment."""

from django.urls import path

from zhiheng_web.planning.views import money, money_budget, money_payments, money_steps

urlpatterns = [
    path("projects/", money.projects, name="projects"),
    path("projects/new/", money.new_project, name="new_project"),
    path("projects/<uuid:project>/", money.project, name="project"),
    path("projects/<uuid:project>/edit/", money.edit_project, name="edit_project"),
    path("projects/<uuid:project>/budget/", money_steps.budget_line, name="project_budget"),
    path("projects/<uuid:project>/carry-over/", money_steps.carried, name="carry_over"),
    path("projects/<uuid:project>/links/", money_steps.link, name="link_project"),
    path("projects/<uuid:project>/links/<uuid:link>/remove/", money_steps.unlink, name="unlink_project"),
    path("projects/<uuid:project>/declare/", money_steps.declare, name="declare_project"),
    path("projects/<uuid:project>/pre-assessment/", money_steps.pre_assessment, name="pre_assessment"),
    path("pre-assessments/<uuid:assessment>/confirm/", money_steps.confirm, name="confirm_pre_assessment"),
    path("budget-lines/<uuid:line>/changes/", money_steps.budget_change, name="change_budget"),
    path("budget/", money_budget.budget_now, name="budget_now"),
    path("budget/<int:year>/", money_budget.budget, name="budget"),
    path("budget/<int:year>/basic/", money_budget.basic_line, name="basic_budget"),
    path("coverage/", money_budget.coverage_now, name="coverage_now"),
    path("coverage/<int:year>/", money_budget.coverage, name="coverage"),
    path("payments/", money_payments.payments, name="payments"),
    path("payments/<uuid:source>/", money_payments.payment_sheet, name="payment_sheet"),
]
