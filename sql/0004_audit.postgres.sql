-- The audit trail is only ever added to, whoever asks, also a session that replicates. Who can drop a trigger can still change rows:
-- the chain of hashes and an anchor kept outside tell of that.
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	RAISE EXCEPTION 'rows of the audit trail are never changed or removed' USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_no_change;
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_no_truncate;
ALTER TABLE data_digest ALTER COLUMN state SET STORAGE PLAIN; -- replaced once a commit: not worth a table beside it
