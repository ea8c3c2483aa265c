/* A row of the audit trail as it is stored: read, and hashed. For the files of the store. */
#ifndef ZV_STORE_AUDIT_ROW_H
#define ZV_STORE_AUDIT_ROW_H

#include "base/buf.h"
#include "store/audit.h"

#define ZV_AUDIT_COLUMNS                                                                                                       \
	"n, at_ms, actor, account_id, centre_id, org_id, action, subject, detail, address, data, prev, hash"

/* Texts are borrowed until the statement is stepped on. */
struct zv_audit_row zv_audit_row_read(struct zv_stmt *stmt);

/* The hash that the row must have: BLAKE2b-256 over all its other columns. `scratch` is emptied. */
void zv_audit_row_hash(char out[ZV_AUDIT_HASH_TEXT], struct zv_buf *scratch, const struct zv_audit_row *row);

#endif
