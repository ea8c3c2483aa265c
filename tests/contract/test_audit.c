/* The audit trail: only added to, bound to the data, and whatever is changed behind it is seen. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "store/audit_row.h"
#include "store/element.h"
#include "store/trail.h"

static const struct zv_register *reg_of(const char *name)
{
	return zv_register_find(name);
}

/* An organisation, an item, and needs of it: one batch. */
static int64_t make_world(int needs)
{
	struct zv_batch batch = fixture_batch("needs", 20000);
	struct zv_record org = fixture_record(reg_of("org"), &batch, NULL);
	int64_t org_id = fixture_insert(reg_of("org"), &org);
	int64_t last = 0;

	for (int i = 0; i < needs; i++) {
		struct zv_record need = fixture_record(reg_of("need"), &batch, NULL);

		fixture_set_int(reg_of("need"), &need, "org_id", org_id);
		last = fixture_insert(reg_of("need"), &need);
	}
	batch.n_new = needs + 1;
	fixture_commit(&batch);
	return last;
}

static void change_need(int64_t id, int64_t qty, zv_date said_on)
{
	struct zv_batch batch = fixture_batch("need.set", said_on);
	struct zv_record old = fixture_load(reg_of("need"), id);
	struct zv_record new = old;
	int changed;

	new.batch_id = batch.id;
	new.said_on = said_on;
	fixture_set_int(reg_of("need"), &new, "qty_base", qty);
	OK(zv_record_change(&changed, fx.db, reg_of("need"), &old, &new, &fx.err));
	assert_int_equal(changed, 1);
	batch.n_changed = 1;
	fixture_commit(&batch);
}

static void add_row(const char *action)
{
	struct zv_audit_row row = {.actor = ZV_STR_INIT("test"), .action = zv_str_c(action), .detail = ZV_STR_INIT("{\"a\":1}")};

	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_audit_add(fx.db, &row, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
}

static struct zv_audit_verdict verify(const struct zv_audit_anchor *anchor)
{
	struct zv_audit_verdict verdict;

	OK(zv_audit_verify(&verdict, fx.db, anchor, &fx.arena, &fx.err));
	assert_int_equal(verdict.ok, verdict.reason.n == 0);
	return verdict;
}

static void assert_whole(void)
{
	struct zv_audit_verdict verdict = verify(NULL);

	if (!verdict.ok)
		print_error("row %d: %.*s\n", (int)verdict.broken_n, ZV_STR_FMT(verdict.reason));
	assert_true(verdict.ok);
}

static void assert_broken(int64_t n)
{
	struct zv_audit_verdict verdict = verify(NULL);

	assert_false(verdict.ok);
	assert_int_equal(verdict.broken_n, n);
}

static struct zv_audit_row head(void)
{
	struct zv_audit_row row;

	OK(zv_audit_head(&row, fx.db, &fx.arena, &fx.err));
	return row;
}

static void drop_triggers(void)
{
	OK(zv_db_exec(fx.db,
		      fx.dialect == ZV_SQLITE ? "DROP TRIGGER audit_at_the_end; DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete"
					      : "ALTER TABLE audit DISABLE TRIGGER ALL",
		      &fx.err));
}

static void every_change_of_the_registers_is_in_the_trail_and_fits_it(void **state)
{
	struct zv_batch batch;
	int64_t removed, restored;
	int64_t need = make_world(3);

	(void)state;
	change_need(need, 40, 20001);
	change_need(need, 50, 20002);
	assert_whole();
	OK(zv_batch_find(&batch, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &batch, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_true(zv_str_eq_c(head().action, "batch.undo"));
	assert_true(zv_str_eq(head().subject, batch.uid));
	assert_whole();
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'audit.begin'"), 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'import needs'"), 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'need.set'"), 2);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit"), 5);
}

static void an_undone_world_has_the_digest_of_a_world_without_it_but_for_its_batch(void **state)
{
	struct zv_multiset running, computed;
	struct zv_batch batch;
	struct zv_trail *trail;
	int64_t removed, restored;

	(void)state;
	(void)make_world(40);
	OK(zv_batch_find(&batch, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &batch, &fx.err));
	OK(zv_trail_get(&trail, fx.db, &fx.err));
	running = trail->data;
	OK(zv_trail_compute(&computed, fx.db, &fx.err));
	assert_memory_equal(&running, &computed, sizeof(running));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(removed, 41);
	assert_whole();
}

