"""Piccolo's entry for the catalogues."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="catalogs",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "catalogs.tables.entries",
            "catalogs.tables.editions",
            "catalogs.tables.imports",
            "catalogs.tables.listings",
            "catalogs.tables.organizations",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["market.law.piccolo_app"],
    commands=[],
)
