"""The schema that the migrations make, and the way an older file comes to it."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from retain_cli.model.tables import metadata
from retain_cli.store import database, migrate, schema, store
from retain_cli.store.store import open_store

NEXT = schema.SCHEMA_VERSION + 1
MIGRATIONS = Path(migrate.__file__).parent / "migrations"


@pytest.fixture
def fresh(machine):
    """A database as a new user gets it."""
    path = machine / "fresh.db"
    with open_store(path, writes=True, creates=True):
        pass
    return path


@pytest.fixture
def migrated(machine):
    """A database as the migrations make it, one after the other."""
    path = machine / "migrated.db"
    migrate.create_by_migrating(path)
    return path


@pytest.fixture
def newer(machine, monkeypatch):
    """Make this retain one schema newer, by a migration of the given body."""

    def make(body):
        folder = machine / "newer"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "migrations" / "versions" / f"v{NEXT:04d}_synthetic.py").write_text(
            f"import os\nfrom alembic import op\n"
            f"revision = '{NEXT:04d}'\ndown_revision = '{NEXT - 1:04d}'\n"
            f"def upgrade():\n    {body}\n"
        )
        monkeypatch.setattr(migrate, "__file__", str(folder / "migrate.py"))
        for module in (migrate, store, database):
            monkeypatch.setattr(module, "SCHEMA_VERSION", NEXT)
        return folder

    return make


ADD = "op.execute('create table synthetic (id integer)'); op.execute('update customer set area = \"North\"')"


def version(path):
    return int.from_bytes(path.read_bytes()[60:64], "big")


def checks(path):
    """What the tables refuse, and how each index is made, as SQLite keeps it; spacing and quotes apart."""
    with closing(sqlite3.connect(path)) as connection:
        made = dict(connection.execute("select name, sql from sqlite_master where sql is not null"))
    return {
        name: sorted(
            part.strip().lower()
            for part in sql.replace('"', "").replace("\t", "").splitlines()
            if "CHECK" in part or "INDEX" in part or "FOREIGN" in part or "UNIQUE" in part
        )
        for name, sql in made.items()
        if name != "alembic_version"
    }


def test_a_new_file_is_made_at_once_as_the_migrations_make_it(request, migrated, machine, new_databases_are_copies):
    with closing(sqlite3.connect(migrated)) as connection:
        words = [
            f"pragma application_id = {schema.APPLICATION_ID};",
            f"pragma user_version = {schema.SCHEMA_VERSION};",
            *connection.iterdump(),
        ]
    made = "".join(f"{line}\n" for line in words)
    kept = MIGRATIONS / "newest.sql"
    if request.config.getoption("--write"):
        kept.write_text(made, encoding="utf-8")
    # Blanks apart, which hang on who writes the statements.
    written = kept.read_text(encoding="utf-8")
    assert written.split() == made.split(), "pytest tests/store/test_migrate.py --write writes it anew"
    path = machine / "new.db"
    new_databases_are_copies(path)
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(migrated)) as other:
        for pragma in ("application_id", "user_version"):
            assert one.execute(f"pragma {pragma}").fetchall() == other.execute(f"pragma {pragma}").fetchall()
        assert "".join(one.iterdump()).split() == "".join(other.iterdump()).split()


def test_a_new_file_gets_the_migrations_that_were_not_written_down_with_the_others(
    newer, machine, new_databases_are_copies
):
    newer("op.execute('create table synthetic (id integer)')")
    path = machine / "new.db"
    new_databases_are_copies(path)
    assert version(path) == NEXT
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from synthetic").fetchone() == (0,)


def test_the_migrations_make_what_the_models_declare(migrated):
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, metadata())
    engine.dispose()
    assert differences == []


def test_the_migrations_check_and_index_what_the_models_do(migrated, machine):
    declared = machine / "declared.db"
    engine = create_engine(f"sqlite:///{declared}")
    metadata().create_all(engine)
    engine.dispose()
    made, wanted = checks(migrated), checks(declared)
    assert made.keys() == wanted.keys()
    for name in wanted:
        assert [part.rstrip(", ") for part in made[name]] == [part.rstrip(", ") for part in wanted[name]], name


def test_the_newest_migration_is_the_schema_version():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == f"{schema.SCHEMA_VERSION:04d}"
    assert len(list(scripts.walk_revisions())) == schema.SCHEMA_VERSION


def test_a_new_shop_begins_with_the_plan_of_the_trade(retain, fresh):
    plan = {
        (line["grade"], line["service"]): line["every"] for line in retain("plan", "--db", fresh, "-f", "json").data
    }
    assert plan == {
        ("A", "return visit"): "1m", ("B", "return visit"): "3m", ("C", "return visit"): "6m",
        ("A", "maintenance"): "6m", ("B", "maintenance"): "1y",
        ("A", "birthday gift"): "1y", ("B", "birthday wish"): "1y", ("C", "birthday wish"): "1y",
        ("A", "senior visit"): "1y", ("A", "anniversary gift"): "1y",
    }  # fmt: skip


@pytest.mark.parametrize("command", [("list",), ("log-visit", "1"), ("import", "customers.csv")])
def test_an_older_file_is_brought_up_once_and_a_copy_of_it_is_kept(
    retain, shop, newer, beside, dump, monkeypatch, command
):
    old = dump(shop)
    newer(ADD)
    before = os.umask(0o000)
    try:
        assert retain(*command).code == 0
    finally:
        os.umask(before)
    assert version(shop) == NEXT
    assert [customer["area"] for customer in retain("list", "-f", "json").data] == ["North", "North"]

    copy = shop.with_name(f"shop.db.before-schema-{NEXT}")
    assert beside(shop) == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert version(copy) == NEXT - 1
    assert dump(copy) == old

    monkeypatch.setattr(migrate, "upgrade", lambda *_: pytest.fail("brought up twice"))
    assert retain("list").code == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (ADD + "; raise RuntimeError", 70),
        (
            "op.execute('create table synthetic (id integer)'); op.execute('create table synthetic (id integer)')",
            70,
        ),
        ("op.execute('update purchase set customer_id = 999')", 72),
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was_and_can_be_tried_again(
    retain, shop, newer, digest, dump, machine, monkeypatch, body, code
):
    monkeypatch.setattr("tempfile.tempdir", str(machine))
    before, data = digest(shop), dump(shop)
    newer(body)
    answer = retain("list")
    assert answer.code == code
    assert len(answer.err.splitlines()) == 1
    assert digest(shop) == before
    newer(ADD)
    assert retain("list").code == 0
    assert version(shop) == NEXT
    assert dump(shop.with_name(f"shop.db.before-schema-{NEXT}")) == data


def test_a_migration_that_is_killed_leaves_the_old_file(retain, shop, newer, dump):
    old = dump(shop)
    folder = newer(ADD + "; os.kill(os.getpid(), 9)")
    script = (
        "import sys; from pathlib import Path; from retain_cli.store import migrate\n"
        f"migrate.__file__ = {str(folder / 'migrate.py')!r}; migrate.SCHEMA_VERSION = {NEXT}\n"
        f"migrate.upgrade(Path({str(shop)!r}), {NEXT - 1})"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert dump(shop) == old
    newer(ADD)
    assert retain("list").code == 0
    assert version(shop) == NEXT


def test_a_copy_that_was_cut_off_does_not_pass_for_one(shop, newer, monkeypatch, beside):
    newer(ADD)

    class CutOff(sqlite3.Connection):
        def backup(self, target, **_):
            target.execute("create table half (id integer)")
            raise sqlite3.OperationalError("cut off")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **options: connect(*a, factory=CutOff, **options))
    with pytest.raises(sqlite3.OperationalError):
        migrate.upgrade(shop, NEXT - 1)
    assert beside(shop) == []
    assert version(shop) == NEXT - 1


def test_a_file_of_today_is_never_migrated(retain, shop, monkeypatch):
    monkeypatch.setattr(migrate, "upgrade", lambda *_: pytest.fail("nothing to bring up"))
    assert retain("list").code == 0
    assert retain("log-visit", "1").code == 0