static void what_is_changed_without_a_word_gets_a_row_of_its_own(void **state)
{
	struct zv_batch batch = fixture_batch("orgs", 20000);
	struct zv_record org = fixture_record(reg_of("org"), &batch, NULL);

	(void)state;
	(void)fixture_insert(reg_of("org"), &org);
	OK(zv_db_commit(fx.db, &fx.err));
	assert_true(zv_str_eq_c(head().action, "data.change"));
	assert_whole();
}

static void what_is_taken_back_leaves_neither_row_nor_digest(void **state)
{
	(void)state;
	(void)make_world(1);
	OK(zv_db_group_begin(fx.db, &fx.err));
	for (int i = 0; i < 6; i++) {
		struct zv_batch batch = fixture_batch("orgs", 20000);
		struct zv_record org = fixture_record(reg_of("org"), &batch, NULL);

		(void)fixture_insert(reg_of("org"), &org);
		OK(zv_db_begin(fx.db, &fx.err));
		org = fixture_record(reg_of("org"), &batch, NULL);
		(void)fixture_insert(reg_of("org"), &org);
		if (i % 2 == 0)
			zv_db_rollback(fx.db);
		else
			OK(zv_db_commit(fx.db, &fx.err));
		OK(zv_batch_close(fx.db, &batch, &fx.err));
		if (i < 3)
			OK(zv_db_commit(fx.db, &fx.err));
		else
			zv_db_rollback(fx.db);
	}
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit"), 5);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM org"), 1 + 2 + 2);
	assert_whole();
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	zv_db_group_rollback(fx.db);
	add_row("test");
	assert_whole();
}

/* First use of the trail inside a piece that is taken back, then again. */
static void a_trail_that_is_first_met_in_a_failed_piece_is_loaded_again(void **state)
{
	static const struct zv_audit_row row = {.actor = ZV_STR_INIT("test"), .action = ZV_STR_INIT("test")};

	(void)state;
	add_row("before");
	OK(zv_db_group_begin(fx.db, &fx.err));
	for (int i = 0; i < 3; i++) {
		OK(zv_db_begin(fx.db, &fx.err));
		OK(zv_audit_add(fx.db, &row, &fx.err));
		if (i == 1)
			OK(zv_db_commit(fx.db, &fx.err));
		else
			zv_db_rollback(fx.db);
	}
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(head().n, 3);
	assert_whole();
}

static void who_works_is_filled_in(void **state)
{
	const struct zv_audit_context context = {
		.actor = ZV_STR_INIT("user:anna"), .account_id = 7, .org_id = 9, .address = ZV_STR_INIT("203.0.113.5")};

	(void)state;
	zv_audit_context(fx.db, &context);
	(void)make_world(0);
	assert_true(zv_str_eq_c(head().actor, "test"));
	assert_true(zv_str_eq_c(head().address, "203.0.113.5"));
	assert_int_equal(head().account_id, 7);
	assert_int_equal(head().org_id, 9);
	zv_audit_context(fx.db, NULL);
	add_row("test");
	assert_int_equal(head().account_id, 0);
	assert_whole();
}

static void pages_go_back_from_the_end_and_sieve(void **state)
{
	struct zv_audit_query query = {.centre_id = -1, .limit = 2};
	struct zv_audit_row row = {.actor = ZV_STR_INIT("test"), .action = ZV_STR_INIT("x"), .centre_id = 3, .org_id = 5};
	struct zv_audit_row *rows;
	size_t n;

	(void)state;
	for (int i = 0; i < 5; i++) {
		row.subject = i % 2 == 0 ? ZV_STR("need_a") : ZV_STR("need_b");
		row.centre_id = i == 0 ? 0 : 3;
		OK(zv_db_begin(fx.db, &fx.err));
		OK(zv_audit_add(fx.db, &row, &fx.err));
		OK(zv_db_commit(fx.db, &fx.err));
	}
	OK(zv_audit_page(&rows, &n, fx.db, &query, &fx.arena, &fx.err));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].n, 6);
	query.before = rows[1].n;
	OK(zv_audit_page(&rows, &n, fx.db, &query, &fx.arena, &fx.err));
	assert_int_equal(rows[0].n, 4);
	query = (struct zv_audit_query){.centre_id = 3, .limit = 10};
	OK(zv_audit_page(&rows, &n, fx.db, &query, &fx.arena, &fx.err));
	assert_int_equal(n, 4);
	query = (struct zv_audit_query){.centre_id = -1, .org_id = 5, .limit = 10};
	OK(zv_audit_page(&rows, &n, fx.db, &query, &fx.arena, &fx.err));
	assert_int_equal(n, 5);
	query = (struct zv_audit_query){.centre_id = 3, .org_id = 5, .subject = ZV_STR("need_a"), .limit = 10};
	OK(zv_audit_page(&rows, &n, fx.db, &query, &fx.arena, &fx.err));
	assert_int_equal(n, 2);
	query.org_id = 6;
	OK(zv_audit_page(&rows, &n, fx.db, &query, &fx.arena, &fx.err));
	assert_int_equal(n, 0);
}

