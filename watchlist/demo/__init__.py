"""The whole job on bundled input: a real database, a real HTTP server, a real SMTP server, all on this machine."""
