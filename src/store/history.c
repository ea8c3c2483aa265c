/* Provenance by value (feature R4): which word wins, what it replaced, who says otherwise, and how to go back. */
#include "store/history.h"

#include <string.h>

#include "store/trail.h"

enum { GROUP_MAX = 8 };

static const char sql_said[] =
	"SELECT field, value_int, value_text, state, status, said_on, batch_id, line, recorded_ms FROM fact "
	"WHERE entity = $1 AND row_id = $2 ORDER BY state, id DESC";

static const char sql_add[] =
	"INSERT INTO fact (" ZV_FACT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

/* Facts that change, each with what finds them before: the digest must know what was. */
static const char sql_past[] = "SELECT " ZV_FACT_COLUMNS " FROM fact WHERE entity = $1 AND row_id = $2 AND field = $3 AND state = 1";
static const char sql_make_past[] =
	"UPDATE fact SET state = 3, replaced_by = $4 WHERE entity = $1 AND row_id = $2 AND field = $3 AND state = 1";

static const char sql_replaced[] =
	"SELECT field, value_int, value_text FROM fact WHERE entity = $1 AND row_id = $2 AND replaced_by = $3 AND batch_id <> $3";

static const char sql_said_by[] =
	"SELECT " ZV_FACT_COLUMNS " FROM fact WHERE entity = $1 AND row_id = $2 AND batch_id = $3 AND state <> 4";
static const char sql_undo_said[] = "UPDATE fact SET state = 4 WHERE entity = $1 AND row_id = $2 AND batch_id = $3 AND state <> 4";

static const char sql_replaced_by[] =
	"SELECT " ZV_FACT_COLUMNS " FROM fact WHERE entity = $1 AND row_id = $2 AND replaced_by = $3 AND batch_id <> $3";
static const char sql_undo_replaced[] =
	"UPDATE fact SET state = 1, replaced_by = NULL WHERE entity = $1 AND row_id = $2 AND replaced_by = $3 AND batch_id <> $3";

/* What one source says of one column. */
struct said {
	int column;
	struct zv_value value;
	enum zv_fact_state state;
	enum zv_status status;
	zv_date said_on;
	int64_t batch_id, line, recorded_ms;
};

struct change {
	struct zv_db *db;
	const struct zv_register *reg;
	const struct zv_record *old;
	const struct zv_record *new;
	struct zv_record result; /* the row after the change */
	struct said *said;       /* facts of the row */
	size_t n_said;
	int64_t now_ms;
	int changed;
};

static struct zv_value read_value(struct zv_stmt *stmt, int at, enum zv_column_type type, struct zv_arena *arena)
{
	struct zv_value value = {0};

	if (type == ZV_COL_TEXT) {
		value.null = zv_col_is_null(stmt, at + 1);
		value.s = zv_str_dup(arena, zv_col_text(stmt, at + 1));
	} else {
		value.null = zv_col_is_null(stmt, at);
		value.i = zv_col_int(stmt, at);
	}
	return value;
}

static int column_of(const struct zv_register *reg, struct zv_str field)
{
	for (int i = 0; i < reg->n_columns; i++) {
		if (zv_str_eq_c(field, reg->columns[i].name))
			return i;
	}
	return -1;
}

static enum zv_code load_said(struct said **out, size_t *n, struct zv_db *db, const struct zv_register *reg, int64_t row_id,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	struct said *list = NULL;
	size_t have = 0;
	size_t cap = 0;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_said, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, reg->entity);
	zv_bind_int(stmt, 2, row_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		int column = column_of(reg, zv_col_text(stmt, 0));

		if (column < 0)
			continue; /* a column that a later schema dropped */
		if (have == cap) {
			struct said *more = ZV_ARENA_ARRAY(arena, struct said, cap = cap * 2 + 16);

			if (have > 0)
				memcpy(more, list, have * sizeof(*list));
			list = more;
		}
		list[have++] = (struct said){
			.column = column,
			.value = read_value(stmt, 1, reg->columns[column].type, arena),
			.state = (enum zv_fact_state)zv_col_int(stmt, 3),
			.status = (enum zv_status)zv_col_int(stmt, 4),
			.said_on = (zv_date)zv_col_int(stmt, 5),
			.batch_id = zv_col_int(stmt, 6),
			.line = zv_col_int(stmt, 7),
			.recorded_ms = zv_col_int(stmt, 8),
		};
	}
	*out = list;
	*n = have;
	return code;
}

static bool same_value(const struct zv_register *reg, int column, const struct zv_value *a, const struct zv_value *b)
{
	if (a->null || b->null)
		return a->null == b->null;
	return reg->columns[column].type == ZV_COL_TEXT ? zv_str_eq(a->s, b->s) : a->i == b->i;
}

