"""What the database refuses by itself beyond constraints: what is append-only, by privilege and by trigger."""

GUARDS: list[str] = [
    """
    CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE OR REPLACE TRIGGER ledger_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()
    """,
    """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE OR REPLACE TRIGGER sensitive_read_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON sensitive_read
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE OR REPLACE TRIGGER profile_change_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON profile_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE OR REPLACE FUNCTION refuse_change_of_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        its_state text;
    BEGIN
        SELECT state INTO its_state FROM catalogue_edition
        WHERE code = CASE WHEN TG_OP = 'INSERT' THEN NEW.edition ELSE OLD.edition END;
        IF its_state <> 'draft' OR (TG_OP = 'UPDATE' AND NEW.edition <> OLD.edition) THEN
            RAISE EXCEPTION 'a published edition is kept as it is' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$
    """,
    """
    CREATE OR REPLACE TRIGGER published_edition_is_kept
    BEFORE INSERT OR UPDATE OR DELETE ON edition_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_edition()
    """,
    """
    CREATE OR REPLACE FUNCTION refuse_return_of_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (OLD.state <> 'draft' AND (NEW.state = 'draft' OR (NEW.code, NEW.register, NEW.number,
            NEW.grounds, NEW.in_force_from, NEW.published_at, NEW.published_by) IS DISTINCT FROM (OLD.code,
            OLD.register, OLD.number, OLD.grounds, OLD.in_force_from, OLD.published_at, OLD.published_by))) THEN
            RAISE EXCEPTION 'a published edition is kept as it is' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE TRIGGER edition_is_kept
    BEFORE UPDATE OR DELETE ON catalogue_edition
    FOR EACH ROW EXECUTE FUNCTION refuse_return_of_edition()
    """,
]

PRIVILEGES: list[str] = [
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE ON ledger_event, sensitive_read, profile_change FROM {role}",
]