static void the_database_itself_refuses_to_change_the_trail(void **state)
{
	static const char *const sql[] = {
		"UPDATE audit SET actor = 'nobody' WHERE n = 2",
		"DELETE FROM audit WHERE n = 2",
		"DELETE FROM audit",
		"INSERT INTO audit SELECT n, at_ms, 'x', account_id, centre_id, org_id, action, subject, detail, address, data, prev, hash "
		"FROM audit WHERE n = 2 ON CONFLICT (n) DO UPDATE SET actor = 'x'",
	};
	static const char *const own[][2] = {
		[ZV_SQLITE] = {"INSERT OR REPLACE INTO audit SELECT n, at_ms, 'x', account_id, centre_id, org_id, action, subject, detail, address, "
			       "data, prev, hash FROM audit WHERE n = 2",
			       "UPDATE OR REPLACE audit SET n = 1 WHERE n = 2"},
		[ZV_POSTGRES] = {"TRUNCATE audit", "SET session_replication_role = replica; DELETE FROM audit"},
	};

	(void)state;
	add_row("a");
	add_row("b");
	for (size_t i = 0; i < ZV_LEN(sql); i++)
		assert_int_equal(zv_db_exec(fx.db, sql[i], &fx.err), ZV_E_CONFLICT);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(zv_db_exec(fx.db, own[fx.dialect][i], &fx.err), ZV_E_CONFLICT);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE actor = 'test'"), 2);
	assert_whole();
}

/* Each column of a row, one after the other; the row is then mended again. */
static void a_changed_row_is_seen_whatever_was_changed_in_it(void **state)
{
	static const char *const spoil[][2] = {
		{"UPDATE audit SET at_ms = at_ms + 1 WHERE n = 3", "UPDATE audit SET at_ms = at_ms - 1 WHERE n = 3"},
		{"UPDATE audit SET actor = 'nobody' WHERE n = 3", "UPDATE audit SET actor = 'test' WHERE n = 3"},
		{"UPDATE audit SET account_id = 1 WHERE n = 3", "UPDATE audit SET account_id = NULL WHERE n = 3"},
		{"UPDATE audit SET centre_id = 1 WHERE n = 3", "UPDATE audit SET centre_id = 0 WHERE n = 3"},
		{"UPDATE audit SET org_id = 1 WHERE n = 3", "UPDATE audit SET org_id = NULL WHERE n = 3"},
		{"UPDATE audit SET action = 'c' WHERE n = 3", "UPDATE audit SET action = 'b' WHERE n = 3"},
		{"UPDATE audit SET subject = 'x' WHERE n = 3", "UPDATE audit SET subject = '' WHERE n = 3"},
		{"UPDATE audit SET detail = '{\"a\":2}' WHERE n = 3", "UPDATE audit SET detail = '{\"a\":1}' WHERE n = 3"},
		{"UPDATE audit SET address = '::1' WHERE n = 3", "UPDATE audit SET address = '' WHERE n = 3"},
		{"UPDATE audit SET data = prev WHERE n = 3", "UPDATE audit SET data = (SELECT data FROM audit WHERE n = 2) WHERE n = 3"},
		{"UPDATE audit SET prev = hash WHERE n = 3", "UPDATE audit SET prev = (SELECT hash FROM audit WHERE n = 2) WHERE n = 3"},
	};

	(void)state;
	add_row("a");
	add_row("b");
	add_row("c");
	drop_triggers();
	for (size_t i = 0; i < ZV_LEN(spoil); i++) {
		OK(zv_db_exec(fx.db, spoil[i][0], &fx.err));
		assert_broken(3);
		OK(zv_db_exec(fx.db, spoil[i][1], &fx.err));
		assert_whole();
	}
	/* A text that wanders from one column to the next. */
	OK(zv_db_exec(fx.db, "UPDATE audit SET action = '', subject = 'b' WHERE n = 3", &fx.err));
	assert_broken(3);
}

