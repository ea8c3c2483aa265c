/* Facts put together: rows and cells, origins of values, what people stated, values supposed. */
#include "app/facts_inner.h"

#include <stdio.h>
#include <string.h>

#include "app/cluster_profile.h"
#include "model/region.h"
#include "store/read.h"

enum { KEY_TEXT = 96, KOPECKS = 100 };

void zv_facts_begin(struct zv_facts_making *m, struct zv_db *db, const struct zv_facts_ask *ask, struct zv_arena *arena)
{
	*m = (struct zv_facts_making){.db = db, .ask = ask, .arena = arena};
	zv_map_init(&m->sources);
	zv_map_init(&m->said);
}

void zv_facts_drop(struct zv_facts_making *m)
{
	for (int i = 0; i < ZV_FACTS_TABLES; i++) {
		struct zv_facts_part *part = &m->parts[i];

		zv_vec_done(&part->cells);
		zv_vec_done(&part->keys);
		zv_vec_done(&part->names);
		zv_vec_done(&part->origins);
	}
	zv_vec_done(&m->stated);
	zv_vec_done(&m->origins);
	zv_vec_done(&m->source_texts);
	zv_map_done(&m->sources);
	zv_map_done(&m->said);
}

static const void *keep(struct zv_arena *arena, const void *p, size_t n, size_t size)
{
	void *copy = zv_arena_calloc(arena, n + 1, size);

	if (n > 0)
		memcpy(copy, p, n * size);
	return copy;
}

void zv_facts_end(struct zv_rules_facts *out, struct zv_facts_making *m)
{
	struct zv_rules_rows *rows = ZV_ARENA_ARRAY(m->arena, struct zv_rules_rows, ZV_FACTS_TABLES);

	for (int i = 0; i < ZV_FACTS_TABLES; i++) {
		const struct zv_facts_part *part = &m->parts[i];

		rows[i] = (struct zv_rules_rows){
			.n = part->n,
			.complete = !part->incomplete,
			.cells = keep(m->arena, part->cells.p, part->cells.n, sizeof(*part->cells.p)),
			.keys = keep(m->arena, part->keys.p, part->n, sizeof(*part->keys.p)),
			.names = keep(m->arena, part->names.p, part->n, sizeof(*part->names.p)),
			.origins = keep(m->arena, part->origins.p, part->n, sizeof(*part->origins.p)),
		};
	}
	*out = (struct zv_rules_facts){
		.today = m->ask->on,
		.rows = rows,
		.stated = keep(m->arena, m->stated.p, m->stated.n, sizeof(*m->stated.p)),
		.n_stated = m->stated.n,
		.origins = keep(m->arena, m->origins.p, m->origins.n, sizeof(*m->origins.p)),
		.n_origins = m->origins.n,
	};
	zv_facts_drop(m);
}

/* --- origins ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code source_of(struct zv_str *out, struct zv_facts_making *m, int64_t batch_id, struct zv_err *err)
{
	static const char sql[] = "SELECT source FROM batch WHERE id = $1";
	struct zv_str text = ZV_STR("");
	struct zv_stmt *stmt;
	int64_t at;
	bool row;
	enum zv_code code;

	if (zv_map_get_int(&at, &m->sources, batch_id)) {
		*out = m->source_texts.p[at];
		return ZV_OK;
	}
	code = zv_db_stmt(&stmt, m->db, sql, err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		text = zv_str_dup(m->arena, zv_col_text(stmt, 0));
		zv_stmt_reset(stmt);
	}
	zv_map_put_int(&m->sources, batch_id, (int64_t)m->source_texts.n);
	zv_vec_push(&m->source_texts, text);
	*out = text;
	return code;
}

/* "contracts.csv, 7": file and line, or the source alone when there is none. */
static enum zv_code add_origin(int32_t *out, struct zv_facts_making *m, int64_t batch_id, int64_t line, zv_date on, int status, struct zv_str uid,
			       struct zv_str document, struct zv_err *err)
{
	struct zv_rules_origin origin = {.document = document, .href = uid, .on = on, .status = status};
	struct zv_str source;
	enum zv_code code = source_of(&source, m, batch_id, err);

