"""What is known of Prefect's servers without importing Prefect: settings, which one is there, how ours is started."""
