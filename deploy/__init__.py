"""What an installation on a server is made of: units, proxies, and releases side by side."""
