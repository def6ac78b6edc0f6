"""The running program: command line, settings, composition root, clock, delivery worker, channels."""
