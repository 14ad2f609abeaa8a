"""Piccolo's entry for the ground floor."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="base",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(["market.base.tables"], exclude_imported=True),
    migration_dependencies=[],
    commands=[],
)