static struct said frame_says(const struct zv_record *record, int column)
{
	return (struct said){
		.column = column,
		.value = record->values[column],
		.state = ZV_FACT_WINS,
		.status = record->status,
		.said_on = record->said_on,
		.batch_id = record->batch_id,
		.line = record->line,
	};
}

/* The fact that says the stored value, or NULL: then the frame of the row does. */
static const struct said *winner(const struct change *c, int column)
{
	for (size_t i = 0; i < c->n_said; i++) {
		if (c->said[i].column == column && c->said[i].state == ZV_FACT_WINS)
			return &c->said[i];
	}
	return NULL;
}

/* A disputed word is the weakest; then declared, by document, by the centre. */
static int rank(enum zv_status status)
{
	return status == ZV_DISPUTED ? 0 : (int)status;
}

static bool is_weaker(const struct said *a, const struct said *b)
{
	return rank(a->status) != rank(b->status) ? rank(a->status) < rank(b->status) : a->said_on < b->said_on;
}

static void bind_fact(struct zv_stmt *stmt, const struct zv_trail_fact *fact)
{
	zv_bind_int(stmt, 1, fact->id);
	zv_bind_int(stmt, 2, fact->centre_id);
	zv_bind_int(stmt, 3, fact->entity);
	zv_bind_int(stmt, 4, fact->row_id);
	zv_bind_text(stmt, 5, fact->field);
	if (!fact->value_int.null)
		zv_bind_int(stmt, 6, fact->value_int.i);
	if (!fact->value_text.null)
		zv_bind_text(stmt, 7, fact->value_text.s);
	zv_bind_int(stmt, 8, fact->state);
	zv_bind_int(stmt, 9, fact->status);
	zv_bind_int(stmt, 10, fact->said_on);
	zv_bind_int(stmt, 11, fact->batch_id);
	zv_bind_int(stmt, 12, fact->line);
	zv_bind_int(stmt, 13, fact->recorded_ms);
	if (fact->replaced_by != 0)
		zv_bind_int(stmt, 14, fact->replaced_by);
}

static enum zv_code add_fact(struct change *c, const struct said *said, int64_t replaced_by, struct zv_err *err)
{
	const struct zv_column *column = &c->reg->columns[said->column];
	bool is_text = column->type == ZV_COL_TEXT;
	struct zv_trail_fact fact = {
		.centre_id = c->old->centre_id,
		.entity = c->reg->entity,
		.row_id = c->old->id,
		.field = zv_str_c(column->name),
		.value_int = {.null = is_text || said->value.null, .i = said->value.i},
		.value_text = {.null = !is_text || said->value.null, .s = said->value.s},
		.state = said->state,
		.status = said->status,
		.said_on = said->said_on,
		.batch_id = said->batch_id,
		.line = said->line,
		.recorded_ms = c->now_ms,
		.replaced_by = replaced_by,
	};
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&fact.id, c->db, c->old->centre_id, ZV_ID_FACT, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, c->db, sql_add, err);
	if (code != ZV_OK)
		return code;
	bind_fact(stmt, &fact);
	code = zv_trail_fact(c->db, &fact, err);
	return code == ZV_OK ? zv_stmt_run(stmt, err) : code;
}

static void bind_place(struct zv_stmt *stmt, const struct change *c, int column)
{
	zv_bind_int(stmt, 1, c->reg->entity);
	zv_bind_int(stmt, 2, c->old->id);
	zv_bind_text(stmt, 3, zv_str_c(c->reg->columns[column].name));
}

/* What is stored becomes history: the fact that says it, or, when only the frame does, a new fact with the frame's provenance. */
static enum zv_code keep_past(struct change *c, int column, struct zv_err *err)
{
	struct said past = frame_says(c->old, column);
	struct zv_stmt *stmt;
	enum zv_code code;

	if (winner(c, column) == NULL) {
		past.state = ZV_FACT_PAST;
		return add_fact(c, &past, c->new->batch_id, err);
	}
	code = zv_db_stmt(&stmt, c->db, sql_past, err);
	if (code != ZV_OK)
		return code;
	bind_place(stmt, c, column);
	code = zv_trail_facts_become(c->db, stmt, ZV_FACT_PAST, c->new->batch_id, err);
	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, c->db, sql_make_past, err);
	if (code != ZV_OK)
		return code;
	bind_place(stmt, c, column);
	zv_bind_int(stmt, 4, c->new->batch_id);
	return zv_stmt_run(stmt, err);
}

/* The same rival again is no news. */
static bool is_known_rival(const struct change *c, const struct said *said)
{
	for (size_t i = 0; i < c->n_said; i++) {
		const struct said *s = &c->said[i];

		if (s->column == said->column && s->state == ZV_FACT_RIVAL && s->status == said->status && s->said_on == said->said_on &&
		    same_value(c->reg, said->column, &s->value, &said->value))
			return true;
	}
	return false;
}

