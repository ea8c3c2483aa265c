/* Registers, their history and the undo of batches, alike on every database. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "store/item.h"
#include "store/lots.h"
#include "store/need.h"
#include "store/org.h"

static const struct zv_register *reg_of(const char *name)
{
	const struct zv_register *reg = zv_register_find(name);

	assert_non_null(reg);
	return reg;
}

/* Rows of the batch that other registers refer to. */
struct ground {
	int64_t org, site, item, cluster, project, contract, infra;
};

static struct ground ground(const struct zv_batch *batch)
{
	struct ground g;
	struct zv_record record = fixture_record(reg_of("org"), batch, NULL);

	g.org = fixture_insert(reg_of("org"), &record);
	record = fixture_record(reg_of("site"), batch, NULL);
	fixture_set_int(reg_of("site"), &record, "org_id", g.org);
	g.site = fixture_insert(reg_of("site"), &record);
	record = fixture_record(reg_of("item"), batch, NULL);
	g.item = fixture_insert(reg_of("item"), &record);
	record = fixture_record(reg_of("cluster"), batch, NULL);
	g.cluster = fixture_insert(reg_of("cluster"), &record);
	record = fixture_record(reg_of("project"), batch, NULL);
	g.project = fixture_insert(reg_of("project"), &record);
	record = fixture_record(reg_of("infra"), batch, NULL);
	g.infra = fixture_insert(reg_of("infra"), &record);
	record = fixture_record(reg_of("contract"), batch, NULL);
	fixture_set_int(reg_of("contract"), &record, "seller_id", g.org);
	fixture_set_int(reg_of("contract"), &record, "buyer_id", g.org);
	g.contract = fixture_insert(reg_of("contract"), &record);
	return g;
}

static int64_t of_ground(const struct ground *g, const char *ref)
{
	static const char *const names[] = {"org", "site", "item", "cluster", "project", "contract", "infra"};
	const int64_t ids[] = {g->org, g->site, g->item, g->cluster, g->project, g->contract, g->infra};

	for (size_t i = 0; i < ZV_LEN(names); i++)
		if (strcmp(names[i], ref) == 0)
			return ids[i];
	fail_msg("nothing of the register %s to refer to", ref);
	return 0;
}

static void point(const struct zv_register *reg, struct zv_record *record, const struct ground *g)
{
	for (int i = 0; i < reg->n_columns; i++) {
		const char *ref = reg->columns[i].ref;

		if (ref != NULL)
			record->values[i] = (struct zv_value){.i = of_ground(g, ref)};
	}
}

static int64_t insert_need(const struct zv_batch *batch, const struct ground *g, const char *key, const char *title)
{
	struct zv_record record = fixture_record(reg_of("need"), batch, key);

	point(reg_of("need"), &record, g);
	fixture_set_text(reg_of("need"), &record, "title", title);
	fixture_set_int(reg_of("need"), &record, "qty_base", 40000000);
	fixture_set_int(reg_of("need"), &record, "ceiling_kop", 550000);
	fixture_set_int(reg_of("need"), &record, "ceiling_per", 1000000);
	return fixture_insert(reg_of("need"), &record);
}

static void assert_same_record(const struct zv_register *reg, const struct zv_record *a, const struct zv_record *b)
{
	assert_true(a->id == b->id && a->centre_id == b->centre_id && a->batch_id == b->batch_id && a->line == b->line);
	assert_true(a->said_on == b->said_on && a->status == b->status);
	assert_true(zv_str_eq(a->uid, b->uid) && zv_str_eq(a->source_key, b->source_key));
	for (int i = 0; i < reg->n_columns; i++) {
		assert_true(a->values[i].null == b->values[i].null);
		if (!a->values[i].null && reg->columns[i].type == ZV_COL_TEXT)
			assert_true(zv_str_eq(a->values[i].s, b->values[i].s));
		else if (!a->values[i].null)
			assert_true(a->values[i].i == b->values[i].i);
	}
}

