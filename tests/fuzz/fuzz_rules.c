/*
 * Rule packs: the input is a pack, or the first bytes mutate a well-formed one by its grammar and the rest are facts. Reading and evaluating stay within
 * their steps, never read outside of the facts, and say the same twice.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "engine/rules/rules.h"

enum { TABLES = 4, STEPS = 3000, ROWS = 4, TEXT_BYTES = 3, MUTATIONS = 6, RULES_RUN = 6 };

static const struct zv_rules_field org_fields[] = {{"uid", ZV_RULES_TEXT, "", false}, {"staff", ZV_RULES_NUMBER, "", false}, {"balance", ZV_RULES_MONEY, "", true},
						   {"good", ZV_RULES_BOOL, "", false}, {"joined", ZV_RULES_DATE, "", false}};
static const struct zv_rules_field member_fields[] = {{"org", ZV_RULES_TEXT, "", false}, {"role", ZV_RULES_TEXT, "", false}, {"shipped", ZV_RULES_MONEY, "", false},
						      {"producing", ZV_RULES_BOOL, "", false}, {"joined", ZV_RULES_DATE, "", false}};
static const struct zv_rules_field contract_fields[] = {{"seller", ZV_RULES_TEXT, "", false}, {"buyer", ZV_RULES_TEXT, "", false}, {"sum", ZV_RULES_MONEY, "", false}};
static const struct zv_rules_field cost_fields[] = {{"category", ZV_RULES_TEXT, "", false}, {"sum", ZV_RULES_MONEY, "", false}};
static const struct zv_rules_table tables[TABLES] = {{"org", "", true, org_fields, ZV_LEN(org_fields)},
						     {"members", "", false, member_fields, ZV_LEN(member_fields)},
						     {"contracts", "", false, contract_fields, ZV_LEN(contract_fields)},
						     {"costs", "", false, cost_fields, ZV_LEN(cost_fields)}};
static const struct zv_rules_vocabulary vocabulary = {tables, TABLES};

static const char *const packs[] = {
	"pack demo-1 { series d kind cluster level own title ru \"т\" en \"t\" valid 2026-01-01 .. source \"s\"\n"
	"parameter least number ru \"p\" { 2015-07-31 .. 2025-12-31 : 2 source \"a\" 2026-01-01 .. : 3 }\nparameter part percent { .. : 20 % }\n"
	"fact org.ok yesno ru \"?\"\nfact loan.sum money ru \"?\"\n"
	"criterion a { title ru \"к\" check count(members) >= least and (org.ok or not org.good) severity warn }\n"
	"criterion b { title ru \"к\" check all(m in members where any(c in contracts where c.seller = m.org or c.buyer = m.org)) }\n"
	"criterion c { title ru \"к\" check sum(members.shipped where producing) / sum(members.shipped) >= part }\n"
	"criterion d { title ru \"к\" check distinct(members.role) = 2 and largest(members.joined) + 36 months > today and org.balance * 3 < loan.sum }\n"
	"criterion e { title ru \"к\" check if(org.good, org.staff, 5) in (1, 2) or org.uid ~ (\"a\", \"ab\") or min(org.staff, 3) != max(1, 2) }\n"
	"document x { title ru \"д\" required yes criterion a }\n}",
	"pack s { kind support title ru \"м\"\nmeasure A { title ru \"а\" form loan when org.good and any(costs where category = \"a\")\n"
	"costs a, b where sum > 1 rub share 50 % cap 150 mln rub already sum(costs.sum) intensity 70 % rate 0.3 * 10 % + 3 % amount min(org.balance, 1 bn rub)\n"
	"group g excludes \"B\" window .. 2026-01-01 ru \"о\" budget 2024 4 rub category w ru \"т\" { at most 70 % at least 1 % } }\n}",
};

/* Words of the grammar: one of them takes the place of a word of the pack. */
static const char *const grammar[] = {
	"and", "or", "not", "(", ")", "=", "<=", "/", "*", "-", "+", "members", "contracts", "org.staff", "org.balance", "org.good", "org.joined", "today",
	"0", "1", "999999999999999", "0.000000001", "20 %", "5 rub", "99999 bn rub", "36 months", "99999 years", "2026-01-01", "\"a\"", "yes", "least", "part",
	"count(members)", "sum(members.shipped)", "distinct(members.org)", "any(members where producing)", "all(members where", "smallest(contracts.sum)",
	"if(", ",", "in", "~", "where", "{", "}", "check", "criterion z { title ru \"z\" check", "year(", "min(", "m in members", "m.org", "org.ok", "loan.sum",
};

struct input {
	const uint8_t *p;
	size_t n;
};

static unsigned take(struct input *in)
{
	unsigned c = 0;

	if (in->n > 0) {
		c = *in->p++;
		in->n--;
	}
	return c;
}

