"""Ways to cut the base into A, B and C: one file each.

A scheme's docstring is the sentence people see and `NAME` what it is called. `fill(asked)` puts everybody who
bought into the temporary table `net`: their net amount and, unless `SCORE` is the amount, their score. Where
`KEEPS` is true scores are minor units of money, and a grade is kept until the score is the policy's hysteresis
below its border. `borders(asked)` says from which score on somebody is an A and a B, `because(asked, scored)` in
words what a score means, and `explain(asked, customer)` what it comes from, as pairs of a name and a text.
"""
