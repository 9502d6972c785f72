"""The view in relief: heights fetched, shown, cut along a line."""