static void a_row_of_every_register_comes_back_as_it_went_in(void **state)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	struct zv_batch batch = fixture_batch("test", 20000);
	struct ground g = ground(&batch);

	(void)state;
	for (int i = 0; i < n; i++) {
		struct zv_record full = fixture_record(all[i], &batch, "full");
		struct zv_record bare = fixture_record(all[i], &batch, "bare");
		struct zv_record got;
		int64_t count;

		point(all[i], &bare, &g);
		for (int k = 0; k < all[i]->n_columns; k++) {
			if (full.values[k].null && all[i]->columns[k].type == ZV_COL_TEXT)
				full.values[k] = (struct zv_value){.s = zv_str_c(all[i]->columns[k].name)};
			else if (full.values[k].null) /* flags, and classes of hazard up to 5 */
				full.values[k] = (struct zv_value){.i = all[i]->columns[k].type == ZV_COL_BOOL ? k % 2 : strcmp(all[i]->columns[k].name, "hazard_class") == 0 ? 5 : k + 1};
		}
		point(all[i], &full, &g);
		fixture_insert(all[i], &full);
		fixture_insert(all[i], &bare);
		OK(zv_record_by_key(&got, fx.db, all[i], 0, ZV_STR("full"), &fx.arena, &fx.err));
		assert_same_record(all[i], &full, &got);
		OK(zv_record_by_uid(&got, fx.db, all[i], bare.uid, &fx.arena, &fx.err));
		assert_same_record(all[i], &bare, &got);
		assert_true(zv_uid_check(bare.uid, all[i]->uid_kind));
		OK(zv_record_count(&count, fx.db, all[i], &fx.err));
		assert_true(count >= 2);
		assert_int_equal(zv_record_by_key(&got, fx.db, all[i], 7, ZV_STR("full"), &fx.arena, &fx.err), ZV_E_NOTFOUND);
	}
	fixture_commit(&batch);
}

static void ids_carry_their_centre_and_leave_no_gap_for_single_rows(void **state)
{
	int64_t last = 0;

	(void)state;
	OK(zv_db_exec(fx.db, "INSERT INTO centre (id, code, name_ru, name_en, region) VALUES (5, 'RU-RYA', 'а', 'a', 'RU-RYA')", &fx.err));
	for (int i = 1; i <= 3; i++) {
		struct zv_batch batch = fixture_batch("test", 20000);
		struct zv_record record;

		batch.centre_id = 5;
		record = fixture_record(reg_of("org"), &batch, NULL);
		last = fixture_insert(reg_of("org"), &record);
		fixture_commit(&batch);
		assert_true(last == ((int64_t)5 << 40) + i);
	}
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_id_next(&last, fx.db, 5, 1, &fx.err));
	zv_db_rollback(fx.db);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_id_next(&last, fx.db, 5, 1, &fx.err));
	assert_true(last == ((int64_t)5 << 40) + 4);
	zv_db_rollback(fx.db);
}

static void a_key_is_unique_in_its_centre(void **state)
{
	struct zv_batch batch = fixture_batch("test", 20000);
	struct zv_record a = fixture_record(reg_of("org"), &batch, "E1");
	struct zv_record b = fixture_record(reg_of("org"), &batch, "E1");
	enum zv_code code;

	(void)state;
	fixture_insert(reg_of("org"), &a);
	code = zv_record_insert(fx.db, reg_of("org"), &b, &fx.arena, &fx.err);
	if (code == ZV_OK)
		code = zv_db_commit(fx.db, &fx.err);
	else
		zv_db_rollback(fx.db);
	assert_int_equal(code, ZV_E_CONFLICT);
}

static int count_one(void *context)
{
	return ++*(int *)context;
}

static bool visit(void *context, const struct zv_record *record)
{
	struct zv_record again;

	OK(zv_record_by_id(&again, fx.db, reg_of("org"), record->id, &fx.arena, &fx.err));
	return count_one(context) < 1200;
}

static void each_visits_rows_in_order_and_the_visitor_may_query(void **state)
{
	struct zv_batch batch = fixture_batch("test", 20000);
	int seen = 0;

	(void)state;
	for (int i = 0; i < 1300; i++) {
		struct zv_record record = fixture_record(reg_of("org"), &batch, NULL);

		fixture_insert(reg_of("org"), &record);
	}
	fixture_commit(&batch);
	OK(zv_record_each(fx.db, reg_of("org"), 0, INT64_MAX, visit, &seen, &fx.err));
	assert_int_equal(seen, 1200);
	seen = 0;
	OK(zv_record_each(fx.db, reg_of("org"), 1000, 7, visit, &seen, &fx.err));
	assert_int_equal(seen, 7);
	seen = 0;
	OK(zv_record_each(fx.db, reg_of("org"), 1000, INT64_MAX, visit, &seen, &fx.err));
	assert_int_equal(seen, 300);
}