/* --- facts, each array on the heap and exactly as long as it says --- */

struct facts {
	struct zv_rules_facts facts;
	struct zv_rules_rows *rows;
	struct zv_rules_cell *cells[TABLES];
	struct zv_str *keys[TABLES], *names[TABLES];
	int32_t *origins[TABLES];
	struct zv_rules_origin *origin;
	struct zv_rules_stated *stated;
	char *texts;
};

static int64_t figure(unsigned c)
{
	static const int64_t odd[] = {0, 1, 2, 3, 100, 20000, INT64_MAX, INT64_MIN, -1, 1000000000000, 60, 61, -20000, 5, 7, 300};

	return odd[c % ZV_LEN(odd)];
}

static struct zv_rules_cell cell(const struct facts *f, enum zv_rules_type type, unsigned c)
{
	struct zv_rules_cell out = {.known = c % 4 != 0, .origin = (int32_t)(c % 5) - 2};

	out.lo = figure(c / 4);
	out.hi = c % 7 == 0 ? figure(c / 9) : out.lo;
	if (type == ZV_RULES_TEXT && out.known)
		out.text = (struct zv_str){f->texts + c % TEXT_BYTES, 1 + c / 8 % (TEXT_BYTES - c % TEXT_BYTES)};
	return out;
}

static void facts_init(struct facts *f, struct input *in)
{
	*f = (struct facts){.facts = {.today = 20000 + (zv_date)take(in)}};
	f->rows = zv_calloc(TABLES, sizeof(*f->rows));
	f->texts = memcpy(zv_alloc(TEXT_BYTES), "aab", TEXT_BYTES);
	f->origin = zv_calloc(1, sizeof(*f->origin));
	f->facts.origins = f->origin;
	f->facts.n_origins = 1;
	for (int t = 0; t < TABLES; t++) {
		size_t n = tables[t].single ? take(in) % 2 : take(in) % (ROWS + 1), width = (size_t)tables[t].n_fields;

		f->cells[t] = zv_calloc(n * width + (n == 0), sizeof(*f->cells[t]));
		f->keys[t] = zv_calloc(n + (n == 0), sizeof(*f->keys[t]));
		f->names[t] = zv_calloc(n + (n == 0), sizeof(*f->names[t]));
		f->origins[t] = zv_calloc(n + (n == 0), sizeof(*f->origins[t]));
		for (size_t i = 0; i < n * width; i++)
			f->cells[t][i] = cell(f, tables[t].fields[i % width].type, take(in));
		f->rows[t] = (struct zv_rules_rows){.n = n, .complete = take(in) % 2 == 0, .cells = f->cells[t], .keys = f->keys[t], .names = f->names[t],
						    .origins = take(in) % 2 == 0 ? f->origins[t] : NULL};
	}
	f->facts.rows = f->rows;
	f->stated = zv_calloc(2, sizeof(*f->stated));
	f->stated[0] = (struct zv_rules_stated){ZV_STR("org.ok"), take(in) % 2 == 0 ? ZV_STR("yes") : ZV_STR("?"), 0};
	f->stated[1] = (struct zv_rules_stated){ZV_STR("loan.sum"), ZV_STR("1,5 млн руб."), 7};
	f->facts.stated = f->stated;
	f->facts.n_stated = take(in) % 3;
}

static void facts_done(struct facts *f)
{
	for (int t = 0; t < TABLES; t++) {
		free(f->cells[t]);
		free(f->keys[t]);
		free(f->names[t]);
		free(f->origins[t]);
	}
	free(f->rows);
	free(f->texts);
	free(f->origin);
	free(f->stated);
}

/* --- a pack --- */

/* Words of the pack replaced, doubled or left out, by what the input says. */
static void mutate(struct zv_buf *out, struct zv_str pack, struct input *in)
{
	size_t at[MUTATIONS], n = take(in) % (MUTATIONS + 1), word = 0;
	unsigned with[MUTATIONS];

	for (size_t i = 0; i < n; i++) {
		at[i] = take(in);
		with[i] = take(in);
	}
	for (size_t i = 0; i < pack.n;) {
		size_t end = i;

		while (end < pack.n && pack.p[end] != ' ' && pack.p[end] != '\n')
			end++;
		struct zv_str piece = {pack.p + i, end - i};

		for (size_t m = 0; m < n; m++) {
			if (at[m] != word % 200)
				continue;
			if (with[m] < 16)
				piece.n = 0;
			else if (with[m] < 32)
				zv_buf_add_str(out, piece);
			else
				piece = zv_str_c(grammar[with[m] % ZV_LEN(grammar)]);
			zv_buf_add_char(out, ' ');
		}
		zv_buf_add_str(out, piece);
		zv_buf_add_char(out, ' ');
		word++;
		i = end + 1;
	}
}

