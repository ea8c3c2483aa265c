/* Writes the files of the large demo world, one a kind and a centre, and puts them through the import. */
#include "app/demo_large.h"

#include <stdio.h>

#include "app/seed.h"
#include "base/buf.h"
#include "base/rng.h"

enum { SEED = 20260302, CENTRES = 12, MEMBERS_MIN = 10, MEMBERS_MAX = 22, FEW_MEMBERS = 7, MLN = 1000000 };

/* What is wrong with a cluster; every sixth of each; of half of those with no fault a figure is missing. */
enum fault { FAULT_NONE, FAULT_FEW, FAULT_UNLINKED, FAULT_LITTLE, FAULT_NO_EDUCATION, FAULT_ONE_OBJECT, FAULTS };
enum { UNSTATED_EVERY = 13, SYLLABLES = 7, FIRST_WORD = 3 };

enum file { ORGS, CLUSTERS, MEMBERS, CONTRACTS, DELIVERIES, YEARS, OBJECTS, RESIDENTS, PROJECTS, PROJECT_MEMBERS, FILES };

static const struct {
	const char *kind;
	const char *header;
} files[FILES] = {
	[ORGS] = {"enterprises", "key,kind,name,inn,region\n"},
	[CLUSTERS] = {"clusters", "key,name,region,org_inn,state,state_on\n"},
	[MEMBERS] = {"cluster-members", "key,cluster,org_inn,role,joined_on,producing,agreement\n"},
	[CONTRACTS] = {"contracts", "key,seller_inn,buyer_inn,cluster,kind,number,title,signed_on\n"},
	[DELIVERIES] = {"deliveries", "key,contract,year,sum\n"},
	[YEARS] = {"org-years", "key,org_inn,year,shipped\n"},
	[OBJECTS] = {"infra", "key,name,kind,state,region,technological\n"},
	[RESIDENTS] = {"residents", "key,infra,cluster,since_on\n"},
	[PROJECTS] = {"projects", "key,name,org_inn,cluster,kind,state,import_substitution,passport,budget\n"},
	[PROJECT_MEMBERS] = {"project-members", "key,project,org_inn,role\n"},
};

static const struct {
	const char *code;
	int inn;
} centres[CENTRES] = {{"RU-RYA", 62}, {"RU-OMS", 55}, {"RU-IRK", 38}, {"RU-BA", 2},   {"RU-CU", 21},  {"RU-ME", 12},
		      {"RU-PER", 59}, {"RU-TVE", 69}, {"RU-ALT", 22}, {"RU-STA", 26}, {"RU-TUL", 71}, {"RU-NIZ", 52}};

struct world {
	struct zv_rng rng;
	struct zv_buf files[FILES];
	int orgs; /* made so far: the last digits of their INN */
};

struct member {
	char inn[12];
	int64_t shipped, inside; /* millions of roubles */
};

