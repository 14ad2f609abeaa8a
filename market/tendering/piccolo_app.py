"""Piccolo's entry for tendering."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="tendering",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "market.tendering.tables.tenders",
            "market.tendering.tables.clarifications",
            "market.tendering.tables.disputes",
            "market.tendering.tables.draws",
            "market.tendering.tables.keys",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["market.needs.piccolo_app"],
    commands=[],
)
