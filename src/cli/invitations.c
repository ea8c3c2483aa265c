/* zveno invitations list, show, propose, move: the campaign of a cluster. */
#include "app/invitations.h"

#include "app/words.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

static const struct zv_table_column columns[] = {
	{"invitation", N_("Invitation"), ZV_TABLE_TEXT}, {"org", N_("Organisation"), ZV_TABLE_TEXT}, {"state", N_("State"), ZV_TABLE_TEXT},
	{"due", N_("Answer by"), ZV_TABLE_TEXT},	 {"answer", N_("Answer"), ZV_TABLE_TEXT},
};

static struct zv_cell day_cell(zv_date date, struct zv_arena *arena)
{
	char text[ZV_DATE_TEXT];

	if (date == ZV_DATE_NONE)
		return zv_table_null();
	zv_date_format(text, date);
	return zv_table_text(zv_str_dup(arena, zv_str_c(text)));
}

static struct zv_cell state_cell(enum zv_invitation_state state)
{
	static const char *const labels[ZV_INVITATION_STATES + 1] = {
		"", N_("not sent yet"), N_("sent"), N_("agreed"), N_("declined"), N_("joined"), N_("taken back")};
	struct zv_cell cell = zv_table_c(zv_tr(labels[state]));

	cell.machine = zv_str_c(zv_invitation_state_name(state));
	return cell;
}

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_campaign campaign;
	struct zv_table table;
	struct zv_str cluster;
	enum zv_code code = zv_work_uid(&cluster, work, 0, "cluster", err);

	if (code == ZV_OK)
		code = zv_invitation_list(&campaign, work->db, work->who, cluster, work->arena, err);
	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < campaign.n; i++) {
		const struct zv_invitation *item = &campaign.items[i];
		struct zv_cell cells[ZV_LEN(columns)];

		cells[0] = zv_table_text(item->uid);
		cells[1] = zv_table_text(item->org);
		cells[1].machine = item->org_uid;
		cells[2] = state_cell(item->state);
		cells[3] = day_cell(item->due, &table.arena);
		cells[4] = item->answer.n > 0 ? zv_table_text(item->answer) : zv_table_null();
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nobody has been invited yet.")), err);
}

static enum zv_code show_one(struct zv_work *work, struct zv_str uid, struct zv_err *err)
{
	struct zv_invitation item;
	struct zv_table table;
	struct zv_cell cells[ZV_LEN(columns)];
	enum zv_code code = zv_invitation_get(&item, work->db, work->who, uid, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	cells[0] = zv_table_text(item.uid);
	cells[1] = zv_table_text(item.org);
	cells[1].machine = item.org_uid;
	cells[2] = state_cell(item.state);
	cells[3] = day_cell(item.due, &table.arena);
	cells[4] = item.answer.n > 0 ? zv_table_text(item.answer) : zv_table_null();
	(void)zv_table_row(&table, cells);
	code = zv_table_done(&table, NULL, err);
	if (code == ZV_OK && !work->cli->json)
		(void)fprintf(work->cli->out, "\n%.*s\n", ZV_STR_FMT(zv_tr_pick(item.letter.ru, item.letter.en)));
	return code;
}

static enum zv_code show(struct zv_work *work, struct zv_err *err)
{
	return show_one(work, zv_cli_arg(work->cli, 0), err);
}

static enum zv_code propose(struct zv_work *work, struct zv_err *err)
{
	struct zv_invitation_new wish = {.due = ZV_DATE_NONE};
	struct zv_str cluster, uid;
	enum zv_code code = zv_cli_option_date(&wish.due, work->cli, "due", err);

	if (code == ZV_OK)
		code = zv_work_uid(&cluster, work, 0, "cluster", err);
	if (code == ZV_OK)
		code = zv_work_uid(&wish.org, work, 1, "org", err);
	if (code == ZV_OK)
		code = zv_invitation_propose(&uid, work->db, work->who, cluster, &wish, work->arena, err);
	return code == ZV_OK ? show_one(work, uid, err) : code;
}

/* The place of a word in the list of roles of members. */
static enum zv_code read_role(int *out, const char *text, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster_member");
	const char *const *words = reg->columns[zv_register_column(reg, "role")].words;
	const struct zv_word *word = text != NULL ? zv_word_find(ZV_LIST_MEMBER_ROLES, zv_str_c(text)) : NULL;

	*out = 0;
	for (int i = 0; word != NULL && words[i] != NULL; i++)
		if (zv_str_eq_c(zv_str_c(words[i]), word->key))
			*out = i;
	if (text != NULL && *out == 0)
		return zv_fail(err, ZV_E_INVALID, "role", N_("“%s” is no role in a cluster; it is final_producer, supplier, service, education, science, infrastructure or other."),
			       text);
	return ZV_OK;
}

static enum zv_code move(struct zv_work *work, struct zv_err *err)
{
	const char *answer = zv_cli_option(work->cli, "answer");
	struct zv_invitation_change change = {.due = ZV_DATE_NONE, .joined_on = ZV_DATE_NONE, .has_answer = answer != NULL, .answer = zv_str_c(answer)};
	struct zv_str uid = zv_cli_arg(work->cli, 0);
	enum zv_code code = zv_cli_option_date(&change.joined_on, work->cli, "joined", err);

	if (code == ZV_OK && !zv_invitation_state_parse(&change.state, zv_cli_arg(work->cli, 1)))
		code = zv_fail(err, ZV_E_INVALID, "state", N_("Say “proposed”, “sent”, “yes”, “no”, “joined” or “withdrawn”."));
	if (code == ZV_OK)
		code = read_role(&change.role, zv_cli_option(work->cli, "role"), err);
	if (code == ZV_OK)
		code = zv_invitation_change(work->db, work->who, uid, &change, work->arena, err);
	return code == ZV_OK ? show_one(work, uid, err) : code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_show(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, show, err);
}

static enum zv_code run_propose(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, propose, err);
}

static enum zv_code run_move(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, move, err);
}

static const struct zv_cli_option propose_options[] = {
	{"due", "DATE", N_("by when the organisation is to answer")},
	{0},
};

static const struct zv_cli_option move_options[] = {
	{"answer", "TEXT", N_("what the organisation answered")},
	{"role", "ROLE", N_("of the new member: supplier, final_producer, service ...")},
	{"joined", "DATE", N_("the day of joining; otherwise today")},
	{0},
};

const struct zv_cli_command zv_cmd_invitations_list = {
	.name = "invitations list",
	.args = "CLUSTER",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show whom a cluster has invited, and what they answered"),
	.action = ZV_CLI_DO(INVITE),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_invitations_show = {
	.name = "invitations show",
	.args = "INVITATION",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show an invitation with its letter"),
	.action = ZV_CLI_DO(TASK),
	.run = run_show,
};

const struct zv_cli_command zv_cmd_invitations_propose = {
	.name = "invitations propose",
	.args = "CLUSTER ORG",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Propose to invite an organisation; the letter is written from the reasons"),
	.options = propose_options,
	.action = ZV_CLI_DO(INVITE),
	.run = run_propose,
};

const struct zv_cli_command zv_cmd_invitations_move = {
	.name = "invitations move",
	.args = "INVITATION sent|yes|no|joined|withdrawn",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Send an invitation, note its answer, make the member, or take it back"),
	.about = N_("“joined” adds the membership to the register as a batch of its own."),
	.options = move_options,
	.action = ZV_CLI_DO(TASK),
	.run = run_move,
};
