"""An invented year of the bureau (演示年度), entered through the ordinary actions, the same for the same seed."""
