"""Settings, addresses and servers of the service."""