static enum zv_code add_rival(struct change *c, int column, struct zv_err *err)
{
	struct said rival = frame_says(c->new, column);

	rival.state = ZV_FACT_RIVAL;
	if (!c->reg->columns[column].fact || is_known_rival(c, &rival))
		return ZV_OK;
	c->changed++;
	return add_fact(c, &rival, 0, err);
}

static enum zv_code replace(struct change *c, int column, bool counts, struct zv_err *err)
{
	struct said wins = frame_says(c->new, column);
	enum zv_code code = keep_past(c, column, err);

	if (code == ZV_OK)
		code = add_fact(c, &wins, 0, err);
	c->result.values[column] = c->new->values[column];
	c->changed += counts ? 1 : 0;
	return code;
}

/* The columns that are decided together with `lead`, itself first. */
static int group_of(int out[GROUP_MAX], const struct zv_register *reg, int lead)
{
	int n = 0;

	out[n++] = lead;
	for (int i = lead + 1; i < reg->n_columns; i++) {
		if (reg->columns[i].with != NULL && strcmp(reg->columns[i].with, reg->columns[lead].name) == 0) {
			assert(n < GROUP_MAX);
			out[n++] = i;
		}
	}
	return n;
}

static enum zv_code decide(struct change *c, int lead, struct zv_err *err)
{
	const struct said *fact = winner(c, lead);
	struct said stored = fact != NULL ? *fact : frame_says(c->old, lead);
	struct said new = frame_says(c->new, lead);
	enum zv_code code = ZV_OK;
	bool differs = false;
	bool differ[GROUP_MAX];
	int group[GROUP_MAX];
	int n = group_of(group, c->reg, lead);

	for (int i = 0; i < n; i++) {
		differ[i] = !same_value(c->reg, group[i], &c->old->values[group[i]], &c->new->values[group[i]]);
		differs = differs || differ[i];
	}
	if (!differs && rank(new.status) <= rank(stored.status))
		return ZV_OK;
	/* Nothing is said of what is not stated, so a higher status of "not stated" confirms nothing. */
	if (!differs && new.value.null)
		return ZV_OK;
	for (int i = 0; code == ZV_OK && i < n; i++)
		code = is_weaker(&new, &stored) ? add_rival(c, group[i], err) : replace(c, group[i], differ[i] || !differs, err);
	return code;
}

static enum zv_code update(struct zv_db *db, const struct zv_register *reg, const struct zv_record *old, const struct zv_record *record,
			   struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, reg->sql_update, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, record->id);
	zv_bind_int(stmt, 2, record->line);
	zv_record_bind(stmt, 3, reg, record);
	code = zv_trail_changed(db, reg, old, record, err);
	if (code == ZV_OK)
		code = zv_stmt_run(stmt, err);
	if (code == ZV_OK && reg->stored != NULL)
		code = reg->stored(db, record, false, err);
	return code;
}

/* True when there is nothing to decide: the same values, and no higher status. */
static bool is_same(const struct zv_register *reg, const struct zv_record *old, const struct zv_record *new)
{
	if (rank(new->status) > rank(ZV_DECLARED))
		return false;
	for (int i = 0; i < reg->n_columns; i++) {
		if (!same_value(reg, i, &old->values[i], &new->values[i]))
			return false;
	}
	return true;
}

