/* zveno clusters candidates. */
#include "app/invitations.h"

#include "base/tr.h"
#include "cli/table.h"
#include "cli/work.h"
#include "model/money.h"

static const struct zv_table_column candidate_columns[] = {
	{"org", N_("Organisation"), ZV_TABLE_TEXT},   {"region", N_("Region"), ZV_TABLE_TEXT}, {"sum", N_("Sum"), ZV_TABLE_NUMBER},
	{"passed", N_("Criteria met"), ZV_TABLE_TEXT}, {"why", N_("Why"), ZV_TABLE_TEXT},	{"invitation", N_("Invitation"), ZV_TABLE_TEXT},
};

static struct zv_cell money_cell(int64_t kop, struct zv_arena *arena)
{
	char human[ZV_MONEY_TEXT], machine[ZV_MONEY_TEXT];

	zv_money_format(human, kop);
	zv_money_decimal(machine, kop);
	return (struct zv_cell){
		.type = ZV_CELL_RAW, .human = zv_str_dup(arena, zv_str_c(human)), .machine = zv_str_dup(arena, zv_str_c(machine))};
}

static struct zv_str reasons_of(const struct zv_candidate *candidate, struct zv_arena *arena)
{
	struct zv_str text = ZV_STR("");

	for (size_t i = 0; i < candidate->n_reasons; i++)
		text = zv_arena_strf(arena, "%.*s%s%.*s", ZV_STR_FMT(text), i > 0 ? "; " : "", ZV_STR_FMT(zv_reason_text(&candidate->reasons[i], arena)));
	return text;
}

static enum zv_code candidates(struct zv_work *work, struct zv_err *err)
{
	const struct zv_candidates_ask ask = {.pack = zv_str_c(zv_cli_option(work->cli, "pack"))};
	struct zv_candidate *found;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_candidates(&found, &n, work->db, work->who, zv_cli_arg(work->cli, 0), &ask, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, candidate_columns, ZV_LEN(candidate_columns));
	for (size_t i = 0; i < n; i++) {
		const struct zv_effect *effect = &found[i].effect;
		struct zv_cell cells[ZV_LEN(candidate_columns)];

		cells[0] = zv_table_text(found[i].org);
		cells[0].machine = found[i].org_uid;
		cells[1] = found[i].region.n > 0 ? zv_table_text(found[i].region) : zv_table_null();
		cells[2] = money_cell(found[i].kop, &table.arena);
		cells[3] = effect->pack.n > 0 ? zv_table_text(zv_arena_strf(&table.arena, "%d → %d", effect->before.passed, effect->after.passed)) : zv_table_null();
		cells[4] = zv_table_text(reasons_of(&found[i], &table.arena));
		cells[5] = found[i].invitation.n > 0 ? zv_table_c(zv_invitation_state_name((enum zv_invitation_state)found[i].invitation_state))
						     : zv_table_null();
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nobody outside the cluster is known to supply its members or to buy from them.")), err);
}

static enum zv_code run_candidates(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, candidates, err);
}

static const struct zv_cli_option candidates_options[] = {
	{"pack", "PACK", N_("the pack of rules by which the effect of joining is told: name or series")},
	{0},
};

const struct zv_cli_command zv_cmd_clusters_candidates = {
	.name = "clusters candidates",
	.args = "CLUSTER",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show whom a cluster could invite, and why"),
	.options = candidates_options,
	.action = ZV_CLI_DO(INVITE),
	.run = run_candidates,
};
