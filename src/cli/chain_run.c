/* zveno chain run: what stops, when and for how much, in the registers of a database. */
#include "app/chain_answer.h"
#include "app/chain_list.h"

#include <math.h>

#include "app/chain_number.h"
#include "app/chain_question.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"
#include "model/money.h"

enum { NAMES_MAX = 32, RANKS_SHOWN = 20, PAIRS_SHOWN = 10, REASONS_SHOWN = 20, THREADS_MAX = 16 };

struct asked {
	struct zv_chain_world world;
	struct zv_chain_cause *causes;
	uint32_t n_causes;
	struct zv_chain_when when;
	int kind; /* enum zv_chain_cause_kind, -1: all */
	int64_t limit, threads;
};

static struct zv_cell day_cell(double day, struct zv_arena *arena)
{
	return isnan(day) ? zv_table_null() : (struct zv_cell){.type = ZV_CELL_RAW, .human = zv_chain_day(day, arena), .machine = zv_chain_day(day, arena)};
}

static struct zv_cell money_cell(int64_t kop, struct zv_arena *arena)
{
	char human[ZV_MONEY_TEXT], machine[ZV_MONEY_TEXT];

	zv_money_format(human, kop);
	zv_money_decimal(machine, kop);
	return (struct zv_cell){.type = ZV_CELL_RAW, .human = zv_str_dup(arena, zv_str_c(human)), .machine = zv_str_dup(arena, zv_str_c(machine))};
}

static struct zv_str money(int64_t kop, struct zv_arena *arena)
{
	return money_cell(kop, arena).human;
}

