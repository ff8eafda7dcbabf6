"""The service plan: who gets what how often, and on which day it starts."""
