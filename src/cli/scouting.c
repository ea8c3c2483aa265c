/* zveno scouting list, scouting show, scouting start, scouting answer. */
#include "app/scouting.h"

#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

enum { LIST_MAX = 200, MAKERS_MAX = 50 };

static const struct zv_table_column round_columns[] = {
	{"uid", N_("Round"), ZV_TABLE_TEXT},          {"need", N_("Need"), ZV_TABLE_TEXT},
	{"centre", N_("Centre"), ZV_TABLE_TEXT},      {"started_on", N_("Begun"), ZV_TABLE_TEXT},
	{"deadline", N_("Deadline"), ZV_TABLE_TEXT},  {"state", N_("State"), ZV_TABLE_TEXT},
	{"centres", N_("Centres"), ZV_TABLE_NUMBER},  {"answered", N_("Answered"), ZV_TABLE_NUMBER},
	{"silent", N_("Silent"), ZV_TABLE_NUMBER},    {"makers", N_("Makers"), ZV_TABLE_NUMBER},
	{"median_minutes", N_("Median, min"), ZV_TABLE_NUMBER},
};

static bool show_round(struct zv_table *table, const struct zv_scouting *round)
{
	const int64_t counts[] = {round->n_centres, round->n_answered, round->n_silent, round->n_makers};
	struct zv_cell cells[ZV_LEN(round_columns)];
	char started[ZV_DATE_TEXT], deadline[ZV_DATE_TEXT];

	zv_date_format(started, round->started_on);
	zv_date_format(deadline, round->deadline);
	cells[0] = zv_table_text(round->uid);
	cells[1] = zv_table_text(round->need);
	cells[1].machine = round->need_uid;
	cells[2] = zv_table_text(round->centre);
	cells[3] = zv_table_c(started);
	cells[4] = zv_table_c(deadline);
	cells[5] = zv_table_c(zv_scouting_state_name(round->state));
	for (size_t i = 0; i < ZV_LEN(counts); i++)
		cells[6 + i] = zv_table_int(counts[i], &table->arena);
	cells[10] = round->median_minutes < 0 ? zv_table_null() : zv_table_int(round->median_minutes, &table->arena);
	return zv_table_row(table, cells);
}

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_scouting *rounds;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_scouting_list(&rounds, &n, work->db, work->who, ZV_STR(""), 0, LIST_MAX, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, round_columns, ZV_LEN(round_columns));
	for (size_t i = 0; i < n; i++)
		if (!show_round(&table, &rounds[i]))
			break;
	return zv_table_done(&table, zv_tr(N_("No need has been put to the centres yet.")), err);
}

static const struct zv_table_column board_columns[] = {
	{"centre", N_("Centre"), ZV_TABLE_TEXT}, {"name", N_("Name"), ZV_TABLE_TEXT}, {"answer", N_("Answer"), ZV_TABLE_TEXT},
	{"makers", N_("Makers"), ZV_TABLE_TEXT}, {"note", N_("Note"), ZV_TABLE_TEXT},
};

static struct zv_str names_of(const struct zv_scouting_centre *centre, struct zv_arena *arena)
{
	struct zv_str names = ZV_STR("");

	for (size_t i = 0; i < centre->n_makers; i++)
		names = zv_arena_strf(arena, "%.*s%s%.*s", ZV_STR_FMT(names), i > 0 ? ", " : "", ZV_STR_FMT(centre->makers[i].name));
	return names;
}

static enum zv_code show_board(struct zv_work *work, struct zv_str uid, struct zv_err *err)
{
	struct zv_scouting round;
	struct zv_table table;
	enum zv_code code = zv_scouting_get(&round, work->db, work->who, uid, work->arena, err);

