/* One record at a time is held as a tree; columns are looked up in it by path. */
#include "format/records.h"

#include <stdlib.h>
#include <string.h>

enum { NODE_COST = 16 };

struct zv_record_node {
	struct zv_str name; /* "@name" for an attribute */
	struct zv_str text; /* of an element without elements inside */
	struct zv_record_node *parent;
	struct zv_record_node *first;
	struct zv_record_node *last;
	struct zv_record_node *next;
};

enum place { IN_LIST, IN_RECORD, OUTSIDE };

struct zv_record_column {
	enum place place;
	struct zv_str *steps;
	size_t n;
	char *kept; /* OUTSIDE: the latest value */
	size_t n_kept;
};

static struct zv_str *split_path(size_t *n, struct zv_arena *arena, struct zv_str path)
{
	struct zv_str *steps = ZV_ARENA_ARRAY(arena, struct zv_str, path.n + 1);
	struct zv_str rest = path;
	struct zv_str step;

	*n = 0;
	while (path.n > 0 && zv_str_split(&step, &rest, '/')) {
		if (step.n > 0 && !zv_str_eq(step, ZV_STR(".")))
			steps[(*n)++] = step;
	}
	return steps;
}

static void compile_column(struct zv_record_column *column, struct zv_records *r, struct zv_str path)
{
	column->place = r->spec->list != NULL ? IN_LIST : IN_RECORD;
	if (zv_str_starts(path, ZV_STR("../"))) {
		column->place = IN_RECORD;
		path = zv_str_from(path, 3);
	} else if (zv_str_starts(path, ZV_STR("/"))) {
		column->place = OUTSIDE;
	}
	column->steps = split_path(&column->n, &r->compiled, path);
}

void zv_records_init(struct zv_records *r, struct zv_parse *parse, const struct zv_record_spec *spec)
{
	*r = (struct zv_records){.parse = parse, .spec = spec};
	zv_arena_init(&r->compiled);
	zv_arena_init(&r->arena);
	zv_buf_init(&r->names, 0);
	r->columns = ZV_ARENA_ARRAY(&r->compiled, struct zv_record_column, spec->n_columns);
	r->cells = ZV_ARENA_ARRAY(&r->compiled, struct zv_str, spec->n_columns);
	for (size_t i = 0; i < spec->n_columns; i++)
		compile_column(&r->columns[i], r, zv_str_c(spec->columns[i]));
	if (spec->list != NULL)
		r->list = split_path(&r->n_list, &r->compiled, zv_str_c(spec->list));
}

void zv_records_done(struct zv_records *r)
{
	for (size_t i = 0; i < r->spec->n_columns; i++)
		free(r->columns[i].kept);
	zv_vec_done(&r->found);
	zv_buf_done(&r->names);
	zv_arena_done(&r->arena);
	zv_arena_done(&r->compiled);
}

enum zv_code zv_records_header(struct zv_records *r, struct zv_err *err)
{
	struct zv_row row = {.cells = r->cells, .n = r->spec->n_columns, .fault_column = -1};

	for (size_t i = 0; i < row.n; i++)
		r->cells[i] = zv_str_c(r->spec->columns[i]);
	return zv_parse_row(r->parse, &row, err);
}

void zv_records_enter(struct zv_records *r, struct zv_str name)
{
	assert(r->depth < ZV_LIMIT_DEPTH);
	zv_buf_add_str(&r->names, name);
	r->ends[r->depth++] = r->names.n;
}

void zv_records_leave(struct zv_records *r)
{
	r->depth--;
	r->names.n = r->depth > 0 ? r->ends[r->depth - 1] : 0;
}

static struct zv_str step_at(const struct zv_records *r, size_t at)
{
	size_t from = at > 0 ? r->ends[at - 1] : 0;

	return (struct zv_str){r->names.p + from, r->ends[at] - from};
}

/* Does the place where the reader stands, with the attribute as its last step, end in the column's path? */
static bool ends_in(const struct zv_records *r, const struct zv_record_column *column, struct zv_str attribute)
{
	size_t n = r->depth + (attribute.n > 0);

	if (column->place != OUTSIDE || column->n == 0 || column->n > n)
		return false;
	for (size_t i = 0; i < column->n; i++) {
		size_t at = n - column->n + i;
		struct zv_str step = at < r->depth ? step_at(r, at) : attribute;

		if (!zv_str_eq(step, column->steps[i]))
			return false;
	}
	return true;
}

void zv_records_outside(struct zv_records *r, struct zv_str attribute, struct zv_str value)
{
	for (size_t i = 0; i < r->spec->n_columns; i++) {
		struct zv_record_column *column = &r->columns[i];

		if (!ends_in(r, column, attribute))
			continue;
		column->kept = zv_realloc(column->kept, value.n);
		if (value.n > 0)
			memcpy(column->kept, value.p, value.n);
		column->n_kept = value.n;
	}
}

