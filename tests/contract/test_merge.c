/* Merging organisations and taking it back: in random worlds, everything is as it was, to the last row, and the trail still holds. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/batches.h"
#include "app/merge.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/rng.h"
#include "store/audit.h"
#include "store/org.h"
#include "store/org_merge.h"

enum { ORGS = 6, ROUNDS = 12 };

static struct zv_rng rng;
static struct zv_str uids[ORGS];
static int64_t ids[ORGS];

static int64_t any_org(void)
{
	return ids[zv_rng_below(&rng, ORGS)];
}

static const struct zv_register *reg(const char *name)
{
	return zv_register_find(name);
}

static void exec(const char *sql)
{
	OK(zv_db_exec(fx.db, sql, &fx.err));
}

/* Some state this, some that: blanks of one are filled by the other. */
static void add_orgs(const struct zv_batch *batch)
{
	static const char *const columns[] = {"inn", "ogrn", "phone", "site", "address", "short_name", "note"};

	for (int i = 0; i < ORGS; i++) {
		struct zv_record org = fixture_record(reg("org"), batch, NULL);

		for (size_t k = 0; k < ZV_LEN(columns); k++)
			if (zv_rng_below(&rng, 2) == 0)
				fixture_set_text(reg("org"), &org, columns[k], zv_arena_strf(&fx.arena, "%s %d", columns[k], i).p);
		org.status = zv_rng_below(&rng, 2) == 0 ? ZV_DECLARED : ZV_CONFIRMED_DOCUMENT;
		org.said_on = 20000 + (zv_date)zv_rng_below(&rng, 5);
		ids[i] = fixture_insert(reg("org"), &org);
		uids[i] = zv_str_dup(&fx.arena, org.uid);
	}
}

/* References that the register must have, where none is said. */
static void add_parents(const struct zv_register *r, struct zv_record *row, const struct zv_batch *batch)
{
	static const char *const must[] = {"supplier_id", "seller_id", "buyer_id", "org_id", "cluster_id", "project_id", "contract_id", "infra_id"};

	for (size_t i = 0; i < ZV_LEN(must); i++) {
		int at = zv_register_column(r, must[i]);
		const struct zv_register *to;
		struct zv_record parent;

		if (at < 0 || !row->values[at].null)
			continue;
		to = reg(r->columns[at].ref);
		if (strcmp(to->name, "org") == 0) {
			row->values[at] = (struct zv_value){.i = any_org()};
			continue;
		}
		parent = fixture_record(to, batch, NULL);
		add_parents(to, &parent, batch);
		row->values[at] = (struct zv_value){.i = fixture_insert(to, &parent)};
	}
}

static bool has_item(const struct zv_register *r)
{
	static const char *const names[] = {"offer", "capacity", "product", "recipe_line", "line_source"};

	for (size_t i = 0; i < ZV_LEN(names); i++)
		if (strcmp(r->name, names[i]) == 0)
			return true;
	return false;
}

static void add_rows(const struct zv_batch *batch)
{
	struct zv_record item = fixture_record(reg("item"), batch, NULL);
	int64_t item_id = fixture_insert(reg("item"), &item);

	for (size_t i = 0; zv_org_references[i].reg != NULL; i++) {
		for (uint64_t n = zv_rng_below(&rng, 8); n > 0; n--) {
			const struct zv_register *r = reg(zv_org_references[i].reg);
			struct zv_record row = fixture_record(r, batch, NULL);

			fixture_set_int(r, &row, zv_org_references[i].column, any_org());
			add_parents(r, &row, batch);
			if (has_item(r))
				fixture_set_int(r, &row, "item_id", item_id);
			row.status = (enum zv_status)(1 + zv_rng_below(&rng, 4));
			fixture_insert(r, &row);
		}
	}
}

/* A value that changed before has facts of its own: those are re-pointed as well. */
static void change_owners(void)
{
	struct zv_batch batch = fixture_batch("needs", 20010);
	struct zv_record need = {0};
	struct zv_stmt *stmt;
	int64_t need_ids[64];
	size_t n = 0;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, "SELECT id FROM need ORDER BY id LIMIT 64", &fx.err));
	for (;;) {
		OK(zv_stmt_step(&row, stmt, &fx.err));
		if (!row)
			break;
		need_ids[n++] = zv_col_int(stmt, 0);
	}
	for (size_t i = 0; i < n; i++) {
		struct zv_record changed;
		int count;

		if (zv_rng_below(&rng, 2) == 0)
			continue;
		need = fixture_load(reg("need"), need_ids[i]);
		changed = need;
		changed.batch_id = batch.id;
		changed.said_on = 20010;
		changed.status = (enum zv_status)(1 + zv_rng_below(&rng, 3));
		fixture_set_int(reg("need"), &changed, "org_id", any_org());
		OK(zv_record_change(&count, fx.db, reg("need"), &need, &changed, &fx.err));
	}
	fixture_commit(&batch);
}

