"""Piccolo's entry for the law."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="law",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(["market.law.tables"], exclude_imported=True),
    migration_dependencies=["market.people.piccolo_app"],
    commands=[],
)