static void a_removed_row_is_seen(void **state)
{
	(void)state;
	add_row("a");
	add_row("b");
	add_row("c");
	drop_triggers();
	OK(zv_db_exec(fx.db, "DELETE FROM audit WHERE n = 3", &fx.err));
	assert_broken(3);
	/* And when the ones behind it move up. */
	OK(zv_db_exec(fx.db, "UPDATE audit SET n = 3 WHERE n = 4", &fx.err));
	assert_broken(3);
}

static void the_first_row_removed_is_seen(void **state)
{
	(void)state;
	add_row("a");
	drop_triggers();
	OK(zv_db_exec(fx.db, "DELETE FROM audit WHERE n = 1", &fx.err));
	assert_broken(1);
	OK(zv_db_exec(fx.db, "DELETE FROM audit", &fx.err));
	assert_broken(0);
}

static void a_row_put_in_is_seen(void **state)
{
	(void)state;
	add_row("a");
	add_row("b");
	drop_triggers();
	OK(zv_db_exec(fx.db,
		      "INSERT INTO audit SELECT 4, at_ms, actor, account_id, centre_id, org_id, action, subject, detail, address, data, prev, hash "
		      "FROM audit WHERE n = 3",
		      &fx.err));
	assert_broken(4);
	OK(zv_db_exec(fx.db, "DELETE FROM audit WHERE n = 4; UPDATE audit SET n = 0 WHERE n = 1", &fx.err));
	assert_broken(0);
}

static void rows_that_changed_places_are_seen(void **state)
{
	(void)state;
	add_row("a");
	add_row("b");
	add_row("c");
	drop_triggers();
	OK(zv_db_exec(fx.db, "UPDATE audit SET n = 100 WHERE n = 2; UPDATE audit SET n = 2 WHERE n = 3; UPDATE audit SET n = 3 WHERE n = 100",
		      &fx.err));
	assert_broken(2);
}

/* Even when the forger computes the hash anew, the next row tells; and for the last row the anchor does. */
static void a_row_written_anew_with_its_hash_is_seen_by_the_next_row_or_the_anchor(void **state)
{
	char hash[ZV_AUDIT_HASH_TEXT];
	struct zv_audit_anchor anchor;
	struct zv_stmt *stmt;

	(void)state;
	add_row("a");
	add_row("b");
	anchor = (struct zv_audit_anchor){.n = 3, .hash = head().hash};
	assert_true(verify(&anchor).ok);
	drop_triggers();
	OK(zv_db_exec(fx.db, "UPDATE audit SET actor = 'nobody' WHERE n = 3", &fx.err));
	zv_digest_hex(hash, ZV_STR("what a forger computes"));
	OK(zv_db_stmt(&stmt, fx.db, "UPDATE audit SET hash = $1 WHERE n = 3", &fx.err));
	zv_bind_text(stmt, 1, zv_str_c(hash));
	OK(zv_stmt_run(stmt, &fx.err));
	assert_false(verify(&anchor).ok);
	assert_int_equal(zv_audit_check_anchor(fx.db, &anchor, &fx.err), ZV_E_CONFLICT);
}

static void a_tail_that_was_cut_off_is_seen_with_an_anchor(void **state)
{
	struct zv_audit_anchor anchor;
	struct zv_audit_verdict verdict;

	(void)state;
	add_row("a");
	add_row("b");
	anchor = (struct zv_audit_anchor){.n = 3, .hash = head().hash};
	OK(zv_audit_check_anchor(fx.db, &anchor, &fx.err));
	add_row("c");
	assert_true(verify(&anchor).ok);
	drop_triggers();
	OK(zv_db_exec(fx.db, "DELETE FROM audit WHERE n >= 3", &fx.err));
	assert_whole(); /* nothing inside the database tells */
	verdict = verify(&anchor);
	assert_false(verdict.ok);
	assert_int_equal(zv_audit_check_anchor(fx.db, &anchor, &fx.err), ZV_E_CONFLICT);
	/* The data are not those of the row that is last now. */
	(void)make_world(1);
	OK(zv_db_exec(fx.db, "DELETE FROM audit WHERE n >= 3", &fx.err));
	assert_broken(0);
}