	if (code != ZV_OK)
		return code;
	if (!work->cli->json)
		zv_say(work->cli->out, N_("%lld of %lld answered, %lld silent; makers found: %lld."), (long long)round.n_answered,
		       (long long)round.n_centres, (long long)round.n_silent, (long long)round.n_makers);
	zv_table_init(&table, work->cli, board_columns, ZV_LEN(board_columns));
	for (int64_t i = 0; i < round.n_centres; i++) {
		const struct zv_scouting_centre *centre = &round.centres[i];
		const char *answer = zv_scouting_answer_name(centre->answer);
		const struct zv_cell cells[] = {
			zv_table_text(centre->code), zv_table_text(centre->name),
			answer != NULL ? zv_table_c(answer) : zv_table_null(),
			zv_table_text(names_of(centre, work->arena)), zv_table_text(centre->note),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, NULL, err);
}

static enum zv_code show(struct zv_work *work, struct zv_err *err)
{
	return show_board(work, zv_cli_arg(work->cli, 0), err);
}

static enum zv_code start(struct zv_work *work, struct zv_err *err)
{
	struct zv_str need, uid;
	zv_date deadline = ZV_DATE_NONE;
	enum zv_code code = zv_cli_option_date(&deadline, work->cli, "deadline", err);

	if (code == ZV_OK && deadline == ZV_DATE_NONE)
		code = zv_fail(err, ZV_E_INVALID, "deadline", N_("Say with --deadline by when the centres are to answer."));
	if (code == ZV_OK)
		code = zv_work_uid(&need, work, 0, "need", err);
	if (code == ZV_OK)
		code = zv_scouting_start(&uid, work->db, work->who, need, deadline, zv_str_c(zv_cli_option(work->cli, "note")), work->arena, err);
	if (code == ZV_OK)
		zv_work_done(work, uid, zv_text(work->arena, N_("All centres are asked: %.*s."), ZV_STR_FMT(uid)));
	return code;
}

static enum zv_code answer(struct zv_work *work, struct zv_err *err)
{
	struct zv_scouting_reply reply = {.centre = zv_cli_arg(work->cli, 1), .note = zv_str_c(zv_cli_option(work->cli, "note"))};
	struct zv_str makers[MAKERS_MAX];
	const char *maker;
	enum zv_code code;

	if (!zv_scouting_answer_parse(&reply.answer, zv_cli_arg(work->cli, 2)))
		return zv_fail(err, ZV_E_INVALID, "answer", N_("Answer “exact”, “near” or “none”."));
	while (reply.n_makers < MAKERS_MAX && (maker = zv_cli_option_at(work->cli, "maker", (int)reply.n_makers)) != NULL)
		makers[reply.n_makers++] = zv_str_c(maker);
	reply.makers = makers;
	code = zv_scouting_reply(work->db, work->who, zv_cli_arg(work->cli, 0), &reply, work->arena, err);
	return code == ZV_OK ? show_board(work, zv_cli_arg(work->cli, 0), err) : code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_show(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, show, err);
}

static enum zv_code run_start(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, start, err);
}

static enum zv_code run_answer(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, answer, err);
}

static const struct zv_cli_option start_options[] = {
	{"deadline", "DATE", N_("by when the centres are to answer")},
	{"note", "TEXT", N_("what the centres should know")},
	{0},
};

static const struct zv_cli_option answer_options[] = {
	{"maker", "ORG", N_("who makes it: public id or key; may be given several times")},
	{"note", "TEXT", N_("anything else")},
	{0},
};

const struct zv_cli_command zv_cmd_scouting_list = {
	.name = "scouting list",
	.args = "",
	.help = N_("Show scouting rounds: needs that were put to all centres"),
	.action = ZV_CLI_DO(SCOUTING_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_scouting_show = {
	.name = "scouting show",
	.args = "ROUND",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show who has answered a round, and what"),
	.action = ZV_CLI_DO(SCOUTING_READ),
	.run = run_show,
};

const struct zv_cli_command zv_cmd_scouting_start = {
	.name = "scouting start",
	.args = "NEED",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Put a need to all regional centres until a date"),
	.options = start_options,
	.action = ZV_CLI_DO(SCOUTING_START),
	.run = run_start,
};

const struct zv_cli_command zv_cmd_scouting_answer = {
	.name = "scouting answer",
	.args = "ROUND CENTRE exact|near|none",
	.min_args = 3,
	.max_args = 3,
	.help = N_("Answer a round for a centre"),
	.options = answer_options,
	.action = ZV_CLI_DO(SCOUTING_ANSWER),
	.run = run_answer,
};
