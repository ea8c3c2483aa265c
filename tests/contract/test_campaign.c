/* Candidates and invitations: order and reasons, what stays hidden, each step with its tasks, the membership with its batch. On both databases. */
#include "cluster_world.h"

#include <string.h>

#include "app/facts.h"
#include "app/invitations.h"
#include "app/tasks.h"
#include "base/tr.h"

static struct zv_str cluster_uid(void)
{
	return world_uid("cluster", world.cluster);
}

static struct zv_candidate *candidates_for(const struct zv_who *who, size_t *n)
{
	const struct zv_candidates_ask ask = {0};
	struct zv_candidate *found;

	OK(zv_candidates(&found, n, fx.db, who, cluster_uid(), &ask, &fx.arena, &fx.err));
	return found;
}

static const struct zv_candidate *of_org(const struct zv_candidate *found, size_t n, int64_t org_id)
{
	for (size_t i = 0; i < n; i++)
		if (found[i].org_id == org_id)
			return &found[i];
	return NULL;
}

static bool says(const struct zv_reason *reason, const char *text)
{
	return zv_str_find(zv_reason_text(reason, &fx.arena), zv_str_c(text)) >= 0;
}

/* --- candidates ----------------------------------------------------------------------------------------------------------------- */

static void candidates_stand_by_the_money_between_them_and_the_members(void **state)
{
	struct zv_candidate *found;
	struct zv_who who;
	size_t n = 0;

	(void)state;
	world_make();
	who = world_owner();
	found = candidates_for(&who, &n);
	assert_int_equal(n, 3);
	assert_int_equal(found[0].org_id, world.supplier);
	assert_int_equal(found[0].kop, (int64_t)70 * MILLION);
	assert_int_equal(found[0].role, 2);
	assert_true(says(&found[0].reasons[0], "Sells to the member А-Синтез: 70,000,000.00 ₽ in 2025"));
	assert_true(zv_str_starts(zv_reason_href(&found[0].reasons[0], &fx.arena), ZV_STR("/registers/contracts/contract_")));
	assert_int_equal(found[1].org_id, world.buyer);
	assert_int_equal(found[1].role, 1);
	assert_true(says(&found[1].reasons[0], "Buys from the member Б-Реактив"));
	assert_int_equal(found[2].org_id, world.maker);
	assert_true(found[2].imports);
	assert_int_equal(found[2].kop, 24000000); /* 40 kg for at most 6,000 each */
	assert_true(says(&found[2].reasons[0], "Offers acetylacetone, which the member Г-Кетон imports (Китай)"));
	zv_tr_set_lang("ru");
	assert_true(zv_str_find(zv_reason_text(&found[2].reasons[0], &fx.arena), ZV_STR("ацетилацетон")) >= 0);
	zv_tr_set_lang("en");
}

static void a_need_that_one_may_not_see_is_nobodys_reason(void **state)
{
	struct zv_candidate *found;
	struct zv_who who;
	size_t n = 0;

	(void)state;
	world_make();
	who = world_person(ZV_ROLE_CLUSTER, world.specialised);
	for (int visibility = 0; visibility < 4; visibility++) {
		const char *const sql[] = {"UPDATE need SET visibility = 0", "UPDATE need SET visibility = 1", "UPDATE need SET visibility = 2",
					   "UPDATE need SET visibility = 3"};

		OK(zv_db_exec(fx.db, sql[visibility], &fx.err));
		found = candidates_for(&who, &n);
		assert_int_equal(n, 2);
		assert_null(of_org(found, n, world.maker)); /* who needs it is not shown with the shape */
	}
	OK(zv_db_exec(fx.db, "UPDATE contract SET cluster_id = NULL WHERE number = '11'", &fx.err));
	found = candidates_for(&who, &n);
	assert_null(of_org(found, n, world.supplier)); /* nor a contract that was not shown to the cluster */
}

static void a_qualified_substitute_is_offered_in_its_place(void **state)
{
	struct zv_candidate *found;
	const struct zv_candidate *other;
	struct zv_who who = world_owner();
	int64_t item, org;
	size_t n = 0;

	(void)state;
	world_make();
	item = world_row("item", (const struct cell[]){{"name", "замена", 0}, {"name_en", "stand-in", 0}, {"name_key", "замена", 0}, {NULL, NULL, 0}});
	org = world_row("org", (const struct cell[]){{"name", "Заменитель", 0}, {"name_key", "заменитель", 0}, {NULL, NULL, 0}});
	(void)world_row("offer", (const struct cell[]){{"org_id", NULL, org}, {"item_id", NULL, item}, {NULL, NULL, 0}});
	(void)world_row("substitute", (const struct cell[]){{"item_id", NULL, world.item}, {"with_item_id", NULL, item}, {"state", NULL, 2}, {NULL, NULL, 0}});
	found = candidates_for(&who, &n);
	assert_null(of_org(found, n, org)); /* tested is not qualified */
	OK(zv_db_exec(fx.db, "UPDATE substitute SET state = 3", &fx.err));
	found = candidates_for(&who, &n);
	other = of_org(found, n, org);
	assert_non_null(other);
	assert_true(says(&other->reasons[0], "Offers stand-in (qualified in place of acetylacetone), which"));
}