static void a_row_of_a_register_changed_behind_the_trail_is_seen(void **state)
{
	static const char *const spoil[] = {
		"UPDATE need SET title = 'x' WHERE id = (SELECT MAX(id) FROM need)",
		"UPDATE need SET qty_base = 41000001 WHERE id = (SELECT MAX(id) FROM need)",
		"UPDATE need SET line = line + 1 WHERE id = (SELECT MAX(id) FROM need)",
		"UPDATE need SET note = '' WHERE id = (SELECT MAX(id) FROM need)",
		"DELETE FROM need WHERE id = (SELECT MAX(id) FROM need)",
		"UPDATE org SET name = 'x'",
		"UPDATE batch SET actor = 'x' WHERE id = (SELECT MIN(id) FROM batch)",
		"UPDATE batch SET n_new = n_new + 1",
		"UPDATE fact SET value_int = 1 WHERE value_int = 40",
		"UPDATE fact SET state = 2 WHERE state = 3",
		"UPDATE fact SET said_on = said_on + 1",
		"DELETE FROM fact WHERE id = (SELECT MIN(id) FROM fact)",
	};
	int64_t need = make_world(2);

	(void)state;
	change_need(need, 40, 20001);
	change_need(need, 50, 20002);
	assert_whole();
	for (size_t i = 0; i < ZV_LEN(spoil); i++) {
		struct zv_audit_verdict verdict;

		OK(zv_db_begin(fx.db, &fx.err));
		OK(zv_db_exec(fx.db, spoil[i], &fx.err));
		verdict = verify(NULL);
		if (verdict.ok)
			print_error("not seen: %s\n", spoil[i]);
		assert_false(verdict.ok);
		assert_int_equal(verdict.broken_n, 0);
		zv_db_rollback(fx.db);
	}
	assert_whole();
}

/* It stays visible however much is written properly afterwards. */
static void what_was_changed_behind_the_trail_is_not_covered_by_later_work(void **state)
{
	int64_t need = make_world(2);

	(void)state;
	OK(zv_db_exec(fx.db, "UPDATE need SET title = 'x' WHERE id = (SELECT MAX(id) FROM need)", &fx.err));
	change_need(need, 40, 20001);
	(void)make_world(2);
	assert_broken(0);
}

