/* zveno match: one need against all makers, every pass and every fail with both values. */
#include "app/lots_json.h"
#include "app/lots_text.h"
#include "app/match_run.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"

static const char *mark(const struct zv_match_line *line)
{
	struct zv_str state = zv_str_c(line->state);

	if (zv_str_eq_c(state, "note") || zv_str_eq_c(state, "soft"))
		return "•";
	return line->verdict == ZV_VERDICT_FAIL ? "✗" : line->verdict == ZV_VERDICT_ASK ? "?" : "✓";
}

static void print_maker(struct zv_cli *cli, const struct zv_match_maker *m, enum zv_dim dim, struct zv_arena *arena)
{
	static const char *const verdicts[] = {N_("fails"), N_("ask the maker"), N_("passes")};
	char price[ZV_PRICE_TEXT];
	char ready[ZV_DATE_TEXT];

	zv_price_format(price, m->landed, dim);
	zv_date_format(ready, m->ready_on);
	(void)fprintf(cli->out, "%.*s · %.*s · %s", ZV_STR_FMT(m->org), ZV_STR_FMT(m->region), zv_tr(verdicts[m->verdict + 1]));
	if (m->landed_known)
		(void)fprintf(cli->out, " · %s", price);
	if (m->lot_base > 0)
		(void)fprintf(cli->out, " %s %.*s", zv_tr(N_("at")), ZV_STR_FMT(zv_lots_qty(m->lot_base, dim, arena)));
	if (m->ready_on != ZV_DATE_NONE)
		(void)fprintf(cli->out, " · %s %s", zv_tr(N_("ready")), ready);
	(void)fprintf(cli->out, "%s\n", m->proven ? zv_tr(N_(" · known by a contract")) : "");
	for (size_t i = 0; i < m->n_lines; i++)
		(void)fprintf(cli->out, "  %s %.*s\n", mark(&m->lines[i]), ZV_STR_FMT(m->lines[i].text));
	for (size_t i = 0; i < m->n_gaps; i++)
		zv_say(cli->out, N_("  gap: %.*s"), ZV_STR_FMT(m->gaps[i]));
	(void)fprintf(cli->out, "\n");
}

static void print_all(struct zv_cli *cli, const struct zv_match_result *r, struct zv_arena *arena)
{
	char due[ZV_DATE_TEXT];
	char as_of[ZV_DATE_TEXT];

	zv_date_format(due, r->due);
	zv_date_format(as_of, r->as_of);
	zv_say(cli->out, N_("%.*s · %.*s · %.*s, needed %s, seen on %s"), ZV_STR_FMT(r->need), ZV_STR_FMT(r->org), ZV_STR_FMT(r->item),
	       r->due != ZV_DATE_NONE ? due : zv_tr(N_("on no stated day")), as_of);
	if (r->firm_base > 0)
		zv_say(cli->out, N_("%.*s, tolerance %.*s"), ZV_STR_FMT(zv_lots_qty(r->firm_base, r->dim, arena)),
		       ZV_STR_FMT(zv_lots_qty(r->extra_base, r->dim, arena)));
	(void)fprintf(cli->out, "\n");
	for (size_t i = 0; i < r->n_makers; i++)
		print_maker(cli, &r->makers[i], r->dim, arena);
	if (r->n_makers == 0)
		zv_say(cli->out, N_("Nobody offers this item or one of its class. Import offers with “zveno import offers FILE”."));
	else
		zv_say(cli->out, N_("%lld pass, %lld to be asked, %lld fail"), (long long)r->n_pass, (long long)r->n_ask, (long long)r->n_fail);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_match_result result;
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_match_run(&result, db, cli->who, zv_cli_arg(cli, 0), cli->as_of, &arena, err);
	if (code == ZV_OK && cli->json) {
		struct zv_cli_json doc;

		zv_cli_json_begin(&doc, cli);
		zv_match_json(&doc.json, &result);
		code = zv_cli_json_end(&doc, err);
	} else if (code == ZV_OK) {
		print_all(cli, &result, &arena);
	}
	if (code == ZV_OK)
		cli->no = result.n_pass == 0;
	zv_database_close(db);
	zv_arena_done(&arena);
	return code;
}

const struct zv_cli_command zv_cmd_match = {
	.name = "match",
	.args = "NEED",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Who can serve a need, when and at what landed price; who cannot, and what would make it possible"),
	.action = ZV_CLI_DO(MATCH_READ),
	.run = run,
};