/* --- one cause --------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column hit_columns[] = {
	{"firm", N_("Process"), ZV_TABLE_TEXT},	     {"first_day", N_("Runs lower from day"), ZV_TABLE_NUMBER}, {"stop_day", N_("Stops on day"), ZV_TABLE_NUMBER},
	{"back_day", N_("As usual from day"), ZV_TABLE_NUMBER}, {"lost_days", N_("Days lost"), ZV_TABLE_NUMBER},	 {"lost_rub", N_("Lost"), ZV_TABLE_NUMBER},
};

static enum zv_code answer_json(struct zv_work *work, const struct asked *q, const struct zv_chain_cause *cause, const struct zv_chain_answer *a, struct zv_err *err)
{
	struct zv_cli_json doc;

	zv_cli_json_begin(&doc, work->cli);
	zv_chain_answer_json(&doc.json, &q->world, cause, &q->when, a, work->arena);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code answer_table(struct zv_work *work, const struct asked *q, const struct zv_chain_cause *cause, const struct zv_chain_answer *a, struct zv_err *err)
{
	const struct zv_chain_world *w = &q->world;
	struct zv_table table;
	enum zv_code code;

	zv_say(work->cli->out, N_("%.*s stops: in %.0f days %.*s are lost"), ZV_STR_FMT(cause->name), q->when.days, ZV_STR_FMT(money(a->lost_kop, work->arena)));
	zv_table_init(&table, work->cli, hit_columns, ZV_LEN(hit_columns));
	for (uint32_t i = 0; i < a->n_hits; i++) {
		const struct zv_chain_hit *hit = &a->hits[i];
		struct zv_cell cells[] = {
			zv_table_text(zv_chain_firm_name(w, hit->firm, work->arena)), day_cell(hit->first, &table.arena), day_cell(hit->stop, &table.arena),
			day_cell(hit->back, &table.arena), day_cell(hit->lost, &table.arena), money_cell(hit->lost_kop, &table.arena),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	code = zv_table_done(&table, zv_tr(N_("No process runs lower for it.")), err);
	if (code == ZV_OK && zv_chain_asks_recovery(a, &q->when))
		zv_say(work->cli->out, N_("Stocks last %.*s days, fewer than %d: ask how long it takes to recover, and give it as --to."),
		       ZV_STR_FMT(zv_chain_day(zv_chain_survives(a, &q->when), work->arena)), ZV_CHAIN_BRIDGE_DAYS);
	for (uint32_t i = 0; i < a->n_lengths && a->n_hits > 0 && code == ZV_OK; i++)
		zv_say(work->cli->out, N_("If it lasts %.0f days, %.*s are lost"), a->lengths[i].days, ZV_STR_FMT(money(a->lengths[i].lost_kop, work->arena)));
	for (uint32_t i = 0; i < a->n_hits && i < REASONS_SHOWN && code == ZV_OK; i++)
		zv_say(work->cli->out, N_("%.*s: %.*s"), ZV_STR_FMT(zv_chain_firm_name(w, a->hits[i].firm, work->arena)),
		       ZV_STR_FMT(zv_chain_why(w, &a->hits[i], work->arena)));
	for (uint32_t i = 0; i < a->n_bridges && i < REASONS_SHOWN && code == ZV_OK; i++) {
		const struct zv_chain_line *line = &w->lines[a->bridges[i].line];

		zv_say(work->cli->out, N_("To lose nothing in %d days: %.*s needs “%.*s” for %.*s days, and has %" PRId64), ZV_CHAIN_BRIDGE_DAYS,
		       ZV_STR_FMT(zv_chain_firm_name(w, line->firm, work->arena)), ZV_STR_FMT(line->item),
		       ZV_STR_FMT(zv_chain_day(a->bridges[i].need, work->arena)), line->stock_days);
	}
	if (code == ZV_OK && (a->n_hits > REASONS_SHOWN || a->n_bridges > REASONS_SHOWN))
		zv_say(work->cli->out, N_("… and more; --json shows all reasons and stocks."));
	return code;
}

static enum zv_code one_cause(struct zv_work *work, const struct asked *q, struct zv_err *err)
{
	const struct zv_chain_cause *parts[NAMES_MAX];
	struct zv_chain_answer answer;
	struct zv_chain_cause cause;
	const char *name;
	uint32_t n = 0;
	enum zv_code code = ZV_OK;

	for (int i = 0; (name = zv_cli_option_at(work->cli, "cause", i)) != NULL && code == ZV_OK; i++) {
		if (n == NAMES_MAX)
			return zv_fail(err, ZV_E_LIMIT, "cause", N_("There are more than %d of --%s."), NAMES_MAX, "cause");
		code = zv_chain_cause_find(&parts[n++], q->causes, q->n_causes, zv_str_c(name), err);
	}
	if (code != ZV_OK)
		return code;
	zv_chain_cause_union(&cause, parts, n, work->arena);
	code = zv_chain_run(&answer, &q->world, &cause, &q->when, work->arena, err);
	if (code == ZV_OK)
		code = zv_chain_lengths(&answer, &q->world, &cause, &q->when, err);
	if (code != ZV_OK)
		return code;
	return work->cli->json ? answer_json(work, q, &cause, &answer, err) : answer_table(work, q, &cause, &answer, err);
}

/* --- all causes -------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column rank_columns[] = {
	{"cause", N_("Cause"), ZV_TABLE_TEXT},
	{"kind", N_("Kind"), ZV_TABLE_TEXT},
	{"lost_rub", N_("Lost"), ZV_TABLE_NUMBER},
	{"first_day", N_("First day"), ZV_TABLE_NUMBER},
	{"processes", N_("Processes"), ZV_TABLE_NUMBER},
	{"sources", N_("Sources"), ZV_TABLE_NUMBER},
};

static enum zv_code ranks_json(struct zv_work *work, const struct asked *q, const struct zv_chain_list *list, struct zv_err *err)
{
	struct zv_cli_json doc;

	zv_cli_json_begin(&doc, work->cli);
	zv_chain_list_json(&doc.json, &q->world, &q->when, list, work->arena);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code ranks_table(struct zv_work *work, const struct asked *q, const struct zv_chain_list *list, struct zv_err *err)
{
	struct zv_table table;
	enum zv_code code;

	zv_table_init(&table, work->cli, rank_columns, ZV_LEN(rank_columns));
	for (uint32_t i = 0; i < list->n_ranks; i++) {
		const struct zv_chain_rank *rank = &list->ranks[i];
		struct zv_cell cells[] = {
			zv_table_text(rank->cause->name), zv_table_c(zv_tr(zv_chain_cause_label(rank->cause->kind))), money_cell(rank->lost_kop, &table.arena),
			day_cell(rank->first, &table.arena), zv_table_int(rank->processes, &table.arena),
			rank->sources > 0 ? zv_table_int(rank->sources, &table.arena) : zv_table_null(),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	code = zv_table_done(&table, zv_tr(N_("Nothing in the registers can stop. Import products, recipes and recipe-sources first.")), err);
	for (uint32_t i = 0; i < list->n_pairs && i < PAIRS_SHOWN && code == ZV_OK; i++) {
		const struct zv_chain_pair *pair = &list->pairs[i];

		zv_say(work->cli->out, N_("Worse together: %.*s + %.*s cost %.*s, alone %.*s and %.*s"), ZV_STR_FMT(zv_chain_firm_name(&q->world, pair->a, work->arena)),
		       ZV_STR_FMT(zv_chain_firm_name(&q->world, pair->b, work->arena)), ZV_STR_FMT(money(pair->together_kop, work->arena)),
		       ZV_STR_FMT(money(pair->a_kop, work->arena)), ZV_STR_FMT(money(pair->b_kop, work->arena)));
	}
	if (list->missed > 0 && code == ZV_OK)
		zv_say(work->cli->out, N_("Pairs of sources that were not looked at: %u"), list->missed);
	return code;
}

static bool show_progress(void *context, uint32_t done, uint32_t all)
{
	struct zv_progress *shown = context;

	shown->total = all;
	if (shown->terminal) /* elsewhere it would speak of rows */
		zv_progress_show(shown, done, done);
	return true;
}