static int change_need(int64_t id, const struct zv_batch *batch, zv_date said_on, enum zv_status status, const char *column, int64_t value)
{
	const struct zv_register *reg = reg_of("need");
	struct zv_record old = fixture_load(reg, id);
	struct zv_record new = old;
	int changed;

	new.batch_id = batch->id;
	new.line = 9;
	new.said_on = said_on;
	new.status = status;
	fixture_set_int(reg, &new, column, value);
	OK(zv_record_change(&changed, fx.db, reg, &old, &new, &fx.err));
	return changed;
}

static int64_t need_value(int64_t id, const char *column)
{
	struct zv_record record = fixture_load(reg_of("need"), id);

	return record.values[zv_register_column(reg_of("need"), column)].i;
}

static struct zv_fact fact_at(int64_t id, const char *column, int at)
{
	const struct zv_register *reg = reg_of("need");
	struct zv_record record = fixture_load(reg, id);
	struct zv_fact *facts;
	size_t n;

	OK(zv_record_facts(&facts, &n, fx.db, reg, &record, &fx.arena, &fx.err));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(facts[i].column->name, column) == 0 && at-- == 0)
			return facts[i];
	}
	fail_msg("no fact %d of %s", at, column);
	return facts[0];
}

static int64_t need_of_batch(struct zv_batch *batch)
{
	struct ground g = ground(batch);

	return insert_need(batch, &g, "N1", "ацетилацетон");
}

static void a_newer_word_replaces_and_the_old_one_is_kept(void **state)
{
	struct zv_batch a = fixture_batch("needs", 20000);
	int64_t id = need_of_batch(&a);
	struct zv_batch b;

	(void)state;
	fixture_commit(&a);
	b = fixture_batch("needs", 20001);
	assert_int_equal(change_need(id, &b, 20001, ZV_DECLARED, "qty_base", 50000000), 1);
	assert_int_equal(change_need(id, &b, 20001, ZV_DECLARED, "qty_base", 50000000), 0);
	fixture_commit(&b);
	assert_int_equal(need_value(id, "qty_base"), 50000000);
	assert_int_equal(fact_at(id, "qty_base", 0).state, ZV_FACT_WINS);
	assert_int_equal(fact_at(id, "qty_base", 0).batch_id, b.id);
	assert_int_equal(fact_at(id, "qty_base", 0).line, 9);
	assert_int_equal(fact_at(id, "qty_base", 1).state, ZV_FACT_PAST);
	assert_int_equal(fact_at(id, "qty_base", 1).value.i, 40000000);
	assert_int_equal(fact_at(id, "qty_base", 1).batch_id, a.id);
	assert_int_equal(fact_at(id, "due", 0).batch_id, a.id);
}

static void a_weaker_word_becomes_a_rival_once(void **state)
{
	struct zv_batch a = fixture_batch("needs", 20000);
	int64_t id = need_of_batch(&a);

	(void)state;
	assert_int_equal(change_need(id, &a, 19999, ZV_DECLARED, "urgency", 3), 1);
	assert_int_equal(change_need(id, &a, 19999, ZV_DECLARED, "urgency", 3), 0);
	assert_int_equal(change_need(id, &a, 20005, ZV_DISPUTED, "urgency", 4), 1);
	fixture_commit(&a);
	assert_true(fixture_load(reg_of("need"), id).values[zv_register_column(reg_of("need"), "urgency")].null);
	assert_int_equal(fact_at(id, "urgency", 0).state, ZV_FACT_WINS);
	assert_true(fact_at(id, "urgency", 0).value.null);
	assert_int_equal(fact_at(id, "urgency", 1).state, ZV_FACT_RIVAL);
	assert_int_equal(fact_at(id, "urgency", 1).value.i, 4);
	assert_int_equal(fact_at(id, "urgency", 2).value.i, 3);
}