static void only_who_may_invite_sees_candidates(void **state)
{
	const enum zv_role roles[] = {ZV_ROLE_BUYER, ZV_ROLE_ANALYST, ZV_ROLE_INVESTOR, ZV_ROLE_ADMIN, ZV_ROLE_CLUSTER};
	const struct zv_candidates_ask ask = {0};
	struct zv_candidate *found;
	struct zv_campaign campaign;
	struct zv_who who;
	size_t n = 0;

	(void)state;
	world_make();
	for (size_t i = 0; i < ZV_LEN(roles); i++) {
		who = world_person(roles[i], world.planner);
		assert_int_equal(zv_candidates(&found, &n, fx.db, &who, cluster_uid(), &ask, &fx.arena, &fx.err), ZV_E_DENIED);
		assert_int_equal(zv_invitation_list(&campaign, fx.db, &who, cluster_uid(), &fx.arena, &fx.err), ZV_E_DENIED);
	}
	who = world_person(ZV_ROLE_CLUSTER, world.specialised);
	assert_int_equal(zv_candidates(&found, &n, fx.db, &who, world_uid("cluster", world.planned), &ask, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

/* What is supposed of an outsider's figure `shipped` in the facts: its kopecks, -1 when it is unknown. */
static int64_t supposed_shipped(const struct zv_who *who)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	const struct zv_facts_edit join = {.kind = ZV_FACTS_JOIN, .org_id = world.supplier, .cluster_id = world.cluster, .role = 2};
	const struct zv_facts_ask ask = {.on = WORLD_DAY, .edits = &join, .n_edits = 1, .who = who};
	struct zv_rules_facts facts;
	struct zv_str uid = world_uid("org", world.supplier);

	OK(zv_facts_cluster(&facts, fx.db, world.cluster, &ask, &fx.arena, &fx.err));
	for (int t = 0; t < v->n_tables; t++) {
		if (strcmp(v->tables[t].name, "members") != 0)
			continue;
		for (size_t row = 0; row < facts.rows[t].n; row++)
			for (int f = 0; f < v->tables[t].n_fields; f++) {
				const struct zv_rules_cell *cell = &facts.rows[t].cells[row * (size_t)v->tables[t].n_fields + (size_t)f];

				if (strcmp(v->tables[t].fields[f].name, "shipped") == 0 && zv_str_eq(facts.rows[t].keys[row], uid))
					return cell->known ? cell->lo : -1;
			}
	}
	fail_msg("the organisation that is supposed to join is not among the members");
	return 0;
}

static void what_is_supposed_of_an_outsider_does_not_tell_its_figures(void **state)
{
	struct zv_who owner = world_owner(), cluster, own;

	(void)state;
	world_make();
	(void)world_row("org_year", (const struct cell[]){{"org_id", NULL, world.supplier}, {"year", NULL, 2025}, {"shipped_kop", NULL, 777}, {NULL, NULL, 0}});
	cluster = world_person(ZV_ROLE_CLUSTER, world.specialised);
	own = world_person(ZV_ROLE_MAKER, world.supplier);
	assert_int_equal(supposed_shipped(&cluster), -1);
	assert_int_equal(supposed_shipped(&owner), 777);
	assert_int_equal(supposed_shipped(&own), 777);
	assert_int_equal(supposed_shipped(NULL), 777);
}

/* --- invitations ----------------------------------------------------------------------------------------------------------------- */

static struct zv_str invite(const struct zv_who *who, int64_t org_id)
{
	const struct zv_invitation_new wish = {.org = world_uid("org", org_id), .due = WORLD_DAY + 14};
	struct zv_str uid;

	OK(zv_invitation_propose(&uid, fx.db, who, cluster_uid(), &wish, &fx.arena, &fx.err));
	return uid;
}

static enum zv_code move(const struct zv_who *who, struct zv_str uid, enum zv_invitation_state to)
{
	const struct zv_invitation_change change = {.state = to, .due = ZV_DATE_NONE, .joined_on = ZV_DATE_NONE, .role = to == ZV_INVITATION_JOINED ? 2 : 0};

	return zv_invitation_change(fx.db, who, uid, &change, &fx.arena, &fx.err);
}

static struct zv_invitation get(const struct zv_who *who, struct zv_str uid)
{
	struct zv_invitation invitation;

	OK(zv_invitation_get(&invitation, fx.db, who, uid, &fx.arena, &fx.err));
	return invitation;
}

static size_t open_tasks(const struct zv_who *who, const char *kind)
{
	const struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .kind = zv_str_c(kind), .limit = 50};
	struct zv_tasks_page page;

	OK(zv_tasks_list(&page, fx.db, who, &query, &fx.arena, &fx.err));
	for (size_t i = 0; i < page.n; i++)
		assert_true(page.tasks[i].title.n > 0 && zv_str_starts(page.tasks[i].href, ZV_STR("/invitations/")));
	return page.n;
}

static void an_invitation_leads_from_the_letter_to_the_membership(void **state)
{
	struct zv_who cluster, guest;
	struct zv_invitation seen;
	struct zv_campaign campaign;
	struct zv_cluster_member *members;
	struct zv_str uid;
	size_t n = 0;

	(void)state;
	world_make();
	cluster = world_person(ZV_ROLE_CLUSTER, world.specialised);
	guest = world_person(ZV_ROLE_MAKER, world.supplier);
	uid = invite(&cluster, world.supplier);
	seen = get(&cluster, uid);
	assert_int_equal(seen.state, ZV_INVITATION_PROPOSED);
	assert_true(seen.may.send && seen.may.edit && !seen.may.answer && !seen.may.join);
	assert_true(zv_str_find(seen.letter.ru, ZV_STR("Внешний поставщик")) >= 0);
	assert_true(zv_str_find(seen.letter.en, ZV_STR("— you supply А-Синтез: 70,000,000.00 ₽ in 2025")) >= 0);
	assert_true(zv_str_find(seen.letter.en, ZV_STR("2026-03-16")) >= 0);
	assert_int_equal(zv_invitation_get(&seen, fx.db, &guest, uid, &fx.arena, &fx.err), ZV_E_NOTFOUND); /* not sent yet */
	assert_int_equal(move(&cluster, uid, ZV_INVITATION_YES), ZV_E_CONFLICT);
	OK(move(&cluster, uid, ZV_INVITATION_SENT));
	assert_int_equal(open_tasks(&guest, "invitation.answer"), 1);
	seen = get(&guest, uid);
	assert_true(seen.may.answer && !seen.may.join && !seen.may.withdraw && seen.made_by.n == 0);
	assert_int_equal(seen.n_reasons, 1);
	assert_int_equal(move(&guest, uid, ZV_INVITATION_WITHDRAWN), ZV_E_DENIED);
	assert_int_equal(move(&guest, uid, ZV_INVITATION_JOINED), ZV_E_DENIED);
	OK(move(&guest, uid, ZV_INVITATION_YES));
	assert_int_equal(open_tasks(&guest, "invitation.answer"), 0);
	assert_int_equal(open_tasks(&cluster, "invitation.answered"), 1);
	OK(move(&cluster, uid, ZV_INVITATION_JOINED));
	assert_int_equal(open_tasks(&cluster, "invitation.answered"), 0);
	OK(zv_cluster_members(&members, &n, fx.db, world.cluster, WORLD_DAY, false, &fx.arena, &fx.err));
	assert_int_equal(n, 12);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster_member m JOIN batch b ON b.id = m.batch_id WHERE m.role = 2 AND "
					"m.joined_on = 20514 AND b.actor = 'user:person'"),
			 1);
	OK(zv_invitation_list(&campaign, fx.db, &cluster, cluster_uid(), &fx.arena, &fx.err));
	assert_int_equal(campaign.n, 1);
	assert_int_equal(campaign.funnel[ZV_INVITATION_JOINED], 1);
	assert_int_equal(move(&cluster, uid, ZV_INVITATION_WITHDRAWN), ZV_E_CONFLICT);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action LIKE 'invitation.%'"), 4);
}

