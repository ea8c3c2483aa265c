/* The packs that come with the program: each is read without a fault, and together they say what the tables that they were made from say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "app/facts.h"
#include "base/buf.h"
#include "engine/rules/rules.h"

enum { PACKS_MAX = 32 };

struct file {
	char name[256];
	struct zv_rules_pack *pack;
};

struct packs {
	struct zv_arena arena;
	struct file files[PACKS_MAX];
	size_t n;
};

static void read_file(struct zv_buf *out, const char *path)
{
	char part[4096];
	size_t n;
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	while ((n = fread(part, 1, sizeof(part), file)) > 0)
		zv_buf_add(out, part, n);
	assert_int_equal(fclose(file), 0);
}

static void read_pack(struct packs *packs, const char *name)
{
	static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];
	struct file *file = &packs->files[packs->n++];
	char path[512];
	size_t n = 0;
	struct zv_err err = {0};
	struct zv_buf text;
	enum zv_code code;

	(void)snprintf(file->name, sizeof(file->name), "%s", name);
	(void)snprintf(path, sizeof(path), "%s/%s", ZV_RULES_DIR, name);
	zv_buf_init(&text, 0);
	read_file(&text, path);
	code = zv_rules_parse(&file->pack, faults, &n, zv_buf_str(&text), zv_facts_vocabulary(), &packs->arena, &err);
	for (size_t i = 0; i < n; i++)
		print_message("%s:%d:%d: %s\n", name, faults[i].line, faults[i].column, faults[i].err.text);
	assert_int_equal(n, 0);
	assert_int_equal(code, ZV_OK);
	zv_buf_done(&text);
}

static int read_all(void **state)
{
	struct packs *packs = calloc(1, sizeof(*packs));
	DIR *dir = opendir(ZV_RULES_DIR);
	const struct dirent *entry;

	assert_non_null(packs);
	assert_non_null(dir);
	zv_arena_init(&packs->arena);
	while ((entry = readdir(dir)) != NULL) {
		size_t n = strlen(entry->d_name);

		if (n > 6 && strcmp(entry->d_name + n - 6, ".rules") == 0) {
			assert_true(packs->n < PACKS_MAX);
			read_pack(packs, entry->d_name);
		}
	}
	(void)closedir(dir);
	*state = packs;
	return 0;
}

static int free_all(void **state)
{
	struct packs *packs = *state;

	zv_arena_done(&packs->arena);
	free(packs);
	return 0;
}

static const struct zv_rules_pack *pack_named(const struct packs *packs, const char *id)
{
	for (size_t i = 0; i < packs->n; i++)
		if (zv_str_eq_c(zv_rules_head(packs->files[i].pack)->id, id))
			return packs->files[i].pack;
	fail_msg("there is no pack %s", id);
	return NULL;
}

static void every_pack_has_an_id_of_its_own(void **state)
{
	const struct packs *packs = *state;

	assert_true(packs->n >= 5);
	for (size_t i = 0; i < packs->n; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(zv_str_eq(zv_rules_head(packs->files[i].pack)->id, zv_rules_head(packs->files[k].pack)->id));
}

static void check_questions(const struct zv_rules_pack *pack)
{
	int n;
	const struct zv_rules_declared *facts = zv_rules_declared(&n, pack);

	for (int i = 0; i < n; i++)
		assert_true(facts[i].title.ru.n > 0 && facts[i].title.en.n > 0);
}

/* What people read, in both languages; and where it is from. */
static void everything_has_a_source_and_both_languages(void **state)
{
	const struct packs *packs = *state;

	for (size_t i = 0; i < packs->n; i++) {
		int n;
		const struct zv_rules_rule *rules = zv_rules_all(&n, packs->files[i].pack);

		assert_true(zv_rules_head(packs->files[i].pack)->title.en.n > 0);
		for (int r = 0; r < n; r++) {
			if (rules[r].title.ru.n == 0 || rules[r].title.en.n == 0 || rules[r].source.n == 0)
				fail_msg("%s: %.*s lacks a title in one language or a source", packs->files[i].name, ZV_STR_FMT(rules[r].id));
			if ((rules[r].amount_text.ru.n > 0) != (rules[r].amount_text.en.n > 0) || (rules[r].note.ru.n > 0) != (rules[r].note.en.n > 0))
				fail_msg("%s: %.*s has a text in one language only", packs->files[i].name, ZV_STR_FMT(rules[r].id));
			for (int k = 0; k < r; k++)
				assert_false(zv_str_eq(rules[r].id, rules[k].id));
		}
		check_questions(packs->files[i].pack);
	}
}