static void a_higher_status_wins_over_a_newer_date_and_confirms_an_equal_value(void **state)
{
	struct zv_batch a = fixture_batch("needs", 20000);
	int64_t id = need_of_batch(&a);

	(void)state;
	assert_true(change_need(id, &a, 19000, ZV_CONFIRMED_CENTRE, "due", 20100) > 0);
	assert_int_equal(need_value(id, "due"), 20100);
	assert_int_equal(fact_at(id, "due", 0).status, ZV_CONFIRMED_CENTRE);
	assert_int_equal(change_need(id, &a, 20009, ZV_CONFIRMED_DOCUMENT, "due", 20200), 1);
	assert_int_equal(need_value(id, "due"), 20100);
	/* The title was only declared before; the centre's word confirms it, though it says the same. */
	assert_int_equal(fact_at(id, "title", 0).status, ZV_CONFIRMED_CENTRE);
	assert_int_equal(fact_at(id, "title", 1).status, ZV_DECLARED);
	fixture_commit(&a);
}

static void a_price_and_its_amount_win_or_lose_together(void **state)
{
	const struct zv_register *reg = reg_of("need");
	struct zv_batch a = fixture_batch("needs", 20000);
	int64_t id = need_of_batch(&a);
	struct zv_record old, new;
	int changed;

	(void)state;
	/* The amount stays: only the kopecks are newer. */
	assert_int_equal(change_need(id, &a, 20002, ZV_DECLARED, "ceiling_kop", 600000), 1);
	/* An older word about both must not bring its amount in beside the newer kopecks. */
	old = fixture_load(reg, id);
	new = old;
	new.said_on = 20001;
	fixture_set_int(reg, &new, "ceiling_kop", 5);
	fixture_set_int(reg, &new, "ceiling_per", 1000);
	OK(zv_record_change(&changed, fx.db, reg, &old, &new, &fx.err));
	assert_int_equal(changed, 2);
	fixture_commit(&a);
	assert_int_equal(need_value(id, "ceiling_kop"), 600000);
	assert_int_equal(need_value(id, "ceiling_per"), 1000000);
}

