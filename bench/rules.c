/*
 * Rules evaluated a second: a pack of ten criteria over 48 synthetic clusters of 11 to 60 members with three contracts a member, without and with the
 * explanation; reading the pack; and the fewest missing facts where a tenth of all facts are unknown. The same seed gives the same clusters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/rules/rules.h"

enum { CLUSTERS = 48, MEMBERS_LEAST = 11, MEMBERS_MOST = 60, CONTRACTS = 3, UID = 30, ROUNDS = 20, REGIONS = 9 };

static const struct zv_rules_field cluster_fields[] = {{"regions", ZV_RULES_NUMBER, "", false}, {"order_on", ZV_RULES_DATE, "", false}};
static const struct zv_rules_field member_fields[] = {
	{"org", ZV_RULES_TEXT, "", false},       {"role", ZV_RULES_TEXT, "", false},     {"region", ZV_RULES_TEXT, "", false},
	{"producing", ZV_RULES_BOOL, "", false}, {"inside", ZV_RULES_MONEY, "", false}, {"shipped", ZV_RULES_MONEY, "", false},
	{"joined", ZV_RULES_DATE, "", false},    {"agreement", ZV_RULES_BOOL, "", false},
};
static const struct zv_rules_field contract_fields[] = {
	{"seller", ZV_RULES_TEXT, "", false}, {"buyer", ZV_RULES_TEXT, "", false}, {"inside", ZV_RULES_BOOL, "", false}, {"sum", ZV_RULES_MONEY, "", false}};
static const struct zv_rules_table tables[] = {{"cluster", "", true, cluster_fields, ZV_LEN(cluster_fields)},
					       {"members", "", false, member_fields, ZV_LEN(member_fields)},
					       {"contracts", "", false, contract_fields, ZV_LEN(contract_fields)}};
static const struct zv_rules_vocabulary vocabulary = {tables, ZV_LEN(tables)};

static const char text[] =
	"pack b { kind cluster title ru \"б\" parameter least number { .. : 10 } parameter part percent { .. : 20 % }\n"
	"criterion a { title ru \"к\" check count(members) >= least }\n"
	"criterion b { title ru \"к\" check all(m in members where any(c in contracts where c.inside and (c.seller = m.org or c.buyer = m.org))) }\n"
	"criterion c { title ru \"к\" check sum(members.inside) / sum(members.shipped) >= if(count(members where region = \"RU-1\") / count(members) >= 30 %, 10 %, part) }\n"
	"criterion d { title ru \"к\" check count(members where role in (\"education\", \"science\")) >= 1 }\n"
	"criterion e { title ru \"к\" check count(members where not producing) <= 3 }\n"
	"criterion f { title ru \"к\" check distinct(members.region) >= 2 }\n"
	"criterion g { title ru \"к\" check any(members where role = \"final_producer\") }\n"
	"criterion h { title ru \"к\" check today <= cluster.order_on + 5 years }\n"
	"criterion i { title ru \"к\" check all(members where agreement or joined + 36 months > today) }\n"
	"criterion j { title ru \"к\" check largest(members.shipped) / sum(members.shipped) <= 90 % }\n}";

struct cluster {
	struct zv_rules_rows rows[3];
	struct zv_rules_facts facts;
	char *uids;
};

static int64_t open_of_ten;

static struct zv_rules_cell *put(struct zv_rules_cell *cell, struct zv_rng *rng, int64_t value, struct zv_str s)
{
	*cell = (struct zv_rules_cell){.known = (int64_t)zv_rng_below(rng, 100) >= open_of_ten * 10, .lo = value, .hi = value, .text = s, .origin = -1};
	return cell + 1;
}

static void draw(struct cluster *c, struct zv_rng *rng)
{
	static const char *const roles[] = {"final_producer", "supplier", "supplier", "service", "education", "science"};
	static const char *const regions[REGIONS] = {"RU-1", "RU-2", "RU-3", "RU-4", "RU-5", "RU-6", "RU-7", "RU-8", "RU-9"};
	size_t n = (size_t)zv_rng_range(rng, MEMBERS_LEAST, MEMBERS_MOST), contracts = n * CONTRACTS;
	struct zv_rules_cell *cell;

	memset(c, 0, sizeof(*c));
	c->uids = zv_alloc(n * UID);
	for (size_t i = 0; i < n * UID; i++)
		c->uids[i] = i % UID < 4 ? "org_"[i % UID] : (char)('A' + zv_rng_below(rng, 26));
	c->rows[0] = (struct zv_rules_rows){.n = 1, .complete = true, .cells = zv_calloc(ZV_LEN(cluster_fields), sizeof(*cell))};
	cell = (struct zv_rules_cell *)(uintptr_t)c->rows[0].cells;
	(void)put(put(cell, rng, 5, (struct zv_str){"", 0}), rng, 19800, (struct zv_str){"", 0});
	c->rows[1] = (struct zv_rules_rows){.n = n, .complete = true, .cells = zv_calloc(n * ZV_LEN(member_fields), sizeof(*cell))};
	cell = (struct zv_rules_cell *)(uintptr_t)c->rows[1].cells;
	for (size_t i = 0; i < n; i++) {
		cell = put(cell, rng, 0, (struct zv_str){c->uids + i * UID, UID});
		cell = put(cell, rng, 0, zv_str_c(roles[zv_rng_below(rng, ZV_LEN(roles))]));
		cell = put(cell, rng, 0, zv_str_c(regions[zv_rng_below(rng, REGIONS)]));
		cell = put(cell, rng, zv_rng_below(rng, 9) > 0, (struct zv_str){"", 0});
		cell = put(cell, rng, zv_rng_range(rng, 0, 30000000000), (struct zv_str){"", 0});
		cell = put(cell, rng, zv_rng_range(rng, 30000000000, 90000000000), (struct zv_str){"", 0});
		cell = put(cell, rng, zv_rng_range(rng, 18000, 20500), (struct zv_str){"", 0});
		cell = put(cell, rng, zv_rng_below(rng, 20) > 0, (struct zv_str){"", 0});
	}
	c->rows[2] = (struct zv_rules_rows){.n = contracts, .complete = true, .cells = zv_calloc(contracts * ZV_LEN(contract_fields), sizeof(*cell))};
	cell = (struct zv_rules_cell *)(uintptr_t)c->rows[2].cells;
	for (size_t i = 0; i < contracts; i++) {
		cell = put(cell, rng, 0, (struct zv_str){c->uids + zv_rng_below(rng, n) * UID, UID});
		cell = put(cell, rng, 0, (struct zv_str){c->uids + zv_rng_below(rng, n) * UID, UID});
		cell = put(cell, rng, zv_rng_below(rng, 10) > 0, (struct zv_str){"", 0});
		cell = put(cell, rng, zv_rng_range(rng, 100, 1000000000), (struct zv_str){"", 0});
	}
	c->facts = (struct zv_rules_facts){.today = 20500, .rows = c->rows};
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* All rules over all clusters; prints rules a second and what came out. */
static bool run(const char *what, const struct zv_rules_pack *pack, const struct cluster *clusters, bool explain, int rounds)
{
	struct zv_rules_options options = {.explain = explain};
	struct zv_arena arena;
	long long truths[3] = {0}, steps = 0, proved = 0;
	double start = now(), worst = 0;
	int n;

	(void)zv_rules_all(&n, pack);
	zv_arena_init(&arena);
	for (int round = 0; round < rounds; round++) {
		for (int c = 0; c < CLUSTERS; c++) {
			for (int r = 0; r < n; r++) {
				struct zv_rules_verdict verdict;
				double before = explain ? now() : 0;

				if (zv_rules_eval(&verdict, pack, r, &clusters[c].facts, &options, &arena, NULL) != ZV_OK)
					return false;
				worst = explain && now() - before > worst ? now() - before : worst;
				truths[verdict.truth]++;
				steps += verdict.steps;
				proved += verdict.truth == ZV_UNKNOWN && verdict.to_yes.proved && verdict.to_no.proved;
				zv_arena_reset(&arena);
			}
		}
	}
	double seconds = now() - start;
	long long rules = (long long)rounds * CLUSTERS * n;

	printf("%-34s %10.0f rules/s %8.1f us a rule %7.1f ms for all 48", what, (double)rules / seconds, seconds / (double)rules * 1e6,
	       seconds / rounds * 1e3);
	printf("  yes %lld no %lld unknown %lld  steps a rule %lld", truths[ZV_YES] / rounds, truths[ZV_NO] / rounds, truths[ZV_UNKNOWN] / rounds, steps / rules);
	if (explain)
		printf("  worst %.1f ms  proved %lld", worst * 1e3, proved / rounds);
	printf("\n");
	zv_arena_done(&arena);
	return true;
}

