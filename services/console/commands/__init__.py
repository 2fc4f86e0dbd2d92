"""One file for each command or group of commands: options and help here, the work in services/console and the services.

These files load nothing heavy at the top, so that `copydesk --help` answers at once.
"""
