"""What happens when a person writes or clicks (design §2)."""
