"""The relationship of its members, its agreement and its ending."""
