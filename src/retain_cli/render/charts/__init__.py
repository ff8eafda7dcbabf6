"""Charts as shapes: where each bar, cell and line goes, for the page; and in characters, for the terminal.

Across, everything is in percent of the width and down in pixels, so that a chart fits a phone and its words keep
their size. Nothing here knows colours.
"""
