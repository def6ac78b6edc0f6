"""A simulated year of a county: the real casework, clocks and delivery, people who act, and a recount written apart."""