static void check_pack(const struct zv_rules_pack *pack, const struct facts *f, struct zv_arena *arena)
{
	struct zv_rules_options quick = {.steps_max = STEPS}, full = {.explain = true, .steps_max = STEPS};
	struct zv_rules_verdict a, b;
	struct zv_rules_terms terms;
	enum zv_truth truth;
	int n;
	const struct zv_rules_rule *rules = zv_rules_all(&n, pack);

	for (int r = 0; r < n && r < RULES_RUN; r++) {
		ZV_FUZZ_CHECK(zv_rules_find(pack, rules[r].id) == r);
		ZV_FUZZ_CHECK(zv_rules_eval(&a, pack, r, &f->facts, &quick, arena, NULL) == ZV_OK);
		ZV_FUZZ_CHECK(zv_rules_eval(&b, pack, r, &f->facts, &full, arena, NULL) == ZV_OK);
		ZV_FUZZ_CHECK(a.truth == b.truth && a.steps == b.steps && a.steps <= STEPS && a.limit == b.limit);
		ZV_FUZZ_CHECK(!a.limit || (a.truth == ZV_UNKNOWN && a.limit_text != NULL));
		ZV_FUZZ_CHECK(b.n_nodes == 0 || b.nodes[0].truth == a.truth || (a.limit && a.truth == ZV_UNKNOWN));
		for (int i = 0; i < b.n_nodes; i++) {
			ZV_FUZZ_CHECK(b.nodes[i].n_used <= ZV_RULES_USED_MAX && b.nodes[i].n_used <= b.nodes[i].n_used_all);
			for (int c = 0; c < b.nodes[i].n_children; c++)
				ZV_FUZZ_CHECK(b.nodes[i].children[c] > i && b.nodes[i].children[c] < b.n_nodes);
		}
		ZV_FUZZ_CHECK(zv_rules_terms(&terms, pack, r, &f->facts, arena, NULL) == ZV_OK);
		for (size_t row = 0; row < f->rows[3].n; row++)
			ZV_FUZZ_CHECK(zv_rules_cost(&truth, pack, r, &f->facts, row, arena, NULL) == ZV_OK);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];
	struct input in = {p, n};
	struct zv_arena arena;
	struct zv_rules_pack *pack;
	struct zv_buf text;
	struct facts f;
	struct zv_err err = {0};
	size_t n_faults = 0;
	bool raw = n > 0 && p[0] == 'p'; /* "pack ...": the input is the pack */
	char *exact;
	enum zv_code code;

	zv_arena_init(&arena);
	zv_buf_init(&text, 0);
	if (raw)
		zv_buf_add(&text, p, n);
	if (!raw)
		mutate(&text, zv_str_c(packs[take(&in) % ZV_LEN(packs)]), &in);
	facts_init(&f, &in);
	exact = zv_alloc(text.n + (text.n == 0)); /* no NUL behind it */
	if (text.n > 0)
		memcpy(exact, text.p, text.n);
	code = zv_rules_parse(&pack, faults, &n_faults, (struct zv_str){exact, text.n}, &vocabulary, &arena, &err);
	free(exact); /* the pack has its own copy */
	ZV_FUZZ_CHECK((code == ZV_OK) == (n_faults == 0) && (code == ZV_OK) == (pack != NULL) && n_faults <= ZV_RULES_FAULTS_MAX);
	for (size_t i = 0; i < n_faults; i++)
		ZV_FUZZ_CHECK(faults[i].line >= 1 && faults[i].column >= 1 && faults[i].err.text[0] != '\0');
	if (pack != NULL)
		check_pack(pack, &f, &arena);
	facts_done(&f);
	zv_buf_done(&text);
	zv_arena_done(&arena);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static struct zv_str seeds[8];
	static char noise[4][100];
	struct zv_rng rng;

	zv_rng_init(&rng, 7);
	for (int i = 0; i < 2; i++)
		seeds[i] = zv_str_c(packs[i]);
	for (int i = 0; i < 4; i++) {
		for (size_t j = 0; j < sizeof(noise[i]); j++)
			noise[i][j] = (char)zv_rng_next(&rng);
		noise[i][0] = (char)i;
		noise[i][1] = (char)i; /* mutations */
		seeds[2 + i] = (struct zv_str){noise[i], sizeof(noise[i])};
	}
	seeds[6] = (struct zv_str){"", 0};
	seeds[7] = (struct zv_str){NULL, 0};
	return seeds;
}

const char *const zv_fuzz_words[] = {"any(members where ", "count(", " and ", " or not ", "((((((((", "))))", "criterion q { title ru \"q\" check ", "1/0", "{", "}",
				     "2026-02-30", "\"", ".. : ", "99999999999999999", NULL};
