"""Pages for whoever runs a county: its people, its pushes."""
