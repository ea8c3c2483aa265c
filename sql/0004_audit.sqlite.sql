-- The audit trail is only ever added to, at its end, whoever asks. (REPLACE removes rows without asking the trigger of DELETE; that of
-- INSERT sees it.) Who can drop a trigger can still change rows: the chain of hashes and an anchor kept outside tell of that.
CREATE TRIGGER audit_at_the_end BEFORE INSERT ON audit
WHEN NEW.n IS NOT (SELECT COALESCE(MAX(n), 0) + 1 FROM audit)
BEGIN
	SELECT RAISE(ABORT, 'rows of the audit trail are added at its end');
END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'rows of the audit trail are never changed');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'rows of the audit trail are never removed');
END;
