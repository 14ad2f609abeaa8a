from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "2026-11-24T10:58:01:162219"
VERSION = "1.38.0"
DESCRIPTION = "A signature stands in the file of its contract"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="contracts", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="certificate_fingerprint",
        db_column_name="certificate_fingerprint",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
            "default": "",
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

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="certificate_issuer",
        db_column_name="certificate_issuer",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
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

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="certificate_serial",
        db_column_name="certificate_serial",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 80,
            "default": "",
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

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="certificate_subject",
        db_column_name="certificate_subject",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
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

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="file",
        db_column_name="file",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
            "default": None,
            "null": True,
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

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="method",
        db_column_name="method",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "account",
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

    manager.add_column(
        table_class_name="Signature",
        tablename="contract_signature",
        column_name="scan",
        db_column_name="scan",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": None,
            "null": True,
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

    manager.add_constraint(
        table_class_name="Signature",
        tablename="contract_signature",
        constraint_name="certificate_is_named",
        constraint_class=Check,
        params={
            "condition": "(certificate_fingerprint <> '') = (method IN ('demo', 'certificate'))"
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Signature",
        tablename="contract_signature",
        constraint_name="method_is_known",
        constraint_class=Check,
        params={
            "condition": "method IN ('account', 'demo', 'certificate', 'paper')"
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Signature",
        tablename="contract_signature",
        constraint_name="paper_has_its_scan",
        constraint_class=Check,
        params={"condition": "(scan IS NOT NULL) = (method = 'paper')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Signature",
        tablename="contract_signature",
        constraint_name="signed_file_is_kept",
        constraint_class=Check,
        params={"condition": "(file IS NULL) = (method = 'account')"},
        schema=None,
    )

    return manager
