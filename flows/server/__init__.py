"""Prefect's server as Trama runs it: its home, its database, its process. Knows no study and no service."""
