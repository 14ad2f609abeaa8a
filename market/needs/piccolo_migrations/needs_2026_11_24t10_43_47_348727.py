from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Numeric
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check
import decimal

ID = "2026-11-24T10:43:47:348727"
VERSION = "1.38.0"
DESCRIPTION = "changes of contracts"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="needs", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="Need",
        tablename="need",
        column_name="supplements",
        db_column_name="supplements",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.drop_constraint(
        table_class_name="Need",
        tablename="need",
        constraint_name="contracts_stay_within_the_budget",
        schema=None,
    )

    manager.drop_constraint(
        table_class_name="Need",
        tablename="need",
        constraint_name="only_contracts_commit_money",
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Need",
        tablename="need",
        constraint_name="contracts_stay_within_budget_and_supplements",
        constraint_class=Check,
        params={
            "condition": "supplements >= 0 AND committed >= 0 AND committed <= budget + supplements"
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Need",
        tablename="need",
        constraint_name="money_is_committed_by_contracts",
        constraint_class=Check,
        params={"condition": "committed = 0 OR state = 'contracted'"},
        schema=None,
    )

    return manager