static const struct {
	const char *id, *form;
	enum zv_rules_status status;
	enum zv_rules_confidence confidence;
	bool computes;
} expected[] = {
	{"CL_START_BATCH", "subsidy", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"CL_JOINT_OLD", "subsidy", ZV_RULES_CLOSED, ZV_RULES_MEDIUM, false},
	{"KIP_STD", "loan", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"KIP_LOW", "loan", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"KIP_LTC", "loan", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"FRP_DEV", "loan", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, true},
	{"FRP_COMP", "loan", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, true},
	{"FRP_COMP_JOINT", "loan", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"FRP_DEV_JOINT", "loan", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, true},
	{"FRP_BASE", "loan", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, true},
	{"FRP_PROD", "loan", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, true},
	{"REG_FRP", "loan", ZV_RULES_ACTIVE, ZV_RULES_LOW, true},
	{"ATR_KD", "grant", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"ATR_KD_RADIO", "grant", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"ATR_CHEM", "grant", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"CHEM_DISCOUNT", "subsidy", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"RND_1649", "subsidy", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, false},
	{"ENG_CENTRE", "grant", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"TECH_ROUBLE", "guarantee", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"IND_MORTGAGE", "loan", ZV_RULES_SUSPENDED, ZV_RULES_HIGH, false},
	{"SPIC1", "contract", ZV_RULES_ACTIVE, ZV_RULES_HIGH, false},
	{"SPIC2", "contract", ZV_RULES_ACTIVE, ZV_RULES_HIGH, false},
	{"INS_76", "tax", ZV_RULES_ANNOUNCED, ZV_RULES_MEDIUM, false},
	{"PROFIT_0", "tax", ZV_RULES_PROPOSED, ZV_RULES_LOW, false},
	{"CL_EXPECTED_2022", "subsidy", ZV_RULES_PROPOSED, ZV_RULES_LOW, false},
	{"SINGLE_SUPPLIER", "procurement", ZV_RULES_CONDITIONAL, ZV_RULES_MEDIUM, false},
	{"SEZ", "tax", ZV_RULES_ACTIVE, ZV_RULES_LOW, false},
	{"PARK_PRIVATE", "subsidy", ZV_RULES_TO_CHECK, ZV_RULES_MEDIUM, false},
	{"PARK_REGION", "transfer", ZV_RULES_TO_CHECK, ZV_RULES_MEDIUM, false},
	{"VAT_IMPORT", "tax", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"TARIFF_0", "tax", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"EXP_TRANSPORT", "subsidy", ZV_RULES_ACTIVE, ZV_RULES_MEDIUM, true},
	{"EXP_RND", "subsidy", ZV_RULES_ACTIVE, ZV_RULES_HIGH, true},
	{"LAND", "land", ZV_RULES_REGIONAL_ONLY, ZV_RULES_LOW, false},
	{"EXPO", "service", ZV_RULES_REGIONAL_ONLY, ZV_RULES_MEDIUM, false},
	{"PARTNER_WINDOW", "service", ZV_RULES_ACTIVE, ZV_RULES_HIGH, false},
};

static void all_36_measures_are_there_as_the_table_has_them(void **state)
{
	const struct zv_rules_pack *pack = pack_named(*state, "support-2026");
	int n;
	const struct zv_rules_rule *rules = zv_rules_all(&n, pack);

	assert_int_equal(ZV_LEN(expected), 36);
	assert_int_equal(n, 36);
	for (size_t i = 0; i < ZV_LEN(expected); i++) {
		int at = zv_rules_find(pack, zv_str_c(expected[i].id));
		const struct zv_rules_rule *rule;

		if (at < 0)
			fail_msg("there is no %s", expected[i].id);
		rule = &rules[at];
		if (rule->status != expected[i].status || rule->confidence != expected[i].confidence || !zv_str_eq_c(rule->form, expected[i].form) ||
		    rule->computes != expected[i].computes)
			fail_msg("%s: status %d, confidence %d, form %.*s, computes %d", expected[i].id, (int)rule->status, (int)rule->confidence,
				 ZV_STR_FMT(rule->form), rule->computes);
	}
}