static void insert(const char *sql, int64_t id, int64_t org, int64_t other)
{
	struct zv_stmt *stmt;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, org);
	if (strstr(sql, "$3") != NULL)
		zv_bind_int(stmt, 3, other);
	OK(zv_stmt_run(stmt, &fx.err));
}

/* What is in no register, one or a few of each; some would meet after a merge. */
static void add_others(void)
{
	OK(zv_db_begin(fx.db, &fx.err));
	for (int i = 1; i <= 4; i++) {
		insert("INSERT INTO account (id, uid, login, name, state, created_ms) VALUES ($1, 'acc_' || CAST($2 AS TEXT), 'l' || CAST($2 AS TEXT), "
		       "'n', 1, 0)", i, i, 0);
		insert("INSERT INTO account_role (account_id, place, role, centre_id, org_id) VALUES ($1, 0, 'buyer', NULL, $2)", i, any_org(), 0);
		insert("INSERT INTO task (id, uid, kind, org_id, subject, params, state, made_by, made_ms) VALUES ($1, 'task_' || CAST($3 AS TEXT), "
		       "'need.possible', $2, 'need_x', '{}', 1, 'x', 0) ON CONFLICT DO NOTHING", i, any_org(), i);
		insert("INSERT INTO disclosure (id, owner_id, to_org_id, subject, what, reason, actor, at_ms) VALUES ($1, $2, $3, 'n', 'w', 'r', 'a', 0)",
		       i, any_org(), any_org());
		insert("INSERT INTO dup_pair (id, uid, org_id, fingerprint, row_text, score, reasons) VALUES ($1, 'dup_' || CAST($3 AS TEXT), $2, 'f', '{}', "
		       "900, '') ON CONFLICT DO NOTHING", i, any_org(), i);
		insert("INSERT INTO contact (id, uid, need_id, org_id, note, state, asked_by, asked_ms) SELECT CAST($1 AS BIGINT), 'contact_' || CAST($3 AS TEXT), "
		       "MIN(n.id), CAST($2 AS BIGINT), '', 1, 'x', 0 FROM need n HAVING COUNT(*) > 0 ON CONFLICT DO NOTHING", i, any_org(), i);
	}
	OK(zv_db_commit(fx.db, &fx.err));
}

static void make_world(void)
{
	struct zv_batch batch = fixture_batch("all", 20000);

	add_orgs(&batch);
	add_rows(&batch);
	fixture_commit(&batch);
	change_owners();
	add_others();
}

static void add_table(struct zv_buf *out, const char *sql, int columns)
{
	struct zv_stmt *stmt;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	for (;;) {
		OK(zv_stmt_step(&row, stmt, &fx.err));
		if (!row)
			break;
		for (int i = 0; i < columns; i++)
			zv_buf_addf(out, "%s%" PRId64, zv_col_is_null(stmt, i) ? "|-" : "|", zv_col_int(stmt, i));
		zv_buf_add_char(out, '\n');
	}
}

/* Registers and everything beside them that refers to organisations. */
static void picture(char out[130])
{
	struct zv_buf text;

	fixture_digest(out);
	zv_buf_init(&text, 0);
	add_table(&text, "SELECT account_id, place, org_id FROM account_role ORDER BY account_id, place", 3);
	add_table(&text, "SELECT id, org_id, state FROM task ORDER BY id", 3);
	add_table(&text, "SELECT id, owner_id, to_org_id FROM disclosure ORDER BY id", 3);
	add_table(&text, "SELECT id, org_id, verdict FROM dup_pair ORDER BY id", 3);
	add_table(&text, "SELECT id, need_id, org_id, state FROM contact ORDER BY id", 4);
	zv_digest_hex(out + 64, zv_buf_str(&text));
	zv_buf_done(&text);
}

static void trail_holds(void)
{
	struct zv_audit_verdict verdict;

	OK(zv_audit_verify(&verdict, fx.db, NULL, &fx.arena, &fx.err));
	if (!verdict.ok)
		fail_msg("%.*s", ZV_STR_FMT(verdict.reason));
}

/* No row of a register refers to it any more. */
static void nothing_points_to(int64_t org_id)
{
	for (size_t i = 0; zv_org_references[i].reg != NULL; i++) {
		struct zv_stmt *stmt;
		bool row = false;

		OK(zv_db_stmt(&stmt, fx.db, zv_org_references[i].sql_rows, &fx.err));
		zv_bind_int(stmt, 1, org_id);
		zv_bind_int(stmt, 2, -1);
		zv_bind_int(stmt, 3, 1);
		OK(zv_stmt_step(&row, stmt, &fx.err));
		if (row)
			fail_msg("a row of %s still refers to the merged organisation", zv_org_references[i].reg);
		zv_stmt_reset(stmt);
	}
}