bool zv_records_inside(const struct zv_records *r)
{
	return r->root != NULL;
}

size_t zv_records_depth(const struct zv_records *r)
{
	size_t depth = 0;

	for (const struct zv_record_node *node = r->at; node != NULL && node != r->root; node = node->parent)
		depth++;
	return depth;
}

void zv_records_begin(struct zv_records *r)
{
	zv_arena_reset(&r->arena);
	r->root = r->at = ZV_ARENA_NEW(&r->arena, struct zv_record_node);
	r->size = 0;
	r->ordinal++;
}

static enum zv_code grow(struct zv_records *r, size_t n, struct zv_err *err)
{
	r->size += n;
	if (r->size > ZV_LIMIT_ROW)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Record %lld is longer than %d MiB."), (long long)r->ordinal,
			       ZV_LIMIT_ROW >> 20);
	return ZV_OK;
}

static struct zv_record_node *add_node(struct zv_records *r, struct zv_str name)
{
	struct zv_record_node *node = ZV_ARENA_NEW(&r->arena, struct zv_record_node);

	node->name = zv_str_dup(&r->arena, name);
	node->parent = r->at;
	if (r->at->last != NULL)
		r->at->last->next = node;
	else
		r->at->first = node;
	r->at->last = node;
	return node;
}

enum zv_code zv_records_open(struct zv_records *r, struct zv_str name, struct zv_err *err)
{
	enum zv_code code = grow(r, name.n + NODE_COST, err);

	if (code == ZV_OK)
		r->at = add_node(r, name);
	return code;
}

enum zv_code zv_records_attribute(struct zv_records *r, struct zv_str name, struct zv_str value, struct zv_err *err)
{
	enum zv_code code = grow(r, name.n + value.n + NODE_COST, err);

	if (code == ZV_OK)
		add_node(r, name)->text = zv_str_dup(&r->arena, value);
	return code;
}

enum zv_code zv_records_text(struct zv_records *r, struct zv_str text, struct zv_err *err)
{
	enum zv_code code = grow(r, text.n, err);

	if (code == ZV_OK)
		r->at->text = zv_str_dup(&r->arena, text);
	return code;
}

void zv_records_close(struct zv_records *r)
{
	r->at = r->at->parent;
}

/* The first node at the end of the path, depth first; every one of them into r->found if `all`. */
static const struct zv_record_node *find(struct zv_records *r, struct zv_record_node *node, const struct zv_str *steps, size_t n,
					 bool all)
{
	if (n == 0) {
		if (all)
			zv_vec_push(&r->found, node);
		return all ? NULL : node;
	}
	for (struct zv_record_node *child = node->first; child != NULL; child = child->next) {
		const struct zv_record_node *found =
			zv_str_eq(child->name, steps[0]) ? find(r, child, steps + 1, n - 1, all) : NULL;

		if (found != NULL)
			return found;
	}
	return NULL;
}

static struct zv_str value_of(struct zv_records *r, struct zv_record_node *node, const struct zv_record_column *column)
{
	const struct zv_record_node *found = find(r, node, column->steps, column->n, false);

	return found != NULL ? found->text : ZV_STR("");
}

static enum zv_code give_row(struct zv_records *r, struct zv_record_node *element, struct zv_err *err)
{
	struct zv_row row = {.line = r->ordinal, .cells = r->cells, .n = r->spec->n_columns, .fault_column = -1};

	for (size_t i = 0; i < row.n; i++) {
		if (r->columns[i].place == IN_LIST)
			r->cells[i] = element != NULL ? value_of(r, element, &r->columns[i]) : ZV_STR("");
	}
	return zv_parse_row(r->parse, &row, err);
}

enum zv_code zv_records_end(struct zv_records *r, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < r->spec->n_columns; i++) { /* the same in every row of the record */
		const struct zv_record_column *column = &r->columns[i];

		if (column->place == IN_RECORD)
			r->cells[i] = value_of(r, r->root, column);
		else if (column->place == OUTSIDE)
			r->cells[i] = (struct zv_str){column->kept, column->n_kept};
	}
	r->found.n = 0;
	if (r->spec->list != NULL)
		(void)find(r, r->root, r->list, r->n_list, true);
	if (r->found.n == 0)
		code = give_row(r, NULL, err);
	for (size_t i = 0; i < r->found.n && code == ZV_OK; i++)
		code = give_row(r, r->found.p[i], err);
	r->root = r->at = NULL;
	return code;
}
