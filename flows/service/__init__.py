"""The service: Prefect's server with Trama's deployments over a folder of studies. Computes nothing itself."""
