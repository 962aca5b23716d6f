"""What commands share: the configuration and store of a call, output as table or JSON, progress, logging.

No command stands here.
"""
