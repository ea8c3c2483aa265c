/* Keys of rows: id = centre * 2^40 + n, where n counts up by centre and kind of thing and is never given out twice. */
#ifndef ZV_STORE_ID_H
#define ZV_STORE_ID_H

#include "base/arena.h"
#include "store/db/db.h"

enum { ZV_CENTRE_SHIFT = 40, ZV_CENTRE_NATIONAL = 0, ZV_CENTRE_MAX = 99999 };

/* Kinds in the table id_counter besides the registers, whose numbers are below 100. Never renumber. */
enum {
	ZV_ID_BATCH = 100,
	ZV_ID_LOT_RUN = 101,
	ZV_ID_LOT = 102,
	ZV_ID_FACT = 103,
	ZV_ID_DUP = 104,
	ZV_ID_ACCOUNT = 105,
	ZV_ID_TOKEN = 106,
	ZV_ID_TASK = 107,
	ZV_ID_SCOUTING = 108,
	ZV_ID_CONTACT = 109,
	ZV_ID_DISCLOSURE = 110,
	ZV_ID_APPROVAL = 111,
	ZV_ID_JOB = 112,
	ZV_ID_UPLOAD = 113,
	ZV_ID_RULE_PACK = 118,
	ZV_ID_VERDICT = 119,
	ZV_ID_MEASURE_CHANGE = 120,
	ZV_ID_APPLICATION = 130,
	ZV_ID_APPLICATION_FILE = 131,
	ZV_ID_APPLICATION_STEP = 132,
	ZV_ID_INVITATION = 140,
	ZV_ID_PLAN = 150,
	ZV_ID_SCENARIO = 160
};

static inline int64_t zv_id_centre(int64_t id)
{
	return id >> ZV_CENTRE_SHIFT;
}

/*
 * The next id. Inside a transaction of the caller: numbers are taken from the table in blocks that grow while it lasts, so
 * that one in thousands of calls asks the database. Ids of one kind and centre rise in the order of the commits.
 */
ZV_MUST_CHECK enum zv_code zv_id_next(int64_t *out, struct zv_db *db, int64_t centre_id, int entity, struct zv_err *err);

enum { ZV_ROW_UID_TEXT = 40 };

/*
 * A new public name: `kind`, an underscore and 26 characters as zv_uid_new gives, but the first ten tell the millisecond, so
 * that names made one after another lie side by side in an index. 80 bits are random. NUL-ended; returns the length.
 */
size_t zv_id_uid(char out[ZV_ROW_UID_TEXT], const char *kind);

#endif