/* On a tax office that does not exist, so that no real firm is met; the check digit is right. */
static void make_inn(char out[12], int prefix, int n)
{
	static const int weights[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
	int sum = 0;

	(void)snprintf(out, 12, "%02d99%05d", prefix % 100, n % 100000);
	for (int i = 0; i < 9; i++)
		sum += weights[i] * (out[i] - '0');
	out[9] = (char)('0' + sum % 11 % 10);
	out[10] = '\0';
}

/* Seven syllables by chance: like no other name of its region, or the import would ask whether the two are the same. */
static void make_name(char out[64], struct zv_rng *rng)
{
	static const char *const syllables[] = {"ба", "вер", "гол", "дин", "жур", "зел", "ко", "лам", "мит", "нор", "пу", "рег", "сав", "тол", "фин", "хар",
						"цен", "чул", "шев", "щар", "эл", "юм", "яр", "ост", "ирб", "унг", "ек", "ам", "озд", "ув"};
	int at = 0;

	for (int i = 0; i < SYLLABLES; i++)
		at += snprintf(out + at, 64 - (size_t)at, i == FIRST_WORD ? " %s" : "%s", syllables[zv_rng_below(rng, ZV_LEN(syllables))]);
}

static void add_org(struct world *w, char inn[12], int centre, const char *kind)
{
	int n = w->orgs++;
	char name[64];

	make_inn(inn, centres[centre].inn, 10001 + n);
	make_name(name, &w->rng);
	zv_buf_addf(&w->files[ORGS], "LO%d,%s,«%s» (демо),%s,%s\n", n, kind, name, inn, centres[centre].code);
}

static void add_member(struct world *w, const struct member *m, int cluster, int at, enum fault fault)
{
	const char *role = at == 0 ? "final_producer" : at == 1 && fault != FAULT_NO_EDUCATION ? "education" : "supplier";

	zv_buf_addf(&w->files[MEMBERS], "LM%d-%d,LC%d,%s,%s,2024-06-01,%s,yes\n", cluster, at, cluster, m->inn, role, at == 2 ? "no" : "yes");
}

/* Each sells to the next one, all but an unlinked last one; some sell to others besides. */
static void add_contracts(struct world *w, struct member *members, int n, int cluster, enum fault fault)
{
	int linked = fault == FAULT_UNLINKED ? n - 1 : n;

	for (int k = 0; k < linked * 2; k++) {
		int seller = k % linked;
		int buyer = k < linked ? (k + 1) % linked : (int)zv_rng_below(&w->rng, (uint64_t)linked);
		int64_t sum = zv_rng_range(&w->rng, 5, 60);

		if (seller == buyer)
			continue;
		zv_buf_addf(&w->files[CONTRACTS], "LD%d-%d,%s,%s,LC%d,supply,%d/%d-Д,сырьё и комплектующие,2024-07-01\n", cluster, k, members[seller].inn,
			    members[buyer].inn, cluster, k + 1, cluster + 1);
		zv_buf_addf(&w->files[DELIVERIES], "LP%d-%d,LD%d-%d,2025,%" PRId64 "\n", cluster, k, cluster, k, sum * MLN);
		members[seller].inside += sum;
	}
}

static void add_years(struct world *w, const struct member *members, int n, int cluster, enum fault fault)
{
	for (int k = 0; k < n; k++) {
		int64_t times = fault == FAULT_LITTLE ? zv_rng_range(&w->rng, 8, 14) : zv_rng_range(&w->rng, 2, 4);

		if (k == 0 && fault == FAULT_NONE && cluster % UNSTATED_EVERY == 0)
			continue; /* nobody has said it */
		zv_buf_addf(&w->files[YEARS], "LY%d-%d,%s,2025,%" PRId64 "\n", cluster, k, members[k].inn, (members[k].inside * times + 1) * MLN);
	}
}

static void add_objects(struct world *w, int cluster, int centre, enum fault fault)
{
	for (int k = 0; k < (fault == FAULT_ONE_OBJECT ? 1 : 2); k++) {
		zv_buf_addf(&w->files[OBJECTS], "LT%d-%d,Технопарк %d-%d (демо),technopark,acting,%s,yes\n", cluster, k, cluster + 1, k + 1, centres[centre].code);
		zv_buf_addf(&w->files[RESIDENTS], "LR%d-%d,LT%d-%d,LC%d,2024-06-01\n", cluster, k, cluster, k, cluster);
	}
}

/* 138 over 48 clusters: three each, but two for every eighth. */
static void add_projects(struct world *w, const struct member *members, int n, int cluster)
{
	for (int k = 0; k < (cluster % 8 == 7 ? 2 : 3); k++) {
		const struct member *buyer = &members[k % n], *supplier = &members[(k + 3) % n];

		zv_buf_addf(&w->files[PROJECTS], "LJ%d-%d,Совместный проект %d-%d (демо),%s,LC%d,joint,active,yes,%s,%" PRId64 "\n", cluster, k, cluster + 1,
			    k + 1, buyer->inn, cluster, k == 2 ? "no" : "yes", zv_rng_range(&w->rng, 20, 400) * MLN);
		zv_buf_addf(&w->files[PROJECT_MEMBERS], "LK%d-%d-b,LJ%d-%d,%s,buyer\n", cluster, k, cluster, k, buyer->inn);
		zv_buf_addf(&w->files[PROJECT_MEMBERS], "LK%d-%d-s,LJ%d-%d,%s,supplier\n", cluster, k, cluster, k, supplier->inn);
	}
}

static void add_cluster(struct world *w, int cluster, int centre)
{
	enum fault fault = (enum fault)(cluster / CENTRES * 5 + cluster) % FAULTS;
	struct member members[MEMBERS_MAX] = {0};
	char inn[12];
	int n = fault == FAULT_FEW ? FEW_MEMBERS : (int)zv_rng_range(&w->rng, MEMBERS_MIN, MEMBERS_MAX);

	add_org(w, inn, centre, "service");
	zv_buf_addf(&w->files[CLUSTERS], "LC%d,Промышленный кластер № %d (демо),%s,%s,filed,2026-02-01\n", cluster, cluster + 1, centres[centre].code, inn);
	for (int k = 0; k < n; k++) {
		add_org(w, members[k].inn, centre, k == 1 && fault != FAULT_NO_EDUCATION ? "university" : "enterprise");
		add_member(w, &members[k], cluster, k, fault);
	}
	add_contracts(w, members, n, cluster, fault);
	add_years(w, members, n, cluster, fault);
	add_objects(w, cluster, centre, fault);
	add_projects(w, members, n, cluster);
}

static enum zv_code import_centre(struct world *w, struct zv_db *db, int centre, zv_date said_on, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (int f = 0; f < FILES && code == ZV_OK; f++)
		code = zv_embedded_import(db, files[f].kind, centres[centre].code, "demo", "large demo", said_on, zv_buf_str(&w->files[f]), err);
	return code;
}

enum zv_code zv_demo_large(struct zv_db *db, zv_date said_on, struct zv_err *err)
{
	struct world w = {0};
	enum zv_code code = ZV_OK;

	zv_rng_init(&w.rng, SEED);
	for (int f = 0; f < FILES; f++)
		zv_buf_init(&w.files[f], 0);
	for (int centre = 0; centre < CENTRES && code == ZV_OK; centre++) {
		for (int f = 0; f < FILES; f++) {
			zv_buf_reset(&w.files[f]);
			zv_buf_add_c(&w.files[f], files[f].header);
		}
		for (int cluster = centre; cluster < ZV_DEMO_LARGE_CLUSTERS; cluster += CENTRES)
			add_cluster(&w, cluster, centre);
		code = import_centre(&w, db, centre, said_on, err);
	}
	for (int f = 0; f < FILES; f++)
		zv_buf_done(&w.files[f]);
	return code;
}
