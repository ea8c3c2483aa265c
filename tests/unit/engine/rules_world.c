/* Facts for tests, from short texts. */
#include "rules_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct zv_rules_field org_fields[] = {
	{"uid", ZV_RULES_TEXT, "", false}, {"kind", ZV_RULES_TEXT, "", false},   {"staff", ZV_RULES_NUMBER, "", false},
	{"shipped", ZV_RULES_MONEY, "", false}, {"in_registered", ZV_RULES_BOOL, "", false}, {"joined", ZV_RULES_DATE, "", false},
	{"balance", ZV_RULES_MONEY, "", true},  {"okpd2", ZV_RULES_TEXT, "", false},
};
static const struct zv_rules_field cluster_fields[] = {
	{"regions", ZV_RULES_NUMBER, "", false}, {"order_on", ZV_RULES_DATE, "", false}, {"state", ZV_RULES_TEXT, "", false}, {"specialised", ZV_RULES_BOOL, "", false},
};
static const struct zv_rules_field member_fields[] = {
	{"org", ZV_RULES_TEXT, "", false},     {"role", ZV_RULES_TEXT, "", false},        {"region", ZV_RULES_TEXT, "", false},
	{"producing", ZV_RULES_BOOL, "", false}, {"inside", ZV_RULES_MONEY, "", false}, {"shipped", ZV_RULES_MONEY, "", false},
	{"joined", ZV_RULES_DATE, "", false},   {"staff", ZV_RULES_NUMBER, "", false},  {"okved", ZV_RULES_TEXT, "", false},
};
static const struct zv_rules_field contract_fields[] = {
	{"seller", ZV_RULES_TEXT, "", false}, {"buyer", ZV_RULES_TEXT, "", false}, {"inside", ZV_RULES_BOOL, "", false},
	{"sum", ZV_RULES_MONEY, "", false},   {"signed", ZV_RULES_DATE, "", false},
};
static const struct zv_rules_field cost_fields[] = {
	{"category", ZV_RULES_TEXT, "", false}, {"sum", ZV_RULES_MONEY, "", false}, {"paid", ZV_RULES_DATE, "", false}, {"same_registered_cluster", ZV_RULES_BOOL, "", false},
};
static const struct zv_rules_table tables[W_TABLES] = {
	[W_ORG] = {"org", "", true, org_fields, ZV_LEN(org_fields)},
	[W_CLUSTER] = {"cluster", "", true, cluster_fields, ZV_LEN(cluster_fields)},
	[W_MEMBERS] = {"members", "", false, member_fields, ZV_LEN(member_fields)},
	[W_CONTRACTS] = {"contracts", "", false, contract_fields, ZV_LEN(contract_fields)},
	[W_COSTS] = {"costs", "", false, cost_fields, ZV_LEN(cost_fields)},
};
const struct zv_rules_vocabulary world_vocabulary = {tables, W_TABLES};

void world_init(struct world *w)
{
	memset(w, 0, sizeof(*w));
	zv_arena_init(&w->arena);
	w->facts = (struct zv_rules_facts){.rows = w->rows, .stated = w->stated};
	(void)zv_date_parse(&w->facts.today, ZV_STR("2026-03-01"));
	for (int t = 0; t < W_TABLES; t++)
		w->rows[t].complete = true;
}

void world_done(struct world *w)
{
	for (int t = 0; t < W_TABLES; t++) {
		free((void *)(uintptr_t)w->rows[t].cells);
		free((void *)(uintptr_t)w->rows[t].keys);
		free((void *)(uintptr_t)w->rows[t].names);
	}
	zv_arena_done(&w->arena);
}

static int64_t read_end(enum zv_rules_type type, struct zv_str text)
{
	zv_date date;
	int64_t n;

	if (type == ZV_RULES_DATE) {
		assert_true(zv_date_parse(&date, text));
		return date;
	}
	if (type == ZV_RULES_BOOL)
		return zv_str_eq_c(text, "yes");
	assert_true(zv_str_int(&n, text));
	return type == ZV_RULES_MONEY ? n * 100 : n;
}

static struct zv_rules_cell read_cell(struct world *w, enum zv_rules_type type, struct zv_str text)
{
	struct zv_rules_cell cell = {.known = true, .origin = -1};
	ptrdiff_t dots = zv_str_find(text, ZV_STR(".."));

