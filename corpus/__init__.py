"""What researchers bring, as typed records. No language models here, no Prefect."""
