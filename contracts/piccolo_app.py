"""Piccolo's entry for contracts."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="contracts",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "contracts.tables.contracts",
            "contracts.tables.changes",
            "contracts.tables.deliveries",
            "contracts.tables.invoices",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["market.tendering.piccolo_app"],
    commands=[],
)