	if (text.n == 0 || zv_str_eq_c(text, "?")) {
		cell.known = false;
	} else if (type == ZV_RULES_TEXT) {
		cell.text = zv_str_dup(&w->arena, text);
	} else if (dots >= 0) {
		cell.lo = read_end(type, zv_str_first(text, (size_t)dots));
		cell.hi = read_end(type, zv_str_from(text, (size_t)dots + 2));
	} else {
		cell.lo = cell.hi = read_end(type, text);
	}
	return cell;
}

/* Exactly as large as it must be, so that a read outside is seen. */
static struct zv_rules_cell *new_row(struct world *w, int table)
{
	struct zv_rules_rows *rows = &w->rows[table];
	size_t width = (size_t)tables[table].n_fields;
	struct zv_rules_cell *cells = realloc((void *)(uintptr_t)rows->cells, (rows->n + 1) * width * sizeof(*cells)), *row;

	rows->cells = cells;
	rows->keys = realloc((void *)(uintptr_t)rows->keys, (rows->n + 1) * sizeof(*rows->keys));
	rows->names = realloc((void *)(uintptr_t)rows->names, (rows->n + 1) * sizeof(*rows->names));
	row = cells + rows->n++ * width;
	for (size_t f = 0; f < width; f++)
		row[f] = (struct zv_rules_cell){.origin = -1};
	return row;
}

void world_row(struct world *w, int table, const char *values)
{
	struct zv_rules_cell *row = new_row(w, table);
	struct zv_str rest = zv_str_c(values), part, key = {"", 0};
	size_t at = w->rows[table].n - 1;

	for (int f = 0; f < tables[table].n_fields && zv_str_split(&part, &rest, '|'); f++) {
		row[f] = read_cell(w, tables[table].fields[f].type, part);
		if (f == 0)
			key = zv_str_dup(&w->arena, part);
	}
	((struct zv_str *)(uintptr_t)w->rows[table].keys)[at] = key;
	((struct zv_str *)(uintptr_t)w->rows[table].names)[at] = zv_arena_strf(&w->arena, "«%.*s»", ZV_STR_FMT(key));
}

void world_set(struct world *w, int table, const char *field, const char *value)
{
	if (w->rows[table].n == 0) {
		(void)new_row(w, table);
		((struct zv_str *)(uintptr_t)w->rows[table].keys)[0] = zv_str_c("one");
		((struct zv_str *)(uintptr_t)w->rows[table].names)[0] = zv_str_c("«one»");
	}
	for (int f = 0; f < tables[table].n_fields; f++) {
		if (strcmp(tables[table].fields[f].name, field) == 0) {
			((struct zv_rules_cell *)(uintptr_t)w->rows[table].cells)[f] = read_cell(w, tables[table].fields[f].type, zv_str_c(value));
			return;
		}
	}
	fail_msg("no field %s", field);
}

void world_state(struct world *w, const char *name, const char *value)
{
	w->stated[w->facts.n_stated++] = (struct zv_rules_stated){zv_str_c(name), zv_str_c(value), -1};
}

struct zv_rules_pack *world_pack(struct world *w, const char *body)
{
	static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];
	struct zv_str text = zv_arena_strf(&w->arena, "pack t { kind cluster title ru \"т\"\n%s\n}", body);
	struct zv_rules_pack *pack;
	struct zv_err err;
	size_t n;

	if (zv_rules_parse(&pack, faults, &n, text, &world_vocabulary, &w->arena, &err) != ZV_OK)
		fail_msg("%d:%d: %s\n%.*s", faults[0].line, faults[0].column, faults[0].err.text, ZV_STR_FMT(text));
	return pack;
}

static struct zv_rules_verdict evaluate(struct world *w, const char *condition, bool explain)
{
	struct zv_str body = zv_arena_strf(&w->arena, "criterion c { title ru \"к\" check %s }", condition);
	struct zv_rules_options options = {.explain = explain};
	struct zv_rules_verdict verdict;
	struct zv_err err;

	assert_int_equal(zv_rules_eval(&verdict, world_pack(w, body.p), 0, &w->facts, &options, &w->arena, &err), ZV_OK);
	return verdict;
}

enum zv_truth world_check(struct world *w, const char *condition)
{
	return evaluate(w, condition, false).truth;
}

struct zv_rules_verdict world_explain(struct world *w, const char *condition)
{
	return evaluate(w, condition, true);
}
