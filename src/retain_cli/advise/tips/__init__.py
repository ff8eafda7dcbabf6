"""Tips, what to offer or say: one file each.

A tip's docstring is the sentence people see, `NAME` what it is called, `WEIGHT` how much it counts beside the
others. `for_customer(asked)` gives what to offer one customer, `for_product(asked)` whom to tell about one product.
"""
