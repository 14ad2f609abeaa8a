"""Piccolo's entry for evaluations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="evaluations",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        ["evaluations.tables.evaluations", "evaluations.tables.judging", "evaluations.tables.surveys"],
        exclude_imported=True,
    ),
    migration_dependencies=["market.people.piccolo_app"],
    commands=[],
)
