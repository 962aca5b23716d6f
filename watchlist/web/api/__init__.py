"""The API under ``/api/v1``, and what stands at the root for programs: ``/healthz``, ``/readyz``, ``/metrics``.

Every answer is the JSON that the command line prints with ``--json``.
"""
