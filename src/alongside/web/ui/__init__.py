"""The kit: components as template tags, their templates, styles and behaviours. It knows no room and no model."""