/* Found in no act: whoever reads the measure must read that, too. */
static void a_measure_in_an_exclusion_group_says_that_the_group_is_a_proposal(void **state)
{
	int n, in_groups = 0;
	const struct zv_rules_rule *rules = zv_rules_all(&n, pack_named(*state, "support-2026"));

	for (int i = 0; i < n; i++) {
		if (rules[i].n_groups == 0 && rules[i].n_excludes == 0)
			continue;
		in_groups++;
		if (zv_str_find(rules[i].source, ZV_STR("proposal of this project")) < 0 || zv_str_find(rules[i].note.ru, ZV_STR("предложение")) < 0 ||
		    zv_str_find(rules[i].note.en, ZV_STR("proposal")) < 0)
			fail_msg("%.*s does not say that its group is a proposal", ZV_STR_FMT(rules[i].id));
	}
	assert_int_equal(in_groups, 11);
}

static void the_start_batch_has_its_window_and_budget(void **state)
{
	const struct zv_rules_pack *pack = pack_named(*state, "support-2026");
	int n;
	const struct zv_rules_rule *rule = &zv_rules_all(&n, pack)[zv_rules_find(pack, ZV_STR("CL_START_BATCH"))];

	assert_int_equal(rule->n_windows, 1);
	assert_int_equal(rule->windows[0].from, zv_date_from_civil(2024, 9, 16));
	assert_int_equal(rule->windows[0].to, zv_date_from_civil(2024, 10, 15));
	assert_int_equal(rule->n_budgets, 1);
	assert_int_equal(rule->budgets[0].year, 2024);
	assert_int_equal(rule->budgets[0].kop, INT64_C(43000000000));
	assert_int_equal(rule->n_costs, 1);
}

static void ceilings_of_grants_are_those_of_the_table(void **state)
{
	static const struct {
		const char *measure, *category;
		int64_t most, least;
		const char *of;
	} rows[] = {
		{"ATR_KD", "wages", 700000, -1, ""},	   {"ATR_KD", "materials", 500000, -1, ""},  {"ATR_KD", "equipment", 400000, -1, ""},
		{"ATR_KD", "overheads", 1000000, -1, "wages"}, {"ATR_KD", "contractors", 500000, -1, ""}, {"ATR_KD", "research_plant", 200000, -1, ""},
		{"ATR_KD", "samples", 300000, -1, ""},	   {"ATR_CHEM", "overheads", 500000, -1, "wages"}, {"ATR_CHEM", "contractors", 300000, -1, ""},
		{"ENG_CENTRE", "equipment", -1, 400000, ""}, {"ENG_CENTRE", "training", 100000, -1, ""}, {"ENG_CENTRE", "travel", 50000, -1, ""},
		{"ENG_CENTRE", "consulting", 100000, -1, ""},
	};
	const struct zv_rules_pack *pack = pack_named(*state, "support-2026");
	int n;
	const struct zv_rules_rule *rules = zv_rules_all(&n, pack);

	for (size_t i = 0; i < ZV_LEN(rows); i++) {
		const struct zv_rules_rule *rule = &rules[zv_rules_find(pack, zv_str_c(rows[i].measure))];
		int found = 0;

		for (int c = 0; c < rule->n_categories; c++) {
			const struct zv_rules_category *category = &rule->categories[c];

			if (!zv_str_eq_c(category->name, rows[i].category))
				continue;
			found++;
			if (category->ceiling_ppm != rows[i].most || category->floor_ppm != rows[i].least || !zv_str_eq_c(category->of, rows[i].of))
				fail_msg("%s, %s: %lld, %lld of %.*s", rows[i].measure, rows[i].category, (long long)category->ceiling_ppm,
					 (long long)category->floor_ppm, ZV_STR_FMT(category->of));
		}
		assert_int_equal(found, 1);
	}
}

/* Editions of one series follow one another without a gap and without an overlap. */
static void the_federal_editions_follow_one_another(void **state)
{
	static const char *const editions[] = {"federal-779-2015", "federal-779-2021", "federal-779-2023", "federal-779-2025"};
	zv_date next = zv_date_from_civil(2015, 7, 31);

	for (size_t i = 0; i < ZV_LEN(editions); i++) {
		const struct zv_rules_pack_head *head = zv_rules_head(pack_named(*state, editions[i]));

		assert_true(zv_str_eq_c(head->series, "federal-779"));
		assert_int_equal(head->level, ZV_RULES_FEDERAL);
		assert_int_equal(head->valid_from, next);
		next = head->valid_to == ZV_DATE_NONE ? ZV_DATE_NONE : head->valid_to + 1;
	}
	assert_int_equal(next, ZV_DATE_NONE);
}