static void a_member_or_an_invited_one_is_not_invited_again(void **state)
{
	struct zv_invitation_new wish = {.due = ZV_DATE_NONE};
	struct zv_who cluster;
	struct zv_str uid, again;

	(void)state;
	world_make();
	cluster = world_person(ZV_ROLE_CLUSTER, world.specialised);
	wish.org = world_uid("org", world.members[3]);
	assert_int_equal(zv_invitation_propose(&uid, fx.db, &cluster, cluster_uid(), &wish, &fx.arena, &fx.err), ZV_E_CONFLICT);
	uid = invite(&cluster, world.buyer);
	wish.org = world_uid("org", world.buyer);
	assert_int_equal(zv_invitation_propose(&again, fx.db, &cluster, cluster_uid(), &wish, &fx.arena, &fx.err), ZV_E_CONFLICT);
	OK(move(&cluster, uid, ZV_INVITATION_SENT));
	OK(move(&cluster, uid, ZV_INVITATION_WITHDRAWN));
	OK(zv_invitation_propose(&again, fx.db, &cluster, cluster_uid(), &wish, &fx.arena, &fx.err));
	assert_true(zv_str_eq(again, uid)); /* begun anew */
	assert_int_equal(get(&cluster, uid).state, ZV_INVITATION_PROPOSED);
	assert_int_equal(get(&cluster, uid).sent_ms, 0);
	wish.due = WORLD_DAY;
	wish.org = world_uid("org", world.supplier);
	assert_int_equal(zv_invitation_propose(&uid, fx.db, &cluster, cluster_uid(), &wish, &fx.arena, &fx.err), ZV_E_INVALID);
	wish.due = ZV_DATE_NONE;
	wish.org = ZV_STR("org_nobody");
	assert_int_equal(zv_invitation_propose(&uid, fx.db, &cluster, cluster_uid(), &wish, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

static void the_invited_do_not_learn_whose_need_it_is(void **state)
{
	struct zv_who owner = world_owner(), guest, stranger;
	struct zv_invitation seen;
	struct zv_str uid;

	(void)state;
	world_make();
	guest = world_person(ZV_ROLE_MAKER, world.maker);
	stranger = world_person(ZV_ROLE_MAKER, world.members[0]);
	uid = invite(&owner, world.maker);
	assert_int_equal(get(&owner, uid).n_reasons, 1);
	OK(move(&owner, uid, ZV_INVITATION_SENT));
	seen = get(&guest, uid);
	assert_int_equal(seen.n_reasons, 0);
	assert_true(zv_str_find(seen.letter.ru, ZV_STR("Г-Кетон")) < 0);
	assert_true(zv_str_find(seen.letter.en, ZV_STR("Г-Кетон")) < 0);
	assert_true(zv_str_find(seen.letter.en, ZV_STR("Members of the cluster import")) >= 0);
	assert_int_equal(zv_invitation_get(&seen, fx.db, &stranger, uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(move(&stranger, uid, ZV_INVITATION_NO), ZV_E_NOTFOUND);
	OK(move(&guest, uid, ZV_INVITATION_NO));
	OK(move(&guest, uid, ZV_INVITATION_YES)); /* it may think again */
	OK(move(&owner, uid, ZV_INVITATION_WITHDRAWN));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM task WHERE kind LIKE 'invitation.%' AND state = 1"), 0);
}

static void a_letter_can_be_mended_until_it_is_sent(void **state)
{
	struct zv_invitation_change change = {.due = ZV_DATE_NONE, .joined_on = ZV_DATE_NONE, .letter = {.en = ZV_STR("Dear <colleagues> & friends")}};
	struct zv_who cluster;
	struct zv_str uid;

	(void)state;
	world_make();
	cluster = world_person(ZV_ROLE_CLUSTER, world.specialised);
	uid = invite(&cluster, world.supplier);
	OK(zv_invitation_change(fx.db, &cluster, uid, &change, &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(get(&cluster, uid).letter.en, "Dear <colleagues> & friends"));
	assert_true(get(&cluster, uid).letter.ru.n > 0);
	OK(move(&cluster, uid, ZV_INVITATION_SENT));
	assert_int_equal(zv_invitation_change(fx.db, &cluster, uid, &change, &fx.arena, &fx.err), ZV_E_CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(candidates_stand_by_the_money_between_them_and_the_members),
		FIXTURE_TEST(a_need_that_one_may_not_see_is_nobodys_reason),
		FIXTURE_TEST(a_qualified_substitute_is_offered_in_its_place),
		FIXTURE_TEST(only_who_may_invite_sees_candidates),
		FIXTURE_TEST(what_is_supposed_of_an_outsider_does_not_tell_its_figures),
		FIXTURE_TEST(an_invitation_leads_from_the_letter_to_the_membership),
		FIXTURE_TEST(a_member_or_an_invited_one_is_not_invited_again),
		FIXTURE_TEST(the_invited_do_not_learn_whose_need_it_is),
		FIXTURE_TEST(a_letter_can_be_mended_until_it_is_sent),
	};

	return fixture_run("campaign", tests, ZV_LEN(tests));
}