int main(void)
{
	const char *seed = getenv("ZVENO_SEED");
	static struct cluster clusters[2][CLUSTERS];
	struct zv_arena arena;
	struct zv_rules_pack *pack = NULL;
	struct zv_err err;
	struct zv_rng rng;
	double start;

	zv_rng_init(&rng, seed != NULL ? strtoull(seed, NULL, 10) : 1);
	for (int open = 0; open < 2; open++) {
		open_of_ten = open;
		for (int c = 0; c < CLUSTERS; c++)
			draw(&clusters[open][c], &rng);
	}
	zv_arena_init(&arena);
	start = now();
	for (int i = 0; i < 1000; i++) {
		zv_arena_reset(&arena);
		if (zv_rules_parse(&pack, NULL, NULL, ZV_STR(text), &vocabulary, &arena, &err) != ZV_OK) {
			printf("%s\n", err.text);
			return 1;
		}
	}
	printf("reading a pack of %zu bytes: %.0f us\n", sizeof(text) - 1, (now() - start) * 1e3);
	if (!run("all facts known", pack, clusters[0], false, ROUNDS) || !run("all known, explained", pack, clusters[0], true, 2) ||
	    !run("a tenth unknown", pack, clusters[1], false, ROUNDS) || !run("a tenth unknown, with the missing", pack, clusters[1], true, 1))
		return 1;
	zv_arena_done(&arena);
	for (int i = 0; i < 2 * CLUSTERS; i++) {
		for (int t = 0; t < 3; t++)
			free((void *)(uintptr_t)clusters[i / CLUSTERS][i % CLUSTERS].rows[t].cells);
		free(clusters[i / CLUSTERS][i % CLUSTERS].uids);
	}
	return 0;
}
