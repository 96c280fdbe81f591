"""Keys that seal talks, notes and private goals at rest. Knows scopes and owners, not what is sealed."""
