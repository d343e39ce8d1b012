"""REFI-QDA exchange: a project (.qdpx) and a codebook (.qdc) for other QDA programs. Computes nothing."""

from outputs.refi.qdc import write_qdc
from outputs.refi.qdpx import project_account, write_qdpx

__all__ = ["project_account", "write_qdc", "write_qdpx"]
