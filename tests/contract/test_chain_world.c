/* From rows to a network: shares, capacities, ways and substitutes by hand; what holds for any rows; the graph and the ranking of the same rows. */
#include "import_help.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/chain_graph.h"
#include "app/chain_list.h"
#include "app/chain_tree.h"
#include "base/rng.h"

#define NEAR 1e-9

static const char orgs[] = "key,name,inn,region\nE1,АО «Ока-Полимер»,6299000012,RU-RYA\nE3,ООО «Байкал-Реактив»,3899000019,RU-IRK\n";
static const char product[] = "key,org_inn,item,process,out,day_out,unit,day_value\nP1,6299000012,смесь,смесь,1,200,кг,1000\n";
static const char recipe[] = "key,org_inn,process,item,qty,unit,kind,stock_days\nL1,6299000012,смесь,мел,0.25,кг,,10\n";
static const struct zv_chain_when ninety = {.to = INFINITY, .days = ZV_CHAIN_DAYS};

static struct zv_chain_world load(void)
{
	struct zv_chain_world world;

	OK(zv_chain_world_load(&world, fx.db, NULL, NULL, 0, &fx.arena, &fx.err));
	return world;
}

static struct zv_chain_answer stop(const struct zv_chain_world *world, const char *name)
{
	const struct zv_chain_cause *cause;
	struct zv_chain_answer answer;
	struct zv_chain_cause *causes;
	uint32_t n;

	zv_chain_causes(&causes, &n, world, &fx.arena);
	OK(zv_chain_cause_find(&cause, causes, n, zv_str_c(name), &fx.err));
	OK(zv_chain_run(&answer, world, cause, &ninety, &fx.arena, &fx.err));
	return answer;
}

static const struct zv_chain_line *line_of(const struct zv_chain_world *world, const char *item)
{
	for (uint32_t l = 0; l < world->n_lines; l++)
		if (world->firms[world->lines[l].firm].kind == ZV_CHAIN_PROCESS && zv_str_eq_c(world->lines[l].item, item))
			return &world->lines[l];
	fail_msg("no line takes %s", item);
	return NULL;
}

/* 0.25 kg for each of 200 kg: 50 kg a day. One gives 40 % and at most 30 kg; the other what is left. */
static void shares_and_what_is_above_them(void **state)
{
	struct zv_chain_world world;
	const struct zv_chain_line *line;
	struct zv_chain_answer answer;
	double used = 0, spare = 0;

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", product);
	import_text("recipes", recipe);
	import_text("recipe-sources", "key,org_inn,process,item,maker_inn,country,share,day_max\nS1,6299000012,смесь,мел,3899000019,,40,30 кг\nS2,6299000012,смесь,мел,,Китай,,\n");
	import_assert_counts(2, 0, 0, 0, 0, 0);
	world = load();
	line = line_of(&world, "мел");
	assert_true(line->stated);
	assert_true(fabs(line->day_base - 50e6) < 1);
	for (uint32_t i = line->first; i < line->first + line->n; i++) {
		used += world.from[i].share;
		spare += world.from[i].share == 0 ? world.from[i].most : 0;
	}
	assert_true(fabs(used - 1) < NEAR);
	assert_true(fabs(spare - 0.2) < NEAR);
	/* 60 % are lost, 20 % step in: 10 days of stock last 25; then 40 % of 65 days. */
	answer = stop(&world, "country:Китай");
	assert_int_equal(answer.n_hits, 1);
	assert_true(fabs(answer.hits[0].first - 25) < NEAR);
	assert_true(fabs(answer.hits[0].lost - 26) < NEAR);
	assert_int_equal(answer.lost_kop, 2600000);
	/* Of the other side 40 % are lost, and nothing steps in: a most that nobody stated is only for what is taken. */
	answer = stop(&world, "enterprise:ООО «Байкал-Реактив»");
	assert_true(fabs(answer.hits[0].first - 25) < NEAR);
	assert_int_equal(answer.lost_kop, 2600000);
}

/* What it could give beyond its share is no other source. */
static void one_source_that_could_give_more_is_one(void **state)
{
	struct zv_chain_world world;
	struct zv_chain_answer answer;
	struct zv_str why;

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", product);
	import_text("recipes", recipe);
	import_text("recipe-sources", "key,org_inn,process,item,country,day_max,via\nS1,6299000012,смесь,мел,Китай,80 кг,порт\n");
	world = load();
	assert_int_equal(line_of(&world, "мел")->n, 2);
	assert_int_equal(line_of(&world, "мел")->sources, 1);
	answer = stop(&world, "country:Китай");
	why = zv_chain_why(&world, &answer.hits[0], &fx.arena);
	assert_true(zv_str_find(why, ZV_STR("no other source")) >= 0);
}

