/* Gives out ids in blocks and public names in the order of time. */
#include "store/id.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/vec.h"

enum { BLOCK_MAX = 4096, N_MAX_BITS = 40 };

static const char sql_take[] =
	"INSERT INTO id_counter (centre_id, entity, next) VALUES ($1, $2, $3 + 1) "
	"ON CONFLICT (centre_id, entity) DO UPDATE SET next = id_counter.next + $3 RETURNING next";

struct block {
	int64_t centre_id;
	int64_t next, end; /* numbers still to be given out */
	int64_t size;      /* of the last block taken */
	int entity;
};

struct blocks {
	uint64_t epoch; /* of the transaction in which they were taken */
	ZV_VEC(struct block) list;
};

static void release(void *thing)
{
	struct blocks *blocks = thing;

	zv_vec_done(&blocks->list);
	free(blocks);
}

/* Blocks live as long as their transaction: what a rolled back one took is free again, and ids rise in the order of commits. */
static struct blocks *blocks_of(struct zv_db *db)
{
	struct blocks *blocks = zv_db_attached(db);

	if (blocks == NULL) {
		blocks = zv_calloc(1, sizeof(*blocks));
		zv_db_attach(db, blocks, release);
	}
	if (blocks->epoch != zv_db_epoch(db)) {
		blocks->epoch = zv_db_epoch(db);
		blocks->list.n = 0;
	}
	return blocks;
}

static struct block *block_of(struct blocks *blocks, int64_t centre_id, int entity)
{
	for (size_t i = 0; i < blocks->list.n; i++) {
		if (blocks->list.p[i].centre_id == centre_id && blocks->list.p[i].entity == entity)
			return &blocks->list.p[i];
	}
	zv_vec_push(&blocks->list, ((struct block){.centre_id = centre_id, .entity = entity}));
	return &blocks->list.p[blocks->list.n - 1];
}

/* One, two, four ... so that a single change leaves no gap and an import asks rarely. */
static enum zv_code take_block(struct block *block, struct zv_db *db, struct zv_err *err)
{
	int64_t size = block->size == 0 ? 1 : block->size * 2;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_take, err);

	if (code != ZV_OK)
		return code;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	zv_bind_int(stmt, 1, block->centre_id);
	zv_bind_int(stmt, 2, block->entity);
	zv_bind_int(stmt, 3, size);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	block->end = zv_col_int(stmt, 0);
	block->next = block->end - size;
	block->size = size;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_id_next(int64_t *out, struct zv_db *db, int64_t centre_id, int entity, struct zv_err *err)
{
	struct block *block = block_of(blocks_of(db), centre_id, entity);

	if (block->next == block->end) {
		enum zv_code code = take_block(block, db, err);

		if (code != ZV_OK)
			return code;
	}
	if (centre_id < 0 || centre_id > ZV_CENTRE_MAX || block->next >> N_MAX_BITS != 0)
		return zv_fail(err, ZV_E_LIMIT, "id", N_("The centre has no more numbers for new rows."));
	*out = centre_id << ZV_CENTRE_SHIFT | block->next++;
	return ZV_OK;
}

size_t zv_id_uid(char out[ZV_ROW_UID_TEXT], const char *kind)
{
	static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
	char random[ZV_UID_TEXT];
	uint64_t ms = (uint64_t)zv_now_ms();
	size_t at = strlen(kind);

	assert(at + 2 + 26 <= ZV_ROW_UID_TEXT);
	memcpy(out, kind, at);
	out[at++] = '_';
	for (int shift = 45; shift >= 0; shift -= 5)
		out[at++] = alphabet[ms >> shift & 31];
	zv_uid_new(random, "");
	memcpy(out + at, random + 1, 16); /* after the underscore */
	out[at + 16] = '\0';
	return at + 16;
}
