"""The kit: components as template tags, their templates, styles and behaviours."""
