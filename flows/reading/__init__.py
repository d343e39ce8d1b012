"""The reading room's server: one study, or those of the service, in a browser on this machine. Computes nothing."""
