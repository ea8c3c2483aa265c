/* Looking facts up: cells of the tables, what was stated, parameters of the day. */
#include "engine/rules/eval.h"

enum { SEEN_MAX = 100000 };

int rules_fact_cmp(struct rules_fact a, struct rules_fact b)
{
	if (a.table != b.table)
		return a.table < b.table ? -1 : 1;
	if (a.row != b.row)
		return a.row < b.row ? -1 : 1;
	return (a.field > b.field) - (a.field < b.field);
}

void rules_note(struct rules_eval *ev, struct rules_fact fact, bool unknown, enum zv_truth holds)
{
	if (ev->seen.n < SEEN_MAX)
		zv_vec_push(&ev->seen, ((struct rules_seen){fact, ev->rank, ev->seen.n, unknown, holds}));
}

/* What is assumed of the fact, or NULL. Sorted by fact. */
static const struct rules_assumed *find_assumed(const struct rules_eval *ev, struct rules_fact fact)
{
	size_t lo = 0, hi = ev->n_assumed;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = rules_fact_cmp(ev->assumed[mid].fact, fact);

		if (order == 0)
			return ev->assumed[mid].set ? &ev->assumed[mid] : NULL;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static bool is_open(const struct rules_value *value, int type)
{
	if (type == ZV_RULES_BOOL)
		return value->truth == ZV_UNKNOWN;
	return type == ZV_RULES_TEXT ? !value->known : !rules_is_point(value->range);
}

static struct rules_value settle(struct rules_eval *ev, struct rules_fact fact, int type, struct rules_value value)
{
	bool open = is_open(&value, type);

	if (open && ev->n_assumed > 0) {
		const struct rules_assumed *assumed = find_assumed(ev, fact);

		if (assumed != NULL) {
			value = assumed->value;
			open = false;
		}
	}
	if (ev->watch)
		rules_note(ev, fact, open, ZV_UNKNOWN);
	return value;
}

struct rules_value rules_field(struct rules_eval *ev, int table, int field, const struct zv_rules_rows *rows, size_t row)
{
	const struct zv_rules_table *head = &ev->pack->vocabulary->tables[table];
	const struct zv_rules_field *of = &head->fields[field];
	struct rules_value value;

	if (row >= rows->n) { /* a single thing that is not there */
		value = rules_value_unknown(of->type, of->signed_value);
	} else {
		const struct zv_rules_cell *cell = &rows->cells[row * (size_t)head->n_fields + (size_t)field];
		bool known = cell->known && cell->lo <= cell->hi;

		if (of->type == ZV_RULES_TEXT) {
			value = (struct rules_value){.known = cell->known, .text = cell->text};
		} else if (!known) {
			value = rules_value_unknown(of->type, of->signed_value);
		} else {
			value.range = (struct rules_range){{cell->lo, 1}, {cell->hi, 1}};
			value.truth = of->type != ZV_RULES_BOOL || cell->lo != cell->hi ? ZV_UNKNOWN : cell->lo != 0 ? ZV_YES : ZV_NO;
			value.known = true;
			value.text = (struct zv_str){"", 0};
		}
	}
	if (!ev->watch && ev->n_assumed == 0)
		return value;
	return settle(ev, (struct rules_fact){table, field, row}, (int)of->type, value);
}

struct rules_value rules_stated(struct rules_eval *ev, int at)
{
	const struct zv_rules_declared *declared = &ev->pack->declared[at];
	struct rules_cached *cached = &ev->declared[at];

	if (!cached->read) {
		cached->read = true;
		cached->stated = -1;
		cached->value = rules_value_unknown(declared->type, false);
		for (size_t i = 0; i < ev->facts->n_stated && cached->stated < 0; i++) {
			if (zv_str_eq(ev->facts->stated[i].name, declared->name) &&
			    rules_value_read(&cached->value, declared->type, ev->facts->stated[i].value, NULL) == ZV_OK)
				cached->stated = (int)i;
		}
	}
	return settle(ev, (struct rules_fact){-1, 0, (size_t)at}, (int)declared->type, cached->value);
}

const struct zv_rules_parameter_value *rules_parameter_value(const struct zv_rules_parameter *parameter, zv_date day)
{
	/* Sorted by the first day: of those that hold the last one counts. */
	for (int i = parameter->n_values - 1; i >= 0; i--) {
		const struct zv_rules_parameter_value *value = &parameter->values[i];

		if ((value->from == ZV_DATE_NONE || value->from <= day) && (value->to == ZV_DATE_NONE || day <= value->to))
			return value;
	}
	return NULL;
}

struct rules_value rules_parameter(struct rules_eval *ev, int at)
{
	const struct zv_rules_parameter *parameter = &ev->pack->parameters[at];
	const struct zv_rules_parameter_value *value = rules_parameter_value(parameter, ev->facts->today);

	if (ev->watch)
		rules_note(ev, (struct rules_fact){-2, 0, (size_t)at}, false, ZV_UNKNOWN);
	if (value == NULL)
		return rules_value_unknown(parameter->type, true);
	return ev->pack->inner_parameters[at].values[value - parameter->values];
}
