"""The container: a mentoring initiative with its dates, staff, texts and plan."""
