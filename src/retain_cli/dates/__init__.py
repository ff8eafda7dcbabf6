"""Calendar rules as functions of days: no clock, no input, no output."""