static void a_digest_that_was_exchanged_stops_all_writing(void **state)
{
	const struct zv_audit_row row = {.action = ZV_STR_INIT("test")};
	char hex[ZV_MULTISET_HEX];
	struct zv_multiset forged;
	struct zv_stmt *stmt;

	(void)state;
	(void)make_world(2);
	OK(zv_db_exec(fx.db, "UPDATE need SET title = 'x' WHERE id = (SELECT MAX(id) FROM need)", &fx.err));
	OK(zv_trail_compute(&forged, fx.db, &fx.err));
	zv_multiset_format(hex, &forged);
	OK(zv_db_stmt(&stmt, fx.db, "UPDATE data_digest SET state = $1", &fx.err));
	zv_bind_text(stmt, 1, zv_str_c(hex));
	OK(zv_stmt_run(stmt, &fx.err));
	assert_broken(0);
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_audit_add(fx.db, &row, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
	OK(zv_db_exec(fx.db, "DELETE FROM data_digest", &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_audit_add(fx.db, &row, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
}

/* A database of an older version: rows, and no trail. */
static void a_database_that_has_rows_already_begins_its_trail_with_them(void **state)
{
	(void)state;
	(void)make_world(5);
	drop_triggers();
	OK(zv_db_exec(fx.db, "DELETE FROM audit; DELETE FROM data_digest", &fx.err));
	assert_broken(0);
	OK(zv_audit_begin(fx.db, &fx.err));
	OK(zv_audit_begin(fx.db, &fx.err));
	assert_int_equal(head().n, 1);
	assert_true(zv_str_eq_c(head().action, "audit.begin"));
	assert_whole();
	(void)make_world(1);
	assert_whole();
}

static void anchors_are_read_as_they_are_printed(void **state)
{
	static const char *const bad[] = {
		"", "12", "12:", ":aa", "0:0000000000000000000000000000000000000000000000000000000000000000",
		"1:000000000000000000000000000000000000000000000000000000000000000G",
		"1:00000000000000000000000000000000000000000000000000000000000000000",
		"-1:0000000000000000000000000000000000000000000000000000000000000000",
		"99999999999999999999:0000000000000000000000000000000000000000000000000000000000000000",
	};
	struct zv_audit_anchor anchor;

	(void)state;
	OK(zv_audit_anchor_parse(&anchor, ZV_STR("12:00000000000000000000000000000000000000000000000000000000000000ff"), &fx.err));
	assert_int_equal(anchor.n, 12);
	assert_int_equal(anchor.hash.n, 64);
	for (size_t i = 0; i < ZV_LEN(bad); i++)
		assert_int_equal(zv_audit_anchor_parse(&anchor, zv_str_c(bad[i]), &fx.err), ZV_E_INVALID);
}

/* The form of rows is for ever: who changes it makes all trails that exist false. */
static void the_hashes_of_known_rows_are_what_they_were(void **state)
{
	struct zv_record record = {.id = 1099511627777, .centre_id = 1, .uid = ZV_STR_INIT("org_1"), .source_key = ZV_STR_INIT("k"), .batch_id = 2,
				   .line = 3, .said_on = -20000, .status = ZV_DECLARED};
	const struct zv_audit_row row = {
		.n = 2, .at_ms = 1767225600000, .actor = ZV_STR_INIT("cli:anna"), .account_id = 3, .centre_id = 2, .org_id = 1,
		.action = ZV_STR_INIT("x.y"), .subject = ZV_STR_INIT("need_1"), .detail = ZV_STR_INIT("{}"), .address = ZV_STR_INIT("::1"),
		.data = ZV_STR_INIT("d"), .prev = ZV_STR_INIT("p"), .hash = ZV_STR_INIT("not part of it")};
	char hash[ZV_DIGEST_HEX];
	struct zv_multiset set = {0};
	struct zv_buf scratch;

	(void)state;
	zv_buf_init(&scratch, 0);
	zv_audit_row_hash(hash, &scratch, &row);
	assert_string_equal(hash, "3f7244092abb15c2dff8d00b8907d825e521d0195cc98619038d7943d6bcda1f");
	for (int i = 0; i < reg_of("org")->n_columns; i++)
		record.values[i].null = true;
	fixture_set_text(reg_of("org"), &record, "name", "АО «Ока»");
	zv_element_record(&scratch, reg_of("org"), &record);
	zv_multiset_add(&set, zv_buf_str(&scratch));
	zv_multiset_digest(hash, &set);
	assert_string_equal(hash, "6875814a8cdd423498eba46c4a9e7f63299c65bd61649267c1cbb92802ef71f1");
	zv_multiset_add(&set, ZV_STR("other"));
	zv_multiset_take(&set, zv_buf_str(&scratch));
	zv_multiset_take(&set, ZV_STR("other"));
	zv_multiset_digest(hash, &set);
	zv_buf_done(&scratch);
	set = (struct zv_multiset){0};
	{
		char empty[ZV_DIGEST_HEX];

		zv_multiset_digest(empty, &set);
		assert_string_equal(hash, empty);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(every_change_of_the_registers_is_in_the_trail_and_fits_it),
		FIXTURE_TEST(an_undone_world_has_the_digest_of_a_world_without_it_but_for_its_batch),
		FIXTURE_TEST(what_is_changed_without_a_word_gets_a_row_of_its_own),
		FIXTURE_TEST(what_is_taken_back_leaves_neither_row_nor_digest),
		FIXTURE_TEST(a_trail_that_is_first_met_in_a_failed_piece_is_loaded_again),
		FIXTURE_TEST(who_works_is_filled_in),
		FIXTURE_TEST(pages_go_back_from_the_end_and_sieve),
		FIXTURE_TEST(the_database_itself_refuses_to_change_the_trail),
		FIXTURE_TEST(a_changed_row_is_seen_whatever_was_changed_in_it),
		FIXTURE_TEST(a_removed_row_is_seen),
		FIXTURE_TEST(the_first_row_removed_is_seen),
		FIXTURE_TEST(a_row_put_in_is_seen),
		FIXTURE_TEST(rows_that_changed_places_are_seen),
		FIXTURE_TEST(a_row_written_anew_with_its_hash_is_seen_by_the_next_row_or_the_anchor),
		FIXTURE_TEST(a_tail_that_was_cut_off_is_seen_with_an_anchor),
		FIXTURE_TEST(a_row_of_a_register_changed_behind_the_trail_is_seen),
		FIXTURE_TEST(what_was_changed_behind_the_trail_is_not_covered_by_later_work),
		FIXTURE_TEST(a_digest_that_was_exchanged_stops_all_writing),
		FIXTURE_TEST(a_database_that_has_rows_already_begins_its_trail_with_them),
		FIXTURE_TEST(anchors_are_read_as_they_are_printed),
		FIXTURE_TEST(the_hashes_of_known_rows_are_what_they_were),
	};

	return fixture_run("audit", tests, ZV_LEN(tests));
}