enum zv_code zv_record_change(int *changed, struct zv_db *db, const struct zv_register *reg, const struct zv_record *old,
			      const struct zv_record *new, struct zv_err *err)
{
	struct change c = {.db = db, .reg = reg, .old = old, .new = new, .result = *old};
	struct zv_arena arena;
	enum zv_code code;

	*changed = 0;
	if (is_same(reg, old, new))
		return ZV_OK;
	c.now_ms = zv_now_ms();
	zv_arena_init(&arena);
	code = load_said(&c.said, &c.n_said, db, reg, old->id, &arena, err);
	for (int i = 0; code == ZV_OK && i < reg->n_columns; i++) {
		if (reg->columns[i].with == NULL)
			code = decide(&c, i, err);
	}
	if (code == ZV_OK && c.changed > 0)
		code = update(db, reg, old, &c.result, err);
	if (code == ZV_OK)
		*changed = c.changed;
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_record_repoint(struct zv_db *db, const struct zv_register *reg, const struct zv_record *old, int column, struct zv_value value,
			       int64_t batch_id, struct zv_err *err)
{
	struct zv_record new = *old;
	struct change c = {.db = db, .reg = reg, .old = old, .new = &new, .result = *old};
	struct said wins;
	struct zv_arena arena;
	enum zv_code code;

	new.values[column] = value;
	new.batch_id = batch_id;
	c.now_ms = zv_now_ms();
	zv_arena_init(&arena);
	code = load_said(&c.said, &c.n_said, db, reg, old->id, &arena, err);
	if (code != ZV_OK)
		goto done;
	wins = winner(&c, column) != NULL ? *winner(&c, column) : frame_says(old, column);
	wins.value = value;
	wins.batch_id = batch_id;
	c.result.values[column] = value;
	code = keep_past(&c, column, err);
	if (code == ZV_OK)
		code = add_fact(&c, &wins, 0, err);
	if (code == ZV_OK)
		code = update(db, reg, old, &c.result, err);
done:
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_record_restate(struct zv_db *db, const struct zv_register *reg, const struct zv_record *record, int column,
			       const struct zv_record *said, struct zv_err *err)
{
	struct zv_record new = *said;
	struct change c = {.db = db, .reg = reg, .old = record, .new = &new, .result = *record};
	struct zv_arena arena;
	enum zv_code code;

	new.values[column] = record->values[column];
	c.now_ms = zv_now_ms();
	zv_arena_init(&arena);
	code = load_said(&c.said, &c.n_said, db, reg, record->id, &arena, err);
	if (code == ZV_OK)
		code = replace(&c, column, true, err);
	zv_arena_done(&arena);
	return code;
}

static enum zv_code read_replaced(struct zv_record *record, struct zv_db *db, const struct zv_register *reg, int64_t batch_id,
				  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_replaced, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, reg->entity);
	zv_bind_int(stmt, 2, record->id);
	zv_bind_int(stmt, 3, batch_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		int column = column_of(reg, zv_col_text(stmt, 0));

		if (column >= 0)
			record->values[column] = read_value(stmt, 1, reg->columns[column].type, arena);
	}
	return code;
}

/* The facts of a row that the statement `find` finds by batch get another state by `change`. */
static enum zv_code change_facts(struct zv_db *db, const char *find, const char *change, const int64_t place[3], enum zv_fact_state state,
				 int64_t replaced_by, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, find, err);

	if (code != ZV_OK)
		return code;
	for (int i = 0; i < 3; i++)
		zv_bind_int(stmt, i + 1, place[i]);
	code = zv_trail_facts_become(db, stmt, state, replaced_by, err);
	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, change, err);
	if (code != ZV_OK)
		return code;
	for (int i = 0; i < 3; i++)
		zv_bind_int(stmt, i + 1, place[i]);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_history_restore(struct zv_db *db, const struct zv_register *reg, int64_t row_id, int64_t batch_id,
				struct zv_arena *arena, struct zv_err *err)
{
	const int64_t place[3] = {reg->entity, row_id, batch_id};
	struct zv_record old;
	struct zv_record record;
	enum zv_code code = zv_record_by_id(&old, db, reg, row_id, arena, err);

	if (code != ZV_OK)
		return code;
	record = old;
	code = read_replaced(&record, db, reg, batch_id, arena, err);
	if (code == ZV_OK)
		code = update(db, reg, &old, &record, err);
	if (code == ZV_OK)
		code = change_facts(db, sql_said_by, sql_undo_said, place, ZV_FACT_UNDONE, -1, err);
	if (code == ZV_OK)
		code = change_facts(db, sql_replaced_by, sql_undo_replaced, place, ZV_FACT_WINS, 0, err);
	return code;
}

static struct zv_fact fact_of(const struct zv_register *reg, const struct said *said)
{
	return (struct zv_fact){
		.column = &reg->columns[said->column],
		.value = said->value,
		.state = said->state,
		.status = said->status,
		.said_on = said->said_on,
		.batch_id = said->batch_id,
		.line = said->line,
		.recorded_ms = said->recorded_ms,
	};
}

enum zv_code zv_record_facts(struct zv_fact **out, size_t *n, struct zv_db *db, const struct zv_register *reg,
			     const struct zv_record *record, struct zv_arena *arena, struct zv_err *err)
{
	struct said *said;
	struct zv_fact *facts;
	size_t n_said;
	size_t have = 0;
	enum zv_code code = load_said(&said, &n_said, db, reg, record->id, arena, err);

	if (code != ZV_OK)
		return code;
	facts = ZV_ARENA_ARRAY(arena, struct zv_fact, n_said + (size_t)reg->n_columns);
	for (int i = 0; i < reg->n_columns; i++) {
		struct said frame = frame_says(record, i);
		bool stated = false;

		if (!reg->columns[i].fact)
			continue;
		for (size_t k = 0; k < n_said; k++)
			stated = stated || (said[k].column == i && said[k].state == ZV_FACT_WINS);
		if (!stated)
			facts[have++] = fact_of(reg, &frame);
		for (size_t k = 0; k < n_said; k++) {
			if (said[k].column == i)
				facts[have++] = fact_of(reg, &said[k]);
		}
	}
	*out = facts;
	*n = have;
	return ZV_OK;
}
