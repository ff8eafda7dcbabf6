"""The subcommands there are, without importing any of them."""

from typing import NamedTuple


class Listed(NamedTuple):
    """A subcommand as the front page lists it; its module is `commands/` and its name."""

    name: str
    panel: str
    sentence: str


# In the order of a salesperson's day; `--help` prints it so.
COMMANDS = (
    Listed("due", "Every day", "Whom to contact today, where, why, and what was said last."),
    Listed("agenda", "Every day", "How much the days ahead hold, as a bar for each."),
    Listed("brief", "Every day", "The page to read before contacting a customer."),
    Listed("next", "Every day", "Go through the list: a brief, what happened, the next one."),
    Listed("log-visit", "Every day", "Note what happened, and see what comes next."),
    Listed("skip", "Every day", "Leave out what is due to a customer this time, and say why."),
    Listed("snooze", "Every day", "Put off what is due to a customer until a day."),
    Listed("pause", "Every day", "Leave a customer alone until a day."),
    Listed("contact", "Every day", "Note that a customer is not to be contacted, or not by one channel."),
    Listed("show", "Every day", "Everything known of one customer."),
    Listed("list", "Every day", "Find customers by grade, area, words or a condition."),
    Listed("advise", "Every day", "What to offer a customer, or whom to tell about a product."),
    Listed("segment", "Every day", "Customers by a condition, under a name to use in lists."),
    Listed("promise", "Our word", "What we said we would do, and whether we did."),
    Listed("need", "Our word", "What customers said they may want, and when."),
    Listed("ticket", "Our word", "Complaints, repairs, maintenance and questions, until they are rated."),
    Listed("preference", "Our word", "How customers like to be reached, what they like and own."),
    Listed("feedback", "Our word", "What customers said we should do better, and what we did."),
    Listed("offer", "Our word", "Who took the services we offered, who declined, and why."),
    Listed("refer", "Our word", "Note who brought a customer."),
    Listed("referrals", "Our word", "Who brought whom, and what came of it."),
    Listed("benefit", "Our word", "Points, coupons and gifts: granted, used, expired."),
    Listed("event", "Our word", "Forums, tastings and parties: who is invited, who came."),
    Listed("campaign", "Our word", "A message to chosen customers: look, send, and see what came of it."),
    Listed("import", "The shop's data", "Take in customers, purchases or visits from CSV, Excel and vCard files."),
    Listed("review", "The shop's data", "Rows that fit several customers: say whom they are about."),
    Listed("batches", "The shop's data", "What was imported, merged and undone."),
    Listed("export", "The shop's data", "Take everything elsewhere, as CSV or JSON lines."),
    Listed("restore", "The shop's data", "Make a database of an export again: every record, as it was."),
    Listed("backup", "The shop's data", "Copy the whole database, and check the copy."),
    Listed("doctor", "The shop's data", "Whether everything is in order, and what to do where it is not."),
    Listed("undo", "The shop's data", "Take an import or a merge back."),
    Listed("dupes", "The shop's data", "Customers who may be one person."),
    Listed("merge", "The shop's data", "Make one customer of two who are the same person."),
    Listed("erase", "The shop's data", "Forget a customer for good."),
    Listed("classify", "The shop's data", "Grade customers A, B, C from what they bought."),
    Listed("pin", "The shop's data", "Give a customer a grade by hand, with a reason."),
    Listed("unpin", "The shop's data", "Take a grade given by hand away."),
    Listed("plan", "The shop's data", "Which grade gets which service how often."),
    Listed("service", "The shop's data", "The catalogue of care: what it usually costs and takes."),
    Listed("day", "The shop's data", "A customer's own days, such as a wedding day."),
    Listed("staff", "The shop's data", "Who serves the customers, their hours, and who stands in for them."),
    Listed("policy", "The shop's data", "The shop's own rules: what weighs how much, how often is too often."),
    Listed("report", "Did it work", "Who was served and who was not, what came back, what it cost."),
    Listed("goal", "Did it work", "What is to be reached by when, and whether it is on track."),
    Listed("backtest", "Did it work", "Which ranking would have found those who bought."),
    Listed("holdout", "Did it work", "Leave some C customers out, to see what the routine does."),
    Listed("notify", "By itself", "How the digests fare: what was sent, what failed, and a test."),
    Listed("cron", "By itself", "Let the digest of the day be sent every morning."),
    Listed("demo", "First steps", "Try everything on a small shop's own exports."),
)

MODULES = {listed.name: "retain_cli.commands." + listed.name.replace("-", "_") for listed in COMMANDS}
MODULES["import"] = "retain_cli.commands.import_files"
MODULES["list"] = "retain_cli.commands.list_customers"
"""Where each is written; the module is imported when the subcommand is asked for."""
