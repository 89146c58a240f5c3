"""Runs the migrations of an older database. Imported only when there is something to migrate."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

from agent.store.tables import metadata


def upgrade(database: Path, revision: str = "head") -> None:
    """Bring a database to a revision, in one transaction. Raises what the driver raises, also where another process writes."""
    engine = create_engine(f"sqlite:///{database}", connect_args={"isolation_level": None, "timeout": 0.1})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            command.upgrade(config_for(connection), revision)
    except DBAPIError as error:
        raise error.orig or error from None
    finally:
        engine.dispose()


def config_for(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file: the scripts are package data."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def schema_sql() -> str:
    """The newest schema as SQL, as shipped in schema.sql for new databases."""
    engine = create_engine("sqlite://")
    statements = ["CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"]
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(engine)))
        statements += [str(CreateIndex(index).compile(engine)) for index in sorted(table.indexes, key=lambda index: str(index.name))]
    return ";\n".join(" ".join(statement.split()) for statement in statements) + "\n"