static void undo_brings_back_every_row_and_value(void **state)
{
	struct zv_batch a = fixture_batch("needs", 20000);
	struct ground g = ground(&a);
	int64_t id = insert_need(&a, &g, "N1", "ацетилацетон");
	const struct zv_register *item_reg = reg_of("item");
	struct zv_record item, changed_item;
	char before[65], between[65], after[65];
	int64_t removed, restored;
	struct zv_batch b;
	int changed;

	(void)state;
	fixture_commit(&a);
	fixture_digest(before);
	b = fixture_batch("needs", 20001);
	change_need(id, &b, 20001, ZV_DECLARED, "qty_base", 50000000);
	change_need(id, &b, 20002, ZV_DECLARED, "qty_base", 60000000);
	change_need(id, &b, 20002, ZV_DECLARED, "ceiling_kop", 1);
	change_need(id, &b, 19000, ZV_DECLARED, "urgency", 1);
	item = fixture_load(item_reg, g.item);
	changed_item = item;
	changed_item.batch_id = b.id;
	fixture_set_text(item_reg, &changed_item, "synonyms", "2,4-пентандион; пентандион–2,4");
	OK(zv_record_change(&changed, fx.db, item_reg, &item, &changed_item, &fx.err));
	insert_need(&b, &g, "N2", "толуол");
	(void)ground(&b);
	fixture_commit(&b);
	fixture_digest(between);
	assert_string_not_equal(before, between);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM item_alias"), 2);

	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_find(&b, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &b, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	fixture_digest(after);
	assert_string_equal(before, after);
	assert_int_equal(removed, 8);
	assert_int_equal(restored, 2);
	assert_int_equal(fact_at(id, "qty_base", 0).batch_id, a.id);
	assert_int_equal(fact_at(id, "qty_base", 0).said_on, 20000);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM fact WHERE state = 4"), 2 * 4 + 2 + 1 + 1);

	OK(zv_batch_find(&b, fx.db, b.uid, &fx.arena, &fx.err));
	assert_int_equal(b.state, 2);
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_batch_undo(&removed, &restored, fx.db, &b, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
}

static void assert_undo_refused_for(const struct zv_batch *batch, const struct zv_batch *because)
{
	char before[65], after[65];
	int64_t removed = 77, restored = 77;

	fixture_digest(before);
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_batch_undo(&removed, &restored, fx.db, batch, &fx.err), ZV_E_CONFLICT);
	assert_non_null(strstr(fx.err.text, zv_arena_strf(&fx.arena, "%.*s", ZV_STR_FMT(because->uid)).p));
	/* Even a caller who goes on and commits has changed nothing. */
	OK(zv_db_commit(fx.db, &fx.err));
	fixture_digest(after);
	assert_string_equal(before, after);
	assert_int_equal(removed, 77);
}

static void undo_is_refused_while_a_later_batch_stands_on_it(void **state)
{
	struct zv_batch a = fixture_batch("orgs", 20000);
	struct ground g = ground(&a);
	struct zv_batch b, c, d;
	int64_t id, removed, restored;

	(void)state;
	fixture_commit(&a);
	b = fixture_batch("needs", 20001);
	id = insert_need(&b, &g, "N1", "толуол");
	fixture_commit(&b);
	c = fixture_batch("needs", 20002);
	change_need(id, &c, 20002, ZV_DECLARED, "qty_base", 1);
	fixture_commit(&c);
	d = fixture_batch("needs", 20003);
	change_need(id, &d, 20003, ZV_DECLARED, "qty_base", 2);
	fixture_commit(&d);

	assert_undo_refused_for(&a, &b); /* its organisation is used */
	assert_undo_refused_for(&c, &d); /* its value was replaced */
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &d, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(need_value(id, "qty_base"), 1);
	assert_undo_refused_for(&b, &c); /* its row was changed */
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &c, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &b, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &a, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM org"), 0);
}

static void undo_of_the_batch_that_turned_a_row_to_its_own_org_turns_it_back(void **state)
{
	struct zv_batch a = fixture_batch("orgs", 20000);
	struct ground g = ground(&a), other;
	int64_t id = insert_need(&a, &g, "N1", "толуол");
	char before[65], after[65];
	int64_t removed, restored;
	struct zv_batch b;

	(void)state;
	fixture_commit(&a);
	fixture_digest(before);
	b = fixture_batch("needs", 20001);
	other = ground(&b);
	change_need(id, &b, 20001, ZV_DECLARED, "org_id", other.org);
	fixture_commit(&b);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &b, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	fixture_digest(after);
	assert_string_equal(before, after);
}

static void random_batches_undone_in_reverse_leave_what_was(void **state)
{
	uint64_t seed = 20261122;
	struct zv_rng rng;
	struct zv_batch batches[6];
	char digests[7][65];
	struct zv_batch a = fixture_batch("orgs", 20000);
	struct ground g = ground(&a);
	int64_t ids[40];
	int n = 0;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	while (n < 10)
		ids[n++] = insert_need(&a, &g, NULL, "толуол");
	fixture_commit(&a);
	fixture_digest(digests[0]);
	for (int b = 0; b < 6; b++) {
		static const char *const columns[] = {"qty_base", "tolerance_base", "ceiling_kop", "ceiling_per", "due", "item_id", "dim"};

		batches[b] = fixture_batch("needs", 20001);
		for (int i = 0; i < 30; i++) {
			const char *column = columns[zv_rng_below(&rng, ZV_LEN(columns))];
			int64_t value = strcmp(column, "item_id") == 0 ? g.item : zv_rng_range(&rng, 1, 4);

			change_need(ids[zv_rng_below(&rng, (uint64_t)n)], &batches[b], (zv_date)zv_rng_range(&rng, 19999, 20003),
				    (enum zv_status)zv_rng_range(&rng, 1, 4), column, value);
		}
		for (int i = 0; i < 3; i++)
			ids[n++] = insert_need(&batches[b], &g, NULL, "бензол");
		fixture_commit(&batches[b]);
		fixture_digest(digests[b + 1]);
	}
	for (int b = 5; b >= 0; b--) {
		int64_t removed, restored;
		char now[65];

		OK(zv_db_begin(fx.db, &fx.err));
		OK(zv_batch_undo(&removed, &restored, fx.db, &batches[b], &fx.err));
		OK(zv_db_commit(fx.db, &fx.err));
		fixture_digest(now);
		assert_string_equal(now, digests[b]);
		assert_int_equal(removed, 3);
	}
}

/* A run with one lot of the need's item, and a reason for another need. */
static void run_of_lots(const struct ground *g, int64_t need, int64_t left_over)
{
	struct zv_batch batch = fixture_batch("lots", 20005);
	struct zv_record offer = fixture_record(reg_of("offer"), &batch, NULL);
	struct zv_lot_run_row run = {.batch_id = batch.id, .as_of = 20005, .digest = ZV_STR("x"), .n_needs = 2};
	struct zv_lot_row lot = {.uid = ZV_STR("lot_1"), .item_id = g->item, .dim = 1, .qty_base = 40, .firm_base = 40, .total_kop = 7, .ready_on = 20100, .proved = true};
	struct zv_lot_need_row link = {.need_id = need, .firm_base = 40, .cost_kop = 7};
	struct zv_lot_miss_row miss = {.need_id = left_over, .code = ZV_STR("short")};

	point(reg_of("offer"), &offer, g);
	lot.offer_id = fixture_insert(reg_of("offer"), &offer);
	OK(zv_lot_run_insert(fx.db, &run, &fx.arena, &fx.err));
	lot.run_id = miss.run_id = run.id;
	OK(zv_lot_insert(fx.db, &lot, &fx.err));
	link.lot_id = lot.id;
	OK(zv_lot_need_insert(fx.db, &link, &fx.err));
	OK(zv_lot_miss_insert(fx.db, &miss, &fx.err));
	fixture_commit(&batch);
}

static void undo_forgets_the_lots_that_were_computed(void **state)
{
	struct zv_batch a = fixture_batch("orgs", 20000), b;
	struct ground g = ground(&a);
	int64_t first, second, removed, restored;

	(void)state;
	fixture_commit(&a);
	b = fixture_batch("needs", 20000);
	first = insert_need(&b, &g, "N1", "толуол");
	second = insert_need(&b, &g, "N2", "толуол");
	fixture_commit(&b);
	run_of_lots(&g, first, second);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &b, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(removed, 2);
	assert_int_equal(fixture_number("SELECT (SELECT COUNT(*) FROM lot) + (SELECT COUNT(*) FROM lot_need) + (SELECT COUNT(*) FROM lot_miss)"), 0);
	OK(zv_db_verify(fx.db, &fx.err));
}

static void items_are_found_by_number_name_synonym_and_code(void **state)
{
	const struct zv_register *reg = reg_of("item");
	struct zv_batch batch = fixture_batch("items", 20000);
	struct zv_record item = fixture_record(reg, &batch, "ACAC");
	int64_t ids[4];
	size_t n;

	(void)state;
	fixture_set_text(reg, &item, "name_en", "Acetylacetone");
	fixture_set_text(reg, &item, "synonyms", "2,4-пентандион; пентандион–2,4;;2,4-Pentanedione; ацетилацетон");
	fixture_set_text(reg, &item, "cas", "123-54-6");
	fixture_set_text(reg, &item, "okpd2", "20.14.62");
	fixture_insert(reg, &item);
	fixture_commit(&batch);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM item_alias"), 4);
	OK(zv_items_by_cas(ids, &n, 4, fx.db, ZV_STR("123-54-6"), &fx.err));
	assert_true(n == 1 && ids[0] == item.id);
	for (size_t i = 0; i < 5; i++) {
		static const char *const names[] = {"АЦЕТИЛАЦЕТОН", "  acetylacetone ", "2,4–пентандион", "ПЕНТАНДИОН-2,4", "2,4-pentanedione"};

		OK(zv_items_by_name(ids, &n, 4, fx.db, zv_str_c(names[i]), &fx.err));
		assert_true(n == 1 && ids[0] == item.id);
	}
	OK(zv_items_by_okpd2(ids, &n, 4, fx.db, ZV_STR("20.14"), &fx.err));
	assert_int_equal(n, 0);
	OK(zv_items_under_okpd2(ids, &n, 4, fx.db, ZV_STR("20.14"), &fx.err));
	assert_int_equal(n, 1);
	OK(zv_items_under_okpd2(ids, &n, 4, fx.db, ZV_STR("20.1"), &fx.err));
	assert_int_equal(n, 0);
}

static void orgs_are_found_by_inn_kpp_ogrn_and_name(void **state)
{
	const struct zv_register *reg = reg_of("org");
	struct zv_batch batch = fixture_batch("orgs", 20000);
	struct zv_record a = fixture_record(reg, &batch, "E1"), b = fixture_record(reg, &batch, "E1-branch");
	int64_t ids[4];
	size_t n;

	(void)state;
	fixture_set_text(reg, &a, "inn", "6299000012");
	fixture_set_text(reg, &a, "kpp", "629901001");
	fixture_set_text(reg, &a, "ogrn", "1026200000011");
	fixture_set_text(reg, &b, "inn", "6299000012");
	fixture_set_text(reg, &b, "kpp", "629902001");
	fixture_insert(reg, &a);
	fixture_insert(reg, &b);
	fixture_commit(&batch);
	OK(zv_orgs_by_inn(ids, &n, 4, fx.db, ZV_STR("6299000012"), ZV_STR(""), &fx.err));
	assert_int_equal(n, 2);
	OK(zv_orgs_by_inn(ids, &n, 4, fx.db, ZV_STR("6299000012"), ZV_STR("629902001"), &fx.err));
	assert_true(n == 1 && ids[0] == b.id);
	OK(zv_orgs_by_ogrn(ids, &n, 4, fx.db, ZV_STR("1026200000011"), &fx.err));
	assert_true(n == 1 && ids[0] == a.id);
	OK(zv_orgs_by_name_key(ids, &n, 1, fx.db, ZV_STR("ока полимер"), &fx.err));
	assert_true(n == 1 && ids[0] == a.id);
}

static void batches_are_found_by_uid_number_and_last(void **state)
{
	struct zv_batch a = fixture_batch("orgs", 20000), got;

	(void)state;
	a.n_new = 17;
	a.n_error = 1;
	fixture_commit(&a);
	OK(zv_batch_find(&got, fx.db, a.uid, &fx.arena, &fx.err));
	assert_int_equal(got.n_new, 17);
	OK(zv_batch_find(&got, fx.db, ZV_STR("1"), &fx.arena, &fx.err));
	assert_true(got.id == a.id);
	OK(zv_batch_find(&got, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_true(got.id == a.id && got.state == 1);
	assert_int_equal(zv_batch_find(&got, fx.db, ZV_STR("batch_nobody"), &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(zv_batch_find(&got, fx.db, ZV_STR("2"), &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_row_of_every_register_comes_back_as_it_went_in),
		FIXTURE_TEST(ids_carry_their_centre_and_leave_no_gap_for_single_rows),
		FIXTURE_TEST(a_key_is_unique_in_its_centre),
		FIXTURE_TEST(each_visits_rows_in_order_and_the_visitor_may_query),
		FIXTURE_TEST(a_newer_word_replaces_and_the_old_one_is_kept),
		FIXTURE_TEST(a_weaker_word_becomes_a_rival_once),
		FIXTURE_TEST(a_higher_status_wins_over_a_newer_date_and_confirms_an_equal_value),
		FIXTURE_TEST(a_price_and_its_amount_win_or_lose_together),
		FIXTURE_TEST(undo_brings_back_every_row_and_value),
		FIXTURE_TEST(undo_is_refused_while_a_later_batch_stands_on_it),
		FIXTURE_TEST(undo_of_the_batch_that_turned_a_row_to_its_own_org_turns_it_back),
		FIXTURE_TEST(random_batches_undone_in_reverse_leave_what_was),
		FIXTURE_TEST(undo_forgets_the_lots_that_were_computed),
		FIXTURE_TEST(items_are_found_by_number_name_synonym_and_code),
		FIXTURE_TEST(orgs_are_found_by_inn_kpp_ogrn_and_name),
		FIXTURE_TEST(batches_are_found_by_uid_number_and_last),
	};

	return fixture_run("register", tests, ZV_LEN(tests));
}
