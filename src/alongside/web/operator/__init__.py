"""The installation: settings, health, people with roles."""
