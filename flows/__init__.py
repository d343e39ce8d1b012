"""Prefect flows and the `trama` command: the only room that runs things, reads options and touches Prefect."""