static void shares_above_the_whole_are_made_one(void **state)
{
	struct zv_chain_world world;
	const struct zv_chain_line *line;

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", product);
	import_text("recipes", recipe);
	import_text("recipe-sources", "key,org_inn,process,item,maker_inn,country,share\nS1,6299000012,смесь,мел,3899000019,,80\nS2,6299000012,смесь,мел,,Китай,40\n");
	world = load();
	line = line_of(&world, "мел");
	assert_int_equal(line->n, 2);
	assert_true(fabs(world.from[line->first].share + world.from[line->first + 1].share - 1) < NEAR);
	assert_true(fabs(fabs(world.from[line->first].share - world.from[line->first + 1].share) - 1.0 / 3) < NEAR);
}

/* Five days on the way to the node: a stop where it begins comes five days after a stop of the node. */
static void a_node_stops_before_what_begins_behind_it(void **state)
{
	struct zv_chain_world world;
	struct zv_chain_answer answer;

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", product);
	import_text("recipes", recipe);
	import_text("recipe-sources", "key,org_inn,process,item,country,transit_days,via\nS1,6299000012,смесь,мел,Китай,5,ст. Забайкальск; порт Восточный\n");
	world = load();
	answer = stop(&world, "node:порт Восточный");
	assert_true(fabs(answer.hits[0].stop - 10) < NEAR);
	answer = stop(&world, "import:мел@Китай");
	assert_true(fabs(answer.hits[0].stop - 15) < NEAR);
	assert_int_equal(zv_chain_lead_days(&world, (uint32_t)(line_of(&world, "мел") - world.lines)), 5);
}

static void a_qualified_substitute_steps_in_after_its_days(void **state)
{
	struct zv_chain_world world;
	struct zv_chain_answer answer;

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", product);
	import_text("recipes", recipe);
	import_text("recipe-sources", "key,org_inn,process,item,state,country,maker_inn,with_item,days\nS1,6299000012,смесь,мел,,Китай,,,\nS2,6299000012,смесь,мел,qualified,,3899000019,тальк,30\n");
	import_assert_counts(2, 0, 0, 0, 0, 0);
	world = load();
	answer = stop(&world, "import:мел@Китай");
	assert_true(fabs(answer.hits[0].stop - 10) < NEAR);
	assert_true(fabs(answer.hits[0].back - 30) < NEAR);
	assert_int_equal(answer.lost_kop, 2000000);
	/* The substitute has a direction: where тальк is taken, мел does not step in. */
	import_text("recipes", "key,org_inn,process,item,qty,unit,kind,stock_days\nL2,6299000012,смесь,тальк,0.1,кг,,4\n");
	world = load();
	assert_int_equal(line_of(&world, "тальк")->n, 1);
}

/* --- any rows ---------------------------------------------------------------------------------------------------------------------------- */

enum { WORLDS = 12, ROWS = 40, ITEMS = 12, PROCESSES = 7, TEXT = 16384 };

static const char *const inns[] = {"6299000012", "3899000019", ""};

static void add(char *text, const char *line)
{
	assert_true(strlen(text) + strlen(line) < TEXT);
	strcat(text, line);
}

static void random_rows(uint64_t seed)
{
	static char products[TEXT], recipes[TEXT], sources[TEXT];
	struct zv_rng rng;
	char line[256];

	zv_rng_init(&rng, seed);
	strcpy(products, "key,org_inn,item,process,out,day_out,unit,day_value\n");
	strcpy(recipes, "key,org_inn,process,item,qty,unit,kind,stock_days\n");
	strcpy(sources, "key,org_inn,process,item,state,country,maker_inn,with_item,share,day_max,days,transit_days,via\n");
	for (int i = 0; i < ROWS; i++) {
		static const char *const kinds[] = {"essential", "important", "non-essential"}, *const states[] = {"used", "qualified", "proposed"};
		static const char *const from[] = {"Китай,", ",3899000019", "Индия,6299000012"}, *const via[] = {"", "порт", "порт; мост"};
		const char *org = inns[zv_rng_below(&rng, ZV_LEN(inns))];
		int p = (int)zv_rng_below(&rng, PROCESSES), item = (int)zv_rng_below(&rng, ITEMS);

		(void)snprintf(line, sizeof(line), "P%d,%s,item %d,process %d,%d,%d,кг,%d\n", i, org, item, p, 1 + (int)zv_rng_below(&rng, 9), 1 + (int)zv_rng_below(&rng, 900),
			       (int)zv_rng_below(&rng, 5000));
		add(products, line);
		(void)snprintf(line, sizeof(line), "L%d,%s,process %d,item %d,0.%d,кг,%s,%d\n", i, org, p, (int)zv_rng_below(&rng, ITEMS), 1 + (int)zv_rng_below(&rng, 9),
			       kinds[zv_rng_below(&rng, 3)], (int)zv_rng_below(&rng, 40));
		add(recipes, line);
		(void)snprintf(line, sizeof(line), "S%d,%s,process %d,item %d,%s,%s,%s,%d,%d кг,%d,%d,%s\n", i, org, p, (int)zv_rng_below(&rng, ITEMS), states[zv_rng_below(&rng, 3)],
			       from[zv_rng_below(&rng, 3)], zv_rng_below(&rng, 4) == 0 ? "тальк" : "", (int)zv_rng_below(&rng, 100), 1 + (int)zv_rng_below(&rng, 90),
			       (int)zv_rng_below(&rng, 60), (int)zv_rng_below(&rng, 9), via[zv_rng_below(&rng, 3)]);
		add(sources, line);
	}
	import_text("products", products);
	import_text("recipes", recipes);
	import_text("recipe-sources", sources);
}

