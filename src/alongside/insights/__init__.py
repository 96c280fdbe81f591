"""What can be seen of the whole: gentle states, the path, figures with a definition. Read by nobody below."""