static enum zv_code all_causes(struct zv_work *work, const struct asked *q, struct zv_err *err)
{
	struct zv_progress shown;
	const struct zv_chain_watch watch = {show_progress, &shown};
	const struct zv_chain_list_ask ask = {.kind = q->kind, .limit = (uint64_t)q->limit, .when = q->when, .threads = (uint32_t)q->threads, .watch = &watch};
	struct zv_chain_list list;
	enum zv_code code;

	zv_progress_init(&shown, 0);
	code = zv_chain_list(&list, &q->world, q->causes, q->n_causes, &ask, work->arena, err);
	zv_progress_done(&shown);
	if (code != ZV_OK)
		return code;
	return work->cli->json ? ranks_json(work, q, &list, err) : ranks_table(work, q, &list, err);
}

/* --- the command -------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_when(struct asked *q, const struct zv_cli *cli, struct zv_err *err)
{
	const char *rate = zv_cli_option(cli, "rate");
	int64_t days = ZV_CHAIN_DAYS, from = 0, to = -1;

	q->limit = RANKS_SHOWN;
	q->threads = 1;
	if (zv_cli_option_int(&days, cli, "days", 1, err) != ZV_OK || zv_cli_option_int(&from, cli, "from", 0, err) != ZV_OK ||
	    zv_cli_option_int(&to, cli, "to", 0, err) != ZV_OK || zv_cli_option_int(&q->limit, cli, "limit", 1, err) != ZV_OK ||
	    zv_cli_option_int(&q->threads, cli, "threads", 1, err) != ZV_OK)
		return ZV_E_INVALID;
	if (q->threads > THREADS_MAX)
		return zv_fail(err, ZV_E_INVALID, "threads", N_("No more than %d threads."), THREADS_MAX);
	if (days > ZV_CHAIN_DAYS_MAX)
		return zv_fail(err, ZV_E_INVALID, "days", N_("A network is looked at for %d days at most."), ZV_CHAIN_DAYS_MAX);
	if (to >= 0 && to <= from)
		return zv_fail(err, ZV_E_INVALID, "to", N_("The outage ends on day %" PRId64 ", before it has begun on day %" PRId64 "."), to, from);
	q->when = (struct zv_chain_when){.from = (double)from, .to = to < 0 ? INFINITY : (double)to, .days = (double)days};
	if (rate != NULL && (!zv_chain_number(&q->when.rate, zv_str_c(rate)) || !(q->when.rate >= 0 && q->when.rate < 1)))
		return zv_fail(err, ZV_E_INVALID, "rate", N_("“%s” is not a number from 0 and below 1, such as 0.4."), rate);
	return ZV_OK;
}

static enum zv_code run(struct zv_work *work, struct zv_err *err)
{
	struct zv_str with[NAMES_MAX];
	struct asked q;
	const char *name;
	size_t n = 0;
	enum zv_code code = zv_chain_kind_read(&q.kind, zv_str_c(zv_cli_option(work->cli, "kind")), err);

	if (code == ZV_OK)
		code = read_when(&q, work->cli, err);
	for (; code == ZV_OK && (name = zv_cli_option_at(work->cli, "with", (int)n)) != NULL; n++) {
		if (n == NAMES_MAX)
			return zv_fail(err, ZV_E_LIMIT, "with", N_("There are more than %d of --%s."), NAMES_MAX, "with");
		with[n] = zv_str_c(name);
	}
	if (code == ZV_OK)
		code = zv_chain_world_load(&q.world, work->db, work->who, with, n, work->arena, err);
	if (code != ZV_OK)
		return code;
	zv_chain_causes(&q.causes, &q.n_causes, &q.world, work->arena);
	return zv_cli_option(work->cli, "cause") != NULL ? one_cause(work, &q, err) : all_causes(work, &q, err);
}

static enum zv_code run_run(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, run, err);
}

static const struct zv_cli_option options[] = {
	{"cause", "NAME", N_("what stops: kind:name, such as import:ITEM@COUNTRY; several stop together. Without it all causes are listed by what they cost")},
	{"with", "SOURCE", N_("count this proposed source, too, from its day on: key or public id; may be given several times")},
	{"days", "N", N_("for how many days losses are counted (default: 90)")},
	{"from", "DAY", N_("the day on which the outage begins (default: 0)")},
	{"to", "DAY", N_("the day on which it is over (default: never)")},
	{"rate", "R", N_("what is left while it lasts, 0 or more and below 1 (default: 0)")},
	{"kind", "KIND", N_("list causes of one kind: enterprise, process, item, import, country, region, owner or node")},
	{"limit", "N", N_("how many causes are listed (default: 20)")},
	{"threads", "N", N_("threads; the answer is the same for any number of them")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_chain_run = {
	.name = "chain run",
	.args = "",
	.help = N_("What stops in the registers when something stops: days, losses, reasons"),
	.about = N_("Products, recipe lines and their sources make the network (docs/guide/chains.md). Days count from the decision; the answer is exact for what the registers say. With --as only rows that the person may see take part."),
	.options = options,
	.action = ZV_CLI_DO(RECORD_READ),
	.run = run_run,
};
