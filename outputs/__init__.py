"""What leaves: tables, report, manifest. Computes no coding and no statistic of its own."""