	if (code != ZV_OK)
		return code;
	origin.source = line > 0 ? zv_arena_strf(m->arena, "%.*s, %lld", ZV_STR_FMT(source), (long long)line) : source;
	*out = (int32_t)m->origins.n;
	zv_vec_push(&m->origins, origin);
	return ZV_OK;
}

static size_t key_of(char out[KEY_TEXT], int entity, int64_t row_id, const char *column)
{
	return (size_t)snprintf(out, KEY_TEXT, "%d/%lld/%s", entity, (long long)row_id, column != NULL ? column : "");
}

enum zv_code zv_facts_origin(int32_t *out, struct zv_facts_making *m, const struct zv_register *reg, const struct zv_record *record, const char *column,
			     struct zv_str document, struct zv_err *err)
{
	char key[KEY_TEXT];
	size_t n;
	int64_t at;
	enum zv_code code;

	*out = -1;
	if (m->ask->plain || record == NULL)
		return ZV_OK;
	n = key_of(key, reg->entity, record->id, column);
	if (zv_map_get(&at, &m->said, (struct zv_str){key, n})) {
		*out = (int32_t)at;
		return ZV_OK;
	}
	if (column != NULL)
		return ZV_OK;
	code = add_origin(out, m, record->batch_id, record->line, record->said_on, (int)record->status, record->uid, document, err);
	if (code == ZV_OK)
		zv_map_put(&m->said, (struct zv_str){key, n}, *out);
	return code;
}

/* --- rows of registers -------------------------------------------------------------------------------------------------------------- */

struct said_row {
	int64_t row_id, batch_id, line;
	struct zv_str field;
	int status;
	zv_date on;
};

static void read_said(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct said_row *)out = (struct said_row){
		.row_id = zv_col_int(stmt, 0),
		.field = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.status = (int)zv_col_int(stmt, 2),
		.on = (zv_date)zv_col_int(stmt, 3),
		.batch_id = zv_col_int(stmt, 4),
		.line = zv_col_int(stmt, 5),
	};
}

static struct zv_str uid_of(const struct zv_record *rows, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id)
			return rows[i].uid;
	return ZV_STR("");
}

static enum zv_code load_said(struct zv_facts_making *m, const struct zv_register *reg, const struct zv_record *rows, size_t n_rows, const char *sql,
			      int64_t subject, struct zv_err *err)
{
	struct said_row *said;
	struct zv_stmt *stmt;
	void *list = NULL;
	size_t n = 0;
	enum zv_code code = zv_db_stmt(&stmt, m->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, subject);
	code = zv_read_all(&list, &n, stmt, sizeof(*said), read_said, m->arena, err);
	said = list;
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		char key[KEY_TEXT];
		int32_t at;

		code = add_origin(&at, m, said[i].batch_id, said[i].line, said[i].on, said[i].status, uid_of(rows, n_rows, said[i].row_id), ZV_STR(""), err);
		if (code == ZV_OK)
			zv_map_put(&m->said, (struct zv_str){key, key_of(key, reg->entity, said[i].row_id, zv_str_dup(m->arena, said[i].field).p)}, at);
	}
	return code;
}

enum zv_code zv_facts_load(struct zv_record **out, size_t *n, struct zv_facts_making *m, const struct zv_register *reg, const struct zv_facts_query *query,
			   int64_t subject, struct zv_err *err)
{
	ZV_VEC(struct zv_record) rows = {0};
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, m->db, query->rows, err);

	*out = NULL;
	*n = 0;
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, subject);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_record record;

		zv_record_read(&record, stmt, reg, m->arena);
		zv_vec_push(&rows, record);
	}
	if (code == ZV_OK) {
		*out = zv_arena_calloc(m->arena, rows.n + 1, sizeof(**out));
		if (rows.n > 0)
			memcpy(*out, rows.p, rows.n * sizeof(**out));
		*n = rows.n;
	}
	zv_vec_done(&rows);
	if (code == ZV_OK && !m->ask->plain && query->said != NULL && *n > 0)
		code = load_said(m, reg, *out, *n, query->said, subject, err);
	return code;
}