static bool count_one(void *context, const struct zv_record *record)
{
	(void)record;
	*(int *)context += 1;
	return true;
}

static int listed(void)
{
	int n = 0;

	OK(zv_record_each(fx.db, reg("org"), -1, INT64_MAX, count_one, &n, &fx.err));
	return n;
}

static struct zv_who local(void)
{
	struct zv_who who;

	zv_who_local(&who, ZV_STR("cli:test"));
	return who;
}

/* Merges pairs until few are left, then takes all back, last first; after each step back the picture is the one before. */
static void one_world(void)
{
	struct zv_who who = local();
	char pictures[ORGS][130];
	int from[ORGS], merged = 0, want = 1 + (int)zv_rng_below(&rng, ORGS - 1);
	bool gone[ORGS] = {false};

	make_world();
	while (merged < want) {
		int a = (int)zv_rng_below(&rng, ORGS), b = (int)zv_rng_below(&rng, ORGS);
		struct zv_merged out;
		struct zv_str target;

		if (a == b || gone[a] || gone[b])
			continue;
		picture(pictures[merged]);
		OK(zv_merge_orgs(&out, fx.db, who.actor, uids[a], uids[b], &fx.arena, &fx.err));
		nothing_points_to(ids[a]);
		OK(zv_merge_target(&target, fx.db, uids[a], &fx.arena, &fx.err));
		assert_true(zv_str_eq(target, uids[b]));
		trail_holds();
		gone[a] = true;
		from[merged++] = a;
		assert_int_equal(listed(), ORGS - merged);
	}
	while (merged-- > 0) {
		char now[130];

		OK(zv_merge_undo(fx.db, &who, uids[from[merged]], &fx.arena, &fx.err));
		picture(now);
		assert_string_equal(now, pictures[merged]);
		trail_holds();
	}
	assert_int_equal(listed(), ORGS);
}

static void merging_and_taking_it_back_leaves_everything_as_it_was(void **state)
{
	static uint64_t seed;
	const char *given = getenv("ZVENO_TEST_SEED");

	(void)state;
	if (seed == 0)
		seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)zv_now_ms();
	print_message("seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed++);
	one_world();
}

/* --- single cases ------------------------------------------------------------------------------------------------------------ */

static void small_world(void)
{
	zv_rng_init(&rng, 7);
	make_world();
}

static void every_column_that_refers_to_organisations_is_known(void **state)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);

	(void)state;
	for (int i = 0; i < n; i++) {
		for (int c = 0; c < all[i]->n_columns; c++) {
			bool known = false;

			if (all[i]->columns[c].ref == NULL || strcmp(all[i]->columns[c].ref, "org") != 0)
				continue;
			for (size_t k = 0; zv_org_references[k].reg != NULL && !known; k++)
				known = strcmp(zv_org_references[k].reg, all[i]->name) == 0 &&
					strcmp(zv_org_references[k].column, all[i]->columns[c].name) == 0;
			if (!known)
				fail_msg("%s.%s is not in zv_org_references", all[i]->name, all[i]->columns[c].name);
		}
	}
}

static void a_chain_of_merges_leads_to_its_end(void **state)
{
	struct zv_merged out;
	struct zv_str target;

	(void)state;
	small_world();
	OK(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[0], uids[1], &fx.arena, &fx.err));
	OK(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[1], uids[2], &fx.arena, &fx.err));
	OK(zv_merge_target(&target, fx.db, uids[0], &fx.arena, &fx.err));
	assert_true(zv_str_eq(target, uids[2]));
	assert_int_equal(zv_merge_target(&target, fx.db, uids[2], &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

static void what_is_merged_or_the_same_is_refused(void **state)
{
	struct zv_merged out;
	char before[130], after[130];

	(void)state;
	small_world();
	OK(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[0], uids[1], &fx.arena, &fx.err));
	picture(before);
	assert_int_equal(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[2], uids[2], &fx.arena, &fx.err), ZV_E_INVALID);
	assert_int_equal(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[0], uids[2], &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[2], uids[0], &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), ZV_STR("org_nothing"), uids[3], &fx.arena, &fx.err), ZV_E_NOTFOUND);
	picture(after);
	assert_string_equal(before, after);
}

