"""How much the properties try, wherever they stand."""

from hypothesis import HealthCheck, settings

# Drawn the same way every time, without a clock: a failure belongs to a change, not to luck or a busy machine.
settings.register_profile(
    "lianban", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lianban")
