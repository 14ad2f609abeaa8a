"""Piccolo's entry for needs."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="needs",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "market.needs.tables.issues",
            "market.needs.tables.money",
            "market.needs.tables.movements",
            "market.needs.tables.needs",
            "market.needs.tables.official",
            "market.needs.tables.suggestions",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["market.people.piccolo_app", "catalogs.piccolo_app"],
    commands=[],
)