static void assert_lines(const struct zv_chain_world *w)
{
	for (uint32_t l = 0; l < w->n_lines; l++) {
		const struct zv_chain_line *line = &w->lines[l];
		double used = 0;

		assert_true(line->firm < w->n_firms && line->n > 0 && line->first + line->n <= w->n_from);
		assert_true(w->firms[line->firm].kind != ZV_CHAIN_OUTSIDE);
		for (uint32_t i = line->first; i < line->first + line->n; i++) {
			const struct zv_chain_from *from = &w->from[i];

			assert_true(from->line == l && from->firm < w->n_firms && from->firm != line->firm);
			assert_true(from->share >= 0 && from->share <= 1 + NEAR && from->most >= 0 && from->day >= 0);
			assert_true(w->firms[zv_chain_begin(w, from->firm)].kind != ZV_CHAIN_WAY);
			used += from->share;
		}
		assert_true(fabs(used - 1) < NEAR);
	}
}

/* Arrows are the sources of the lines of processes, each beginning once; who is alone for an essential line is counted. */
static void assert_graph(const struct zv_chain_world *w)
{
	struct zv_chain_graph all, part;
	uint32_t alone = 0, counted = 0;
	struct zv_chain_tree tree;

	OK(zv_chain_graph_make(&all, w, ZV_STR(""), 1, &fx.arena, &fx.err));
	for (uint32_t a = 0; a < all.n_arrows; a++) {
		assert_true(all.arrows[a].from < all.n_nodes && all.arrows[a].to < all.n_nodes);
		assert_int_equal(all.nodes[all.arrows[a].to].firm, all.arrows[a].line->firm);
		alone += all.arrows[a].line->sources == 1 && all.arrows[a].line->need == ZV_CHAIN_NEED_ESSENTIAL;
	}
	for (uint32_t i = 0; i < all.n_nodes; i++)
		counted += all.nodes[i].alone_for;
	assert_int_equal(alone, counted);
	for (uint32_t m = 0; m < w->n_makes; m++) {
		OK(zv_chain_graph_make(&part, w, w->makes[m].item, ZV_CHAIN_GRAPH_STEPS, &fx.arena, &fx.err));
		assert_true(part.n_nodes <= all.n_nodes && part.n_arrows <= all.n_arrows && part.n_nodes > 0);
		OK(zv_chain_tree_make(&tree, w, w->makes[m].item, &fx.arena, &fx.err));
		assert_true(tree.n_needs > 0);
	}
}

static void assert_ranking(const struct zv_chain_world *w)
{
	struct zv_chain_list_ask ask = {.kind = -1, .limit = 1000, .when = ninety, .threads = 2};
	struct zv_chain_cause *causes;
	struct zv_chain_list list;
	uint32_t n;

	zv_chain_causes(&causes, &n, w, &fx.arena);
	OK(zv_chain_list(&list, w, causes, n, &ask, &fx.arena, &fx.err));
	assert_int_equal(list.n_ranks, n);
	for (uint32_t i = 0; i < n; i++) {
		struct zv_chain_answer answer;

		assert_true(i == 0 || list.ranks[i - 1].lost_kop >= list.ranks[i].lost_kop);
		OK(zv_chain_run(&answer, w, list.ranks[i].cause, &ninety, &fx.arena, &fx.err));
		assert_int_equal(answer.lost_kop, list.ranks[i].lost_kop);
		OK(zv_chain_lengths(&answer, w, list.ranks[i].cause, &ninety, &fx.err));
		assert_int_equal(answer.n_lengths, 5);
	}
}

static uint64_t seed_of_run(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 1;
}

static void what_holds_for_any_rows(void **state)
{
	struct zv_chain_world world;

	(void)state;
	import_text("enterprises", orgs);
	for (uint64_t seed = 1; seed <= WORLDS; seed++) {
		random_rows(seed_of_run() + seed);
		world = load();
		assert_true(world.n_lines > 0);
		assert_lines(&world);
		assert_graph(&world);
		assert_ranking(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IMPORT_TEST(shares_and_what_is_above_them),
		IMPORT_TEST(one_source_that_could_give_more_is_one),
		IMPORT_TEST(shares_above_the_whole_are_made_one),
		IMPORT_TEST(a_node_stops_before_what_begins_behind_it),
		IMPORT_TEST(a_qualified_substitute_steps_in_after_its_days),
		IMPORT_TEST(what_holds_for_any_rows),
	};

	return fixture_run("chain_world", tests, ZV_LEN(tests));
}