const struct zv_value *zv_facts_value(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	return &record->values[zv_register_column(reg, column)];
}

/* --- adding -------------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_facts_row(struct zv_rules_cell **cells, struct zv_facts_making *m, enum zv_facts_table table, const struct zv_register *reg,
			  const struct zv_record *record, struct zv_str key, struct zv_str name, struct zv_err *err)
{
	const int fields = zv_facts_vocabulary()->tables[table].n_fields;
	struct zv_facts_part *part = &m->parts[table];
	int32_t origin = -1;
	enum zv_code code = record != NULL ? zv_facts_origin(&origin, m, reg, record, NULL, ZV_STR(""), err) : ZV_OK;

	if (code != ZV_OK)
		return code;
	if (part->n >= ZV_RULES_ROWS_MAX)
		return zv_fail(err, ZV_E_LIMIT, zv_facts_vocabulary()->tables[table].name, N_("There are more than %d rows of facts; this cannot be checked at once."),
			       ZV_RULES_ROWS_MAX);
	zv_vec_push(&part->keys, key);
	zv_vec_push(&part->names, name);
	zv_vec_push(&part->origins, origin);
	for (int i = 0; i < fields; i++)
		zv_vec_push(&part->cells, ((struct zv_rules_cell){.origin = -1}));
	part->n++;
	*cells = part->cells.p + part->cells.n - fields;
	return ZV_OK;
}

void zv_facts_text(struct zv_rules_cell *cell, struct zv_str text)
{
	cell->known = text.n > 0;
	cell->text = text;
}

void zv_facts_number(struct zv_rules_cell *cell, int64_t value)
{
	cell->known = true;
	cell->lo = cell->hi = value;
}

void zv_facts_from(struct zv_facts_making *m, struct zv_rules_cell *cell, const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_column *described = &reg->columns[zv_register_column(reg, column)];
	const struct zv_value *value = zv_facts_value(reg, record, column);
	struct zv_err ignored;

	if (!value->null && described->type == ZV_COL_TEXT)
		zv_facts_text(cell, value->s);
	else if (!value->null && described->type == ZV_COL_ENUM)
		zv_facts_text(cell, zv_str_c(described->words[value->i]));
	else if (!value->null)
		zv_facts_number(cell, value->i);
	/* A column without history has the origin of its row: this looks in memory and cannot fail. */
	if (zv_facts_origin(&cell->origin, m, reg, record, column, ZV_STR(""), &ignored) != ZV_OK)
		cell->origin = -1;
}

int zv_facts_yes_no(struct zv_str text)
{
	static const char *const words[][2] = {{"no", "yes"}, {"нет", "да"}, {"false", "true"}, {"0", "1"}, {"Нет", "Да"}, {"No", "Yes"}};

	text = zv_str_trim(text);
	for (size_t i = 0; i < ZV_LEN(words); i++)
		for (int v = 0; v < 2; v++)
			if (zv_str_eq_c(text, words[i][v]))
				return v;
	return -1;
}

struct zv_str zv_facts_district(struct zv_str region)
{
	const struct zv_region *found;
	struct zv_err ignored;

	if (region.n == 0 || zv_regions_find(&found, zv_regions_builtin(), region, "region", &ignored) != ZV_OK)
		return ZV_STR("");
	return found->district;
}