static bool in_federal(const struct packs *packs, const char *id, int *n_found)
{
	for (size_t i = 0; i < packs->n; i++)
		if (zv_str_eq_c(zv_rules_head(packs->files[i].pack)->series, "federal-779") && zv_rules_find(packs->files[i].pack, zv_str_c(id)) >= 0)
			(*n_found)++;
	return *n_found > 0;
}

static void every_rule_of_the_table_is_in_an_edition(void **state)
{
	static const char *const ids[] = {"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R10A", "R11",
					  "R12", "R13", "R14", "R15", "R16", "R17", "R18", "R19", "R20", "R21", "R22"};

	for (size_t i = 0; i < ZV_LEN(ids); i++) {
		int n = 0;

		if (!in_federal(*state, ids[i], &n))
			fail_msg("%s is in no edition", ids[i]);
	}
}

static void what_is_not_sure_never_blocks(void **state)
{
	const struct packs *packs = *state;
	static const char *const read_for_older[] = {"R01", "R02", "R03", "R04", "R05", "R11"};

	for (size_t i = 0; i < packs->n; i++) {
		int n;
		const struct zv_rules_rule *rules = zv_rules_all(&n, packs->files[i].pack);

		if (!zv_str_eq_c(zv_rules_head(packs->files[i].pack)->series, "federal-779"))
			continue;
		for (int r = 0; r < n; r++) {
			if (rules[r].confidence == ZV_RULES_LOW)
				assert_int_not_equal(rules[r].severity, ZV_RULES_BLOCK);
			for (size_t k = 0; k < ZV_LEN(read_for_older); k++)
				if (zv_str_eq_c(rules[r].id, read_for_older[k]))
					assert_int_equal(rules[r].severity, ZV_RULES_WARN);
		}
	}
}

static void what_the_table_switches_off_is_off(void **state)
{
	static const char *const off[] = {"R10A", "R14", "R15", "R16", "R22"};
	const struct zv_rules_pack *pack = pack_named(*state, "federal-779-2015");
	int n, n_off = 0;
	const struct zv_rules_rule *rules = zv_rules_all(&n, pack);

	for (size_t i = 0; i < ZV_LEN(off); i++)
		assert_false(rules[zv_rules_find(pack, zv_str_c(off[i]))].enabled);
	for (int i = 0; i < n; i++)
		n_off += rules[i].enabled ? 0 : 1;
	assert_int_equal(n_off, (int)ZV_LEN(off));
}

static void the_checklist_has_the_eight_documents(void **state)
{
	static const char *const ids[] = {"application", "participants", "agreement", "programme", "functional_map", "passports", "charter", "region_letters"};
	int n;
	const struct zv_rules_document *documents = zv_rules_documents(&n, pack_named(*state, "federal-779-2025"));

	assert_int_equal(n, (int)ZV_LEN(ids));
	for (int i = 0; i < n; i++) {
		assert_true(zv_str_eq_c(documents[i].id, ids[i]));
		assert_true(documents[i].required);
		assert_int_equal(documents[i].criterion.n == 0, i == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pack_has_an_id_of_its_own),
		cmocka_unit_test(everything_has_a_source_and_both_languages),
		cmocka_unit_test(all_36_measures_are_there_as_the_table_has_them),
		cmocka_unit_test(a_measure_in_an_exclusion_group_says_that_the_group_is_a_proposal),
		cmocka_unit_test(the_start_batch_has_its_window_and_budget),
		cmocka_unit_test(ceilings_of_grants_are_those_of_the_table),
		cmocka_unit_test(the_federal_editions_follow_one_another),
		cmocka_unit_test(every_rule_of_the_table_is_in_an_edition),
		cmocka_unit_test(what_is_not_sure_never_blocks),
		cmocka_unit_test(what_the_table_switches_off_is_off),
		cmocka_unit_test(the_checklist_has_the_eight_documents),
	};

	return cmocka_run_group_tests(tests, read_all, free_all);
}
