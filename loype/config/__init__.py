"""Settings, addresses and the doors for web servers."""