enum zv_code zv_facts_in_register(int *out, struct zv_facts_making *m, int64_t cluster_id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_cluster cluster = {.id = cluster_id, .state_on = ZV_DATE_NONE};
	enum zv_cluster_state state = ZV_CLUSTER_UNKNOWN;
	struct zv_record record;
	zv_date since;
	enum zv_code code = zv_record_by_id(&record, m->db, reg, cluster_id, m->arena, err);

	*out = -1;
	if (code != ZV_OK)
		return code;
	cluster.state = (enum zv_cluster_state)zv_facts_value(reg, &record, "state")->i;
	if (!zv_facts_value(reg, &record, "state_on")->null)
		cluster.state_on = (zv_date)zv_facts_value(reg, &record, "state_on")->i;
	code = zv_cluster_state_on(&state, &since, m->db, &cluster, m->ask->on, err);
	if (code == ZV_OK && state != ZV_CLUSTER_UNKNOWN)
		*out = state == ZV_CLUSTER_IN_REGISTER;
	return code;
}

/* --- what people stated ------------------------------------------------------------------------------------------------------------- */

static void put_stated(struct zv_facts_making *m, struct zv_rules_stated stated)
{
	for (size_t i = 0; i < m->stated.n; i++)
		if (zv_str_eq(m->stated.p[i].name, stated.name)) {
			m->stated.p[i] = stated;
			return;
		}
	zv_vec_push(&m->stated, stated);
}

enum zv_code zv_facts_statements(struct zv_facts_making *m, const struct zv_record *rows, size_t n, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("statement");
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_rules_stated stated = {.name = zv_facts_value(reg, &rows[i], "name")->s, .value = zv_facts_value(reg, &rows[i], "value")->s, .origin = -1};

		if (rows[i].said_on > m->ask->on)
			continue;
		code = zv_facts_origin(&stated.origin, m, reg, &rows[i], "value", ZV_STR(""), err);
		if (code == ZV_OK && stated.origin < 0)
			code = zv_facts_origin(&stated.origin, m, reg, &rows[i], NULL, zv_facts_value(reg, &rows[i], "document")->s, err);
		if (code == ZV_OK)
			put_stated(m, stated);
	}
	return code;
}

/* A value as typed into a cell of the registers' own tables ("org.staff"). False: that is none, or is not written as its type. */
static bool set_single(struct zv_facts_making *m, struct zv_str name, struct zv_str value)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	ptrdiff_t dot = zv_str_find_char(name, '.');
	struct zv_rules_cell cell = {.known = true, .origin = -1};
	int yes;
	zv_date day;

	for (int t = 0; t < v->n_tables && dot > 0; t++) {
		const struct zv_rules_table *table = &v->tables[t];

		if (!table->single || m->parts[t].n == 0 || !zv_str_eq_c(zv_str_first(name, (size_t)dot), table->name))
			continue;
		for (int f = 0; f < table->n_fields; f++) {
			if (!zv_str_eq_c(zv_str_from(name, (size_t)dot + 1), table->fields[f].name))
				continue;
			switch (table->fields[f].type) {
			case ZV_RULES_TEXT:
				cell.text = value;
				break;
			case ZV_RULES_BOOL:
				yes = zv_facts_yes_no(value);
				if (yes < 0)
					return false;
				cell.lo = cell.hi = yes;
				break;
			case ZV_RULES_DATE:
				if (!zv_date_parse(&day, value))
					return false;
				cell.lo = cell.hi = day;
				break;
			default:
				if (!zv_str_int(&cell.lo, value))
					return false;
				if (table->fields[f].type == ZV_RULES_MONEY && __builtin_mul_overflow(cell.lo, (int64_t)KOPECKS, &cell.lo))
					return false;
				cell.hi = cell.lo;
			}
			m->parts[t].cells.p[f] = cell;
			return true;
		}
	}
	return false;
}

enum zv_code zv_facts_state_edits(struct zv_facts_making *m, struct zv_err *err)
{
	(void)err;
	for (size_t i = 0; i < m->ask->n_edits; i++) {
		const struct zv_facts_edit *edit = &m->ask->edits[i];

		if (edit->kind == ZV_FACTS_STATE && !set_single(m, edit->name, edit->value))
			put_stated(m, (struct zv_rules_stated){.name = edit->name, .value = edit->value, .origin = -1});
	}
	return ZV_OK;
}
