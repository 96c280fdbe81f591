"""The components' declared props, one module per family; `templatetags/ui.py` joins them into one library."""
