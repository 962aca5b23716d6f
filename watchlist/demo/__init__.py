"""The whole job on bundled input: a real database, a real HTTP server, a real SMTP server, all on this machine.

It runs the same pipeline as ever; nothing here is used outside the demo.
"""
