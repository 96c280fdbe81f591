"""A sign-up sheet on its way into a program: what its columns mean here, and what taking it in would change."""