static void after_thirty_days_a_merge_stays(void **state)
{
	struct zv_who who = local();
	struct zv_merged out;

	(void)state;
	small_world();
	OK(zv_merge_orgs(&out, fx.db, who.actor, uids[0], uids[1], &fx.arena, &fx.err));
	exec("UPDATE org_merge SET merged_ms = merged_ms - 2592000001"); /* 30 days and a millisecond */
	assert_int_equal(zv_merge_undo(fx.db, &who, uids[0], &fx.arena, &fx.err), ZV_E_CONFLICT);
	exec("UPDATE org_merge SET merged_ms = merged_ms + 60000");
	OK(zv_merge_undo(fx.db, &who, uids[0], &fx.arena, &fx.err));
	assert_int_equal(zv_merge_undo(fx.db, &who, uids[0], &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

static void what_was_changed_since_stands_in_the_way_and_nothing_is_half_undone(void **state)
{
	struct zv_who who = local();
	struct zv_record need, changed;
	struct zv_batch batch;
	struct zv_merged out;
	char before[130], after[130];
	int count;

	(void)state;
	small_world();
	batch = fixture_batch("needs", 20020);
	need = fixture_record(reg("need"), &batch, NULL);
	fixture_set_int(reg("need"), &need, "org_id", ids[0]);
	fixture_insert(reg("need"), &need);
	fixture_commit(&batch);
	OK(zv_merge_orgs(&out, fx.db, who.actor, uids[0], uids[1], &fx.arena, &fx.err));
	batch = fixture_batch("needs", 20030);
	need = fixture_load(reg("need"), need.id);
	changed = need;
	changed.batch_id = batch.id;
	changed.said_on = 20030;
	fixture_set_int(reg("need"), &changed, "org_id", ids[2]);
	OK(zv_record_change(&count, fx.db, reg("need"), &need, &changed, &fx.err));
	assert_int_equal(count, 1);
	fixture_commit(&batch);
	picture(before);
	assert_int_equal(zv_merge_undo(fx.db, &who, uids[0], &fx.arena, &fx.err), ZV_E_CONFLICT);
	picture(after);
	assert_string_equal(before, after);
	trail_holds();
}

static void a_merge_is_not_undone_as_a_batch(void **state)
{
	struct zv_batches_undone undone;
	struct zv_merged out;
	char before[130], after[130];

	(void)state;
	small_world();
	OK(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), uids[0], uids[1], &fx.arena, &fx.err));
	picture(before);
	assert_int_equal(zv_batches_undo(&undone, fx.db, out.batch, &fx.arena, &fx.err), ZV_E_CONFLICT);
	picture(after);
	assert_string_equal(before, after);
}

static void numbers_of_the_merged_one_are_found_at_the_other(void **state)
{
	struct zv_batch batch;
	struct zv_record a, b;
	struct zv_merged out;
	int64_t found[4];
	size_t n;

	(void)state;
	small_world();
	batch = fixture_batch("orgs", 20040);
	a = fixture_record(reg("org"), &batch, NULL);
	b = fixture_record(reg("org"), &batch, NULL);
	fixture_set_text(reg("org"), &a, "inn", "6299000012");
	fixture_set_text(reg("org"), &b, "inn", "6299000012");
	fixture_insert(reg("org"), &a);
	fixture_insert(reg("org"), &b);
	fixture_commit(&batch);
	OK(zv_orgs_by_inn(found, &n, 4, fx.db, ZV_STR("6299000012"), ZV_STR(""), &fx.err));
	assert_int_equal(n, 2);
	OK(zv_merge_orgs(&out, fx.db, ZV_STR("cli:test"), a.uid, b.uid, &fx.arena, &fx.err));
	OK(zv_orgs_by_inn(found, &n, 4, fx.db, ZV_STR("6299000012"), ZV_STR(""), &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(found[0], b.id);
}

int main(void)
{
	struct CMUnitTest tests[ROUNDS + 7] = {
		FIXTURE_TEST(every_column_that_refers_to_organisations_is_known),
		FIXTURE_TEST(a_chain_of_merges_leads_to_its_end),
		FIXTURE_TEST(what_is_merged_or_the_same_is_refused),
		FIXTURE_TEST(after_thirty_days_a_merge_stays),
		FIXTURE_TEST(what_was_changed_since_stands_in_the_way_and_nothing_is_half_undone),
		FIXTURE_TEST(a_merge_is_not_undone_as_a_batch),
		FIXTURE_TEST(numbers_of_the_merged_one_are_found_at_the_other),
	};

	for (int i = 0; i < ROUNDS; i++)
		tests[7 + i] = (struct CMUnitTest)FIXTURE_TEST(merging_and_taking_it_back_leaves_everything_as_it_was);
	return fixture_run("merge", tests, ZV_LEN(tests));
}
