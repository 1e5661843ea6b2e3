"""Budget, projects and payments: what was granted and paid, the sheet of 国库支付, finding a project for a viewer."""
