/* zveno contact list, contact ask, contact accept, contact decline, disclosures. */
#include "app/contacts.h"

#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

enum { LIST_MAX = 200 };

static const struct zv_table_column columns[] = {
	{"uid", N_("Contact"), ZV_TABLE_TEXT}, {"asked", N_("When"), ZV_TABLE_TEXT},    {"need", N_("Need"), ZV_TABLE_TEXT},
	{"asker", N_("Who asks"), ZV_TABLE_TEXT}, {"owner", N_("Owner"), ZV_TABLE_TEXT}, {"state", N_("State"), ZV_TABLE_TEXT},
	{"note", N_("Note"), ZV_TABLE_TEXT},
};

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_contact *contacts;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_contact_list(&contacts, &n, work->db, work->who, 0, LIST_MAX, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < n; i++) {
		char when[ZV_INSTANT_TEXT];
		struct zv_cell cells[ZV_LEN(columns)];

		zv_instant_format(when, contacts[i].asked_ms);
		cells[0] = zv_table_text(contacts[i].uid);
		cells[1] = zv_table_c(when);
		cells[2] = zv_table_text(contacts[i].need);
		cells[2].machine = contacts[i].need_uid;
		cells[3] = zv_table_text(contacts[i].asker);
		cells[4] = contacts[i].owner.n > 0 ? zv_table_text(contacts[i].owner) : zv_table_null();
		cells[5] = zv_table_c(zv_contact_state_name(contacts[i].state));
		cells[6] = zv_table_text(contacts[i].note);
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nobody has asked for a contact yet.")), err);
}

static enum zv_code ask(struct zv_work *work, struct zv_err *err)
{
	struct zv_str need, uid;
	enum zv_code code = zv_work_uid(&need, work, 0, "need", err);

	if (code == ZV_OK)
		code = zv_contact_ask(&uid, work->db, work->who, need, zv_str_c(zv_cli_option(work->cli, "note")), work->arena, err);
	if (code == ZV_OK)
		zv_work_done(work, uid, zv_text(work->arena, N_("The owner of the need is asked: %.*s."), ZV_STR_FMT(uid)));
	return code;
}

static enum zv_code decide(struct zv_work *work, enum zv_contact_state state, struct zv_err *err)
{
	struct zv_str uid = zv_cli_arg(work->cli, 0);
	enum zv_code code = zv_contact_decide(work->db, work->who, uid, state, work->arena, err);

	if (code == ZV_OK)
		zv_work_done(work, uid,
			     state == ZV_CONTACT_ACCEPTED ? zv_text(work->arena, N_("Accepted: the name is open to who asked."))
							  : zv_text(work->arena, N_("Declined: the name stays hidden.")));
	return code;
}

static enum zv_code accept(struct zv_work *work, struct zv_err *err)
{
	return decide(work, ZV_CONTACT_ACCEPTED, err);
}

static enum zv_code decline(struct zv_work *work, struct zv_err *err)
{
	return decide(work, ZV_CONTACT_DECLINED, err);
}

static const struct zv_table_column shown_columns[] = {
	{"at", N_("When"), ZV_TABLE_TEXT},      {"owner", N_("Owner"), ZV_TABLE_TEXT},  {"to", N_("To whom"), ZV_TABLE_TEXT},
	{"subject", N_("About"), ZV_TABLE_TEXT}, {"what", N_("What"), ZV_TABLE_TEXT}, {"reason", N_("Why"), ZV_TABLE_TEXT},
	{"actor", N_("Who"), ZV_TABLE_TEXT},
};

static enum zv_code disclosures(struct zv_work *work, struct zv_err *err)
{
	struct zv_disclosed *shown;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_disclosed_list(&shown, &n, work->db, work->who, 0, LIST_MAX, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, shown_columns, ZV_LEN(shown_columns));
	for (size_t i = 0; i < n; i++) {
		char when[ZV_INSTANT_TEXT];
		struct zv_cell cells[ZV_LEN(shown_columns)];

		zv_instant_format(when, shown[i].at_ms);
		cells[0] = zv_table_c(when);
		cells[1] = zv_table_text(shown[i].owner);
		cells[2] = zv_table_text(shown[i].to.n > 0 ? shown[i].to : shown[i].to_name);
		cells[3] = zv_table_text(shown[i].subject);
		cells[4] = zv_table_text(shown[i].what);
		cells[5] = zv_table_text(shown[i].reason);
		cells[6] = zv_table_text(shown[i].actor);
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing has been shown to anybody yet.")), err);
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_ask(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, ask, err);
}

static enum zv_code run_accept(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, accept, err);
}

static enum zv_code run_decline(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, decline, err);
}

static enum zv_code run_disclosures(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, disclosures, err);
}

static const struct zv_cli_option ask_options[] = {{"note", "TEXT", N_("what the owner should know")}, {0}};

const struct zv_cli_command zv_cmd_contact_list = {
	.name = "contact list",
	.args = "",
	.help = N_("Show who has asked whom for a contact"),
	.action = ZV_CLI_DO(DISCLOSURE_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_contact_ask = {
	.name = "contact ask",
	.args = "NEED",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Ask, for the organisation of --as, who stands behind a need"),
	.options = ask_options,
	.action = ZV_CLI_DO(CONTACT_ASK),
	.run = run_ask,
};

const struct zv_cli_command zv_cmd_contact_accept = {
	.name = "contact accept",
	.args = "CONTACT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Accept a contact: the name of the need's owner opens to who asked"),
	.action = ZV_CLI_DO(CONTACT_DECIDE),
	.run = run_accept,
};

const struct zv_cli_command zv_cmd_contact_decline = {
	.name = "contact decline",
	.args = "CONTACT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Decline a contact: the name stays hidden"),
	.action = ZV_CLI_DO(CONTACT_DECIDE),
	.run = run_decline,
};

const struct zv_cli_command zv_cmd_disclosures = {
	.name = "disclosures",
	.args = "",
	.help = N_("Show to whom data were shown, what and why"),
	.action = ZV_CLI_DO(DISCLOSURE_READ),
	.run = run_disclosures,
};
