/* Evidence: the facts that a leaf looked at, each once, with where they come from. */
#include <stdlib.h>

#include "engine/rules/show.h"

static const struct zv_rules_origin *origin_at(const struct rules_eval *ev, int32_t at)
{
	return at >= 0 && (size_t)at < ev->facts->n_origins ? &ev->facts->origins[at] : NULL;
}

static void put_origin(struct zv_rules_used *used, const struct zv_rules_origin *origin)
{
	used->origin.on = ZV_DATE_NONE;
	if (origin != NULL)
		used->origin = *origin;
}

static void put_value(struct zv_rules_used *used, struct rules_eval *ev, const struct rules_value *value, bool percent)
{
	struct zv_buf text;

	zv_buf_init(&text, RULES_TEXT_MAX);
	rules_show_value(&text, value, (int)used->type, percent);
	used->value = zv_str_dup(ev->arena, zv_buf_str(&text));
	zv_buf_done(&text);
}

static void fill_stated(struct zv_rules_used *used, struct rules_eval *ev, size_t at)
{
	struct rules_value value = rules_stated(ev, (int)at);
	const struct rules_cached *cached = &ev->declared[at];

	used->name = ev->pack->declared[at].name;
	used->type = ev->pack->declared[at].type;
	used->known = cached->stated >= 0;
	put_origin(used, cached->stated >= 0 ? origin_at(ev, ev->facts->stated[cached->stated].origin) : NULL);
	if (used->known)
		put_value(used, ev, &value, ev->pack->declared_percent[at]);
}

static void fill_parameter(struct zv_rules_used *used, struct rules_eval *ev, size_t at)
{
	const struct zv_rules_parameter *parameter = &ev->pack->parameters[at];
	const struct zv_rules_parameter_value *value = rules_parameter_value(parameter, ev->facts->today);

	used->name = parameter->name;
	used->type = parameter->type;
	used->known = value != NULL;
	used->origin.on = ZV_DATE_NONE;
	if (value == NULL)
		return;
	used->origin.source = value->source;
	used->origin.on = value->from;
	put_value(used, ev, &ev->pack->inner_parameters[at].values[value - parameter->values], ev->pack->inner_parameters[at].percent);
}

static void fill_cell(struct zv_rules_used *used, struct rules_eval *ev, const struct rules_seen *seen)
{
	const struct zv_rules_table *table = &ev->pack->vocabulary->tables[seen->fact.table];
	const struct zv_rules_rows *rows = &ev->facts->rows[seen->fact.table];
	size_t row = seen->fact.row;
	bool there = row < rows->n;
	const struct zv_rules_origin *origin = there && rows->origins != NULL ? origin_at(ev, rows->origins[row]) : NULL;
	struct rules_value value = {.truth = seen->holds};

	if (there && rows->names != NULL)
		used->of = rows->names[row];
	if (there && rows->keys != NULL)
		used->key = rows->keys[row];
	if (seen->fact.field < 0) {
		used->name = zv_str_c(table->name);
		used->type = ZV_RULES_BOOL;
		used->known = seen->holds != ZV_UNKNOWN;
	} else {
		const struct zv_rules_field *field = &table->fields[seen->fact.field];
		const struct zv_rules_origin *own =
			there ? origin_at(ev, rows->cells[row * (size_t)table->n_fields + (size_t)seen->fact.field].origin) : NULL;

		used->name = zv_arena_strf(ev->arena, "%s.%s", table->name, field->name);
		used->type = field->type;
		used->known = !seen->unknown;
		value = rules_field(ev, seen->fact.table, seen->fact.field, rows, row);
		origin = own != NULL ? own : origin;
	}
	put_origin(used, origin);
	/* a range is not known, but what is known of it is shown */
	if (used->known || seen->fact.field < 0 ||
	    (there && rows->cells[row * (size_t)table->n_fields + (size_t)seen->fact.field].known && used->type != ZV_RULES_BOOL))
		put_value(used, ev, &value, false);
}

struct zv_rules_used rules_used_one(struct rules_eval *ev, const struct rules_seen *seen)
{
	struct zv_rules_used used = {.table = seen->fact.table, .row = seen->fact.row, .field = seen->fact.field, .name = {"", 0}};

	if (seen->fact.table == -1)
		fill_stated(&used, ev, seen->fact.row);
	else if (seen->fact.table == -2)
		fill_parameter(&used, ev, seen->fact.row);
	else
		fill_cell(&used, ev, seen);
	return used;
}

static int by_fact(const void *a, const void *b)
{
	const struct rules_seen *x = a, *y = b;
	int order = rules_fact_cmp(x->fact, y->fact);

	if (order != 0)
		return order;
	return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : (x->order > y->order) - (x->order < y->order);
}

static int by_rank(const void *a, const void *b)
{
	const struct rules_seen *x = a, *y = b;

	return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : (x->order > y->order) - (x->order < y->order);
}

const struct zv_rules_used *rules_used(int *n, int *n_all, struct rules_eval *ev, bool open_first)
{
	struct rules_seen *seen = ev->seen.p;
	size_t kept = 0;
	struct zv_rules_used *used;

	if (ev->seen.n > 1)
		qsort(seen, ev->seen.n, sizeof(*seen), by_fact);
	for (size_t i = 0; i < ev->seen.n; i++) {
		if (kept > 0 && rules_fact_cmp(seen[kept - 1].fact, seen[i].fact) == 0)
			continue;
		seen[kept] = seen[i];
		if (open_first && seen[kept].unknown)
			seen[kept].rank -= 10000;
		kept++;
	}
	if (kept > 1)
		qsort(seen, kept, sizeof(*seen), by_rank);
	*n_all = (int)kept;
	*n = kept < ZV_RULES_USED_MAX ? (int)kept : ZV_RULES_USED_MAX;
	used = ZV_ARENA_ARRAY(ev->arena, struct zv_rules_used, (size_t)*n + 1);
	for (int i = 0; i < *n; i++)
		used[i] = rules_used_one(ev, &seen[i]);
	return used;
}
