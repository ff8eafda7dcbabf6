"""`retain demo`."""


def test_the_demo_leaves_nothing_and_needs_nothing(retain, machine):
    answer = retain("demo")
    assert answer.code == 0
    assert "Monday 23 November 2026" in answer.out
    assert not list(machine.glob("**/*.db"))


def test_a_kept_demo_can_be_played_with(retain, machine):
    assert retain("demo", "--keep", "play.db").code == 0
    assert (machine / "play.db").stat().st_mode & 0o077 == 0
    assert retain("list", "--db", "play.db", "-f", "json").data
    shown = retain("due", "--db", "play.db")
    assert shown.out in retain("demo").out


def test_a_demo_never_replaces_a_file(retain, machine):
    (machine / "mine.db").write_text("mine")
    assert retain("demo", "--keep", "mine.db").code == 73
    assert (machine / "mine.db").read_text() == "mine"
