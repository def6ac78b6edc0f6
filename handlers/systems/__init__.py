"""What a body's own system is told: the form as data, and what happened to its orders (J32, J33)."""
