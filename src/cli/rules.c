/* zveno rules check, load, list, explain, history, show: packs of rules, and what they say of a cluster, an organisation or a project. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/find.h"
#include "app/lots_run.h"
#include "app/measures.h"
#include "app/packs.h"
#include "app/rules_json.h"
#include "app/support.h"
#include "app/verdicts.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

enum { HISTORY_MAX = 200, LIST_MAX = 50, READ_STEP = 65536 };

/* --- check and load ------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_file(struct zv_str *out, struct zv_cli *cli, struct zv_err *err)
{
	const char *path = cli->args[0];
	FILE *file = fopen(path, "rb");
	struct zv_buf text;
	size_t n;
	enum zv_code code = ZV_OK;

	if (file == NULL)
		return zv_fail(err, ZV_E_INVALID, "", N_("%s cannot be read: %s."), path, strerror(errno));
	/* One step more than a pack may have: what is too long must reach the reader, who says so, and not be cut to what fits. */
	zv_buf_init(&text, ZV_RULES_PACK_BYTES_MAX + READ_STEP);
	do {
		char *room = zv_buf_reserve(&text, READ_STEP);

		n = room != NULL ? fread(room, 1, READ_STEP, file) : 0;
		text.n += n;
	} while (n > 0);
	if (ferror(file))
		code = zv_fail(err, ZV_E_INVALID, "", N_("%s cannot be read: %s."), path, strerror(errno));
	*out = zv_str_dup(cli->arena, zv_buf_str(&text));
	(void)fclose(file);
	zv_buf_done(&text);
	return code;
}

static enum zv_code print_faults(struct zv_cli *cli, const struct zv_rules_fault *faults, size_t n, struct zv_err *err)
{
	struct zv_cli_json doc;

	if (!cli->json) {
		for (size_t i = 0; i < n; i++)
			(void)fprintf(cli->out, "%s:%d:%d: %s\n", cli->args[0], faults[i].line, faults[i].column, faults[i].err.text);
		return ZV_OK;
	}
	zv_cli_json_begin(&doc, cli);
	zv_json_array(&doc.json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&doc.json);
		zv_json_key_c(&doc.json, "file", cli->args[0]);
		zv_json_key_int(&doc.json, "line", faults[i].line);
		zv_json_key_int(&doc.json, "column", faults[i].column);
		zv_json_key_c(&doc.json, "text", faults[i].err.text);
		zv_json_end_object(&doc.json);
	}
	zv_json_end_array(&doc.json);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code has_faults(struct zv_cli *cli, size_t n, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, "", zv_tr_n("%s has %zu fault.", "%s has %zu faults.", (int64_t)n), cli->args[0], n);
}

static enum zv_code check(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(cli->arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_str text;
	size_t n = 0;
	enum zv_code code = read_file(&text, cli, err);

	if (code != ZV_OK)
		return code;
	zv_pack_faults(faults, &n, text, cli->arena);
	if (n > 0 || cli->json)
		code = print_faults(cli, faults, n, err);
	if (code == ZV_OK && n > 0)
		return has_faults(cli, n, err);
	if (!cli->json)
		zv_say(cli->out, N_("%s is in order."), cli->args[0]);
	return code;
}

static enum zv_code load(struct zv_work *work, struct zv_err *err)
{
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(work->arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_pack_loaded loaded;
	struct zv_str text;
	size_t n = 0;
	enum zv_code code = read_file(&text, work->cli, err);

	if (code == ZV_OK)
		code = zv_pack_load(&loaded, faults, &n, work->db, work->who, text, work->arena, err);
	if (code != ZV_OK && n > 0) {
		if (print_faults(work->cli, faults, n, err) != ZV_OK)
			return ZV_E_IO;
		return has_faults(work->cli, n, err);
	}
	if (code != ZV_OK)
		return code;
	if (loaded.approval.n > 0)
		zv_work_done(work, loaded.uid, zv_text(work->arena, N_("This takes a second person, who is asked: %.*s."), ZV_STR_FMT(loaded.approval)));
	else if (loaded.same)
		zv_work_done(work, loaded.uid, zv_text(work->arena, N_("This text is in force already; nothing has changed.")));
	else
		zv_work_done(work, loaded.uid, zv_text(work->arena, N_("The pack is in force: %.*s."), ZV_STR_FMT(loaded.uid)));
	return ZV_OK;
}

/* --- list ------------------------------------------------------------------------------------------------------------------------------ */

static const struct zv_table_column pack_columns[] = {
	{"name", N_("Pack"), ZV_TABLE_TEXT},		{"series", N_("Series"), ZV_TABLE_TEXT},     {"kind", N_("Kind"), ZV_TABLE_TEXT},
	{"level", N_("Level"), ZV_TABLE_TEXT},		{"valid_from", N_("From"), ZV_TABLE_TEXT},   {"valid_to", N_("To"), ZV_TABLE_TEXT},
	{"confidence", N_("Confidence"), ZV_TABLE_TEXT}, {"state", N_("State"), ZV_TABLE_TEXT},	     {"title", N_("Title"), ZV_TABLE_TEXT},
	{"uid", NULL, ZV_TABLE_TEXT},			{"digest", NULL, ZV_TABLE_TEXT},
};

static struct zv_cell date_cell(zv_date date, struct zv_arena *arena)
{
	char text[ZV_DATE_TEXT];

	if (date == ZV_DATE_NONE)
		return zv_table_null();
	zv_date_format(text, date);
	return zv_table_text(zv_str_dup(arena, zv_str_c(text)));
}

static bool print_pack(struct zv_table *table, const struct zv_work *work, const struct zv_pack *pack)
{
	const struct zv_rules_pack_head *head = zv_rules_head(pack->rules);
	struct zv_cell cells[ZV_LEN(pack_columns)] = {
		zv_table_text(pack->name),
		zv_table_text(pack->series),
		zv_table_c(head->kind == ZV_RULES_CLUSTER ? "cluster" : "support"),
		zv_table_c(zv_measure_level_name(head->level)),
		date_cell(head->valid_from, work->arena),
		date_cell(head->valid_to, work->arena),
		zv_table_c(zv_measure_confidence_name(head->confidence)),
		zv_table_c(zv_pack_state_name(pack->state)),
		zv_table_text(zv_rules_words(&head->title)),
		zv_table_text(pack->uid),
		zv_table_text(pack->digest),
	};

	return zv_table_row(table, cells);
}

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_pack *parts[3] = {0};
	size_t n[3] = {0};
	struct zv_table table;
	enum zv_code code = zv_pack_list(&parts[0], &n[0], work->db, ZV_RULES_CLUSTER, ZV_DATE_NONE, true, work->arena, err);

	if (code == ZV_OK)
		code = zv_pack_list(&parts[1], &n[1], work->db, ZV_RULES_SUPPORT, ZV_DATE_NONE, true, work->arena, err);
	if (code == ZV_OK)
		code = zv_pack_list_asked(&parts[2], &n[2], work->db, work->arena, err);
	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, pack_columns, ZV_LEN(pack_columns));
	for (size_t p = 0; p < ZV_LEN(parts); p++)
		for (size_t i = 0; i < n[p]; i++)
			if (zv_pack_seen(work->who, &parts[p][i]))
				(void)print_pack(&table, work, &parts[p][i]);
	return zv_table_done(&table, zv_tr(N_("There are no packs of rules.")), err);
}

/* --- explain: a cluster ---------------------------------------------------------------------------------------------------------------- */

static const char *truth_label(enum zv_truth truth)
{
	static const char *const labels[] = {[ZV_NO] = N_("fail"), [ZV_UNKNOWN] = N_("unknown"), [ZV_YES] = N_("pass")};

	return zv_tr(labels[truth]);
}

static const struct zv_table_column criterion_columns[] = {
	{"truth", N_("Verdict"), ZV_TABLE_TEXT}, {"title", N_("Criterion"), ZV_TABLE_TEXT}, {"left", N_("There is"), ZV_TABLE_NUMBER},
	{"op", N_("Sign"), ZV_TABLE_TEXT},	 {"right", N_("Must be"), ZV_TABLE_NUMBER}, {"working", N_("Reckoned from"), ZV_TABLE_TEXT},
};

static enum zv_code print_checked(struct zv_work *work, const struct zv_checked *checked, struct zv_err *err)
{
	const struct zv_rules_pack_head *head = zv_rules_head(checked->pack.rules);
	struct zv_table table;

	(void)fprintf(work->cli->out, "%.*s · %.*s\n", ZV_STR_FMT(checked->pack.name), ZV_STR_FMT(zv_rules_words(&head->title)));
	zv_table_init(&table, work->cli, criterion_columns, ZV_LEN(criterion_columns));
	for (int i = 0; i < checked->n; i++) {
		const struct zv_checked_rule *rule = &checked->rules[i];
		const struct zv_rules_node none = {0}, *leaf = rule->leaf != NULL ? rule->leaf : &none;
		struct zv_cell cells[ZV_LEN(criterion_columns)] = {
			zv_table_c(truth_label(rule->verdict.truth)), zv_table_text(zv_rules_words(&rule->rule->title)), zv_table_text(leaf->left),
			zv_table_text(leaf->op), zv_table_text(leaf->right), zv_table_text(leaf->working)};

		if (!zv_table_row(&table, cells))
			break;
	}
	if (zv_table_done(&table, NULL, err) != ZV_OK)
		return ZV_E_IO;
	zv_say(work->cli->out, N_("%d of %d criteria pass, %d fail, %d unknown"), checked->counts.passed, checked->counts.total, checked->counts.failed,
	       checked->counts.unknown);
	for (int i = 0; i < checked->n; i++) {
		const struct zv_checked_rule *rule = &checked->rules[i];
		const struct zv_rules_missing *missing = rule->verdict.to_yes.n > 0 ? &rule->verdict.to_yes : &rule->verdict.to_no;

		for (int k = 0; rule->verdict.truth == ZV_UNKNOWN && k < missing->n; k++)
			zv_say(work->cli->out, N_("%.*s: %.*s%s%.*s is not known"), ZV_STR_FMT(rule->rule->id), ZV_STR_FMT(missing->facts[k].name),
			       missing->facts[k].of.n > 0 ? ", " : "", ZV_STR_FMT(missing->facts[k].of));
	}
	(void)fprintf(work->cli->out, "\n");
	return ZV_OK;
}

static enum zv_code print_check(struct zv_work *work, const struct zv_check *check, struct zv_err *err)
{
	char on[ZV_DATE_TEXT];
	struct zv_cli_json doc;
	enum zv_code code = ZV_OK;

	if (work->cli->json) {
		zv_cli_json_begin(&doc, work->cli);
		zv_check_json(&doc.json, check);
		return zv_cli_json_end(&doc, err);
	}
	zv_date_format(on, check->on);
	(void)fprintf(work->cli->out, "%.*s, %s\n\n", ZV_STR_FMT(zv_cluster_title(&check->cluster)), on);
	for (size_t i = 0; i < check->n_packs && code == ZV_OK; i++) {
		if (check->before != NULL) {
			zv_say(work->cli->out, N_("As it stands:"));
			code = print_checked(work, &check->before[i], err);
			zv_say(work->cli->out, N_("As supposed:"));
		}
		if (code == ZV_OK)
			code = print_checked(work, &check->packs[i], err);
	}
	return code;
}

static size_t gather(struct zv_str *out, const struct zv_cli *cli, const char *name)
{
	size_t n = 0;
	const char *value;

	while (n < LIST_MAX && (value = zv_cli_option_at(cli, name, (int)n)) != NULL)
		out[n++] = zv_str_c(value);
	return n;
}

static enum zv_code explain_cluster(struct zv_work *work, struct zv_str uid, zv_date on, struct zv_err *err)
{
	struct zv_str packs[LIST_MAX], with[LIST_MAX], without[LIST_MAX], kept;
	struct zv_check_ask ask = {.cluster = uid, .packs = packs, .with = with, .without = without, .on = on};
	struct zv_check check;
	enum zv_code code;

	ask.n_packs = gather(packs, work->cli, "pack");
	ask.n_with = gather(with, work->cli, "with");
	ask.n_without = gather(without, work->cli, "without");
	code = zv_cluster_check(&check, work->db, work->who, &ask, work->arena, err);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < check.n_packs; i++)
		work->cli->no |= check.packs[i].truth == ZV_NO;
	code = print_check(work, &check, err);
	if (code != ZV_OK || !zv_cli_flag(work->cli, "save"))
		return code;
	if (check.before != NULL)
		return zv_fail(err, ZV_E_INVALID, "save", N_("What is only supposed is not kept. Leave --with and --without out, or --save."));
	for (size_t i = 0; i < check.n_packs && code == ZV_OK; i++) {
		code = zv_verdict_keep(&kept, work->db, work->who, uid, check.packs[i].pack.uid, check.on, work->arena, err);
		if (code == ZV_OK && !work->cli->json)
			zv_say(work->cli->out, N_("Kept: %.*s"), ZV_STR_FMT(kept));
	}
	return code;
}

/* --- explain: an organisation, a project ----------------------------------------------------------------------------------------------- */

static const struct zv_table_column measure_columns[] = {
	{"verdict", N_("Verdict"), ZV_TABLE_TEXT}, {"measure", N_("Measure"), ZV_TABLE_TEXT}, {"amount", N_("Sum"), ZV_TABLE_NUMBER},
	{"reason", N_("Why"), ZV_TABLE_TEXT},
};

static enum zv_code print_support(struct zv_work *work, const struct zv_support *support, struct zv_err *err)
{
	struct zv_table table;
	enum zv_code code;

	(void)fprintf(work->cli->out, "%.*s%s%.*s\n", ZV_STR_FMT(support->org), support->project.n > 0 ? " · " : "", ZV_STR_FMT(support->project));
	zv_table_init(&table, work->cli, measure_columns, ZV_LEN(measure_columns));
	for (size_t i = 0; i < support->view.n_rows; i++) {
		const struct zv_support_row *row = &support->view.rows[i];
		struct zv_cell cells[ZV_LEN(measure_columns)] = {
			zv_table_c(zv_tr(zv_support_verdict_label(row->verdict))), zv_table_text(row->rule->id),
			row->has_amount ? zv_table_text(zv_support_range_text(row->amount, work->arena)) : zv_table_null(), zv_table_text(row->reason)};

		if (!zv_table_row(&table, cells))
			break;
	}
	code = zv_table_done(&table, zv_tr(N_("No pack of support is in force.")), err);
	if (code == ZV_OK)
		zv_say(work->cli->out, N_("The best that may stand together: %.*s"), ZV_STR_FMT(zv_support_range_text(support->view.best.total, work->arena)));
	return code;
}

static enum zv_code explain_support(struct zv_work *work, const struct zv_register *reg, struct zv_str uid, zv_date on, struct zv_err *err)
{
	const char *pack = zv_cli_option(work->cli, "pack"), *project = zv_cli_option(work->cli, "project");
	const struct zv_support_ask ask = {.on = on, .pack = zv_str_c(pack), .project = zv_str_c(project)};
	struct zv_support_project of_project;
	struct zv_support support;
	struct zv_cli_json doc;
	const bool is_project = strcmp(reg->name, "project") == 0;
	enum zv_code code = is_project ? zv_support_project(&of_project, work->db, work->who, uid, &ask, work->arena, err)
				       : zv_support_org(&support, work->db, work->who, uid, &ask, work->arena, err);

	if (code != ZV_OK)
		return code;
	if (work->cli->json) {
		zv_cli_json_begin(&doc, work->cli);
		if (is_project)
			zv_support_project_json(&doc.json, &of_project);
		else
			zv_support_json(&doc.json, &support);
		return zv_cli_json_end(&doc, err);
	}
	if (!is_project)
		return print_support(work, &support, err);
	for (size_t i = 0; i < of_project.n_applicants && code == ZV_OK; i++)
		code = print_support(work, &of_project.applicants[i], err);
	return code;
}

static enum zv_code find_subject(struct zv_record *out, const struct zv_register **reg, struct zv_work *work, struct zv_err *err)
{
	static const char *const names[] = {"cluster", "org", "project"};
	enum zv_code code = ZV_E_NOTFOUND;
	enum zv_sight sight;

	for (size_t i = 0; i < ZV_LEN(names) && code == ZV_E_NOTFOUND; i++) {
		*reg = zv_register_find(names[i]);
		code = zv_find_seen(out, &sight, work->db, work->who, *reg, zv_cli_arg(work->cli, 0), work->arena, err);
	}
	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no cluster, organisation or project “%s”: name it by its key or its public id."), work->cli->args[0]);
	return code;
}

static enum zv_code explain(struct zv_work *work, struct zv_err *err)
{
	const struct zv_register *reg;
	struct zv_record record;
	zv_date on = work->cli->as_of;
	enum zv_code code = zv_cli_option_date(&on, work->cli, "on", err);

	if (code == ZV_OK)
		code = find_subject(&record, &reg, work, err);
	if (code != ZV_OK)
		return code;
	return strcmp(reg->name, "cluster") == 0 ? explain_cluster(work, record.uid, on, err) : explain_support(work, reg, record.uid, on, err);
}

static enum zv_code run_explain(struct zv_cli *cli, struct zv_err *err)
{
	return zv_cli_flag(cli, "save") ? zv_work_write(cli, explain, err) : zv_work_read(cli, explain, err);
}

/* --- history and show ------------------------------------------------------------------------------------------------------------------ */

static const struct zv_table_column verdict_columns[] = {
	{"uid", N_("Kept verdict"), ZV_TABLE_TEXT}, {"on", N_("As of"), ZV_TABLE_TEXT},	  {"pack", N_("Pack"), ZV_TABLE_TEXT},
	{"passed", N_("Passed"), ZV_TABLE_NUMBER}, {"failed", N_("Failed"), ZV_TABLE_NUMBER}, {"unknown", N_("Unknown"), ZV_TABLE_NUMBER},
	{"made_at", N_("When"), ZV_TABLE_TEXT},	    {"made_by", N_("Who"), ZV_TABLE_TEXT},
};

static enum zv_code history(struct zv_work *work, struct zv_err *err)
{
	struct zv_kept_verdict *verdicts;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_verdict_list(&verdicts, &n, work->db, work->who, zv_cli_arg(work->cli, 0), 0, HISTORY_MAX, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, verdict_columns, ZV_LEN(verdict_columns));
	for (size_t i = 0; i < n; i++) {
		char at[ZV_INSTANT_TEXT];
		struct zv_cell cells[ZV_LEN(verdict_columns)] = {
			zv_table_text(verdicts[i].uid),
			date_cell(verdicts[i].on, work->arena),
			zv_table_text(verdicts[i].pack),
			zv_table_int(verdicts[i].counts.passed, work->arena),
			zv_table_int(verdicts[i].counts.failed, work->arena),
			zv_table_int(verdicts[i].counts.unknown, work->arena),
		};

		zv_instant_format(at, verdicts[i].made_ms);
		cells[6] = zv_table_c(at);
		cells[7] = zv_table_text(verdicts[i].made_by);
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("No verdict was kept.")), err);
}

static enum zv_code show(struct zv_work *work, struct zv_err *err)
{
	struct zv_kept_verdict verdict;
	struct zv_cli_json doc;
	char on[ZV_DATE_TEXT];
	enum zv_code code = zv_verdict_get(&verdict, work->db, work->who, zv_cli_arg(work->cli, 0), work->arena, err);

	if (code != ZV_OK)
		return code;
	work->cli->no = !verdict.same;
	if (work->cli->json) {
		zv_cli_json_begin(&doc, work->cli);
		zv_verdict_json(&doc.json, &verdict, true);
		return zv_cli_json_end(&doc, err);
	}
	zv_date_format(on, verdict.on);
	(void)fprintf(work->cli->out, "%.*s, %s\n\n", ZV_STR_FMT(verdict.subject), on);
	code = print_checked(work, &verdict.checked, err);
	if (verdict.same)
		zv_say(work->cli->out, N_("Computed again from its own facts and the text of its pack: the same."));
	else
		zv_say(work->cli->out, N_("Computed again from its own facts it is not the same; --json shows it as it was said."));
	return code;
}

static enum zv_code run_load(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, load, err);
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_history(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, history, err);
}

static enum zv_code run_show(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, show, err);
}

static const struct zv_cli_option explain_options[] = {
	{"pack", "NAME", N_("a pack by its name or series; may be given several times; all in force otherwise")},
	{"on", "DATE", N_("the day for which is asked")},
	{"with", "ORG:ROLE", N_("what if this organisation joined the cluster; may be repeated")},
	{"without", "ORG", N_("what if this member left; may be repeated")},
	{"project", "PROJECT", N_("of an organisation: the project whose costs it bears")},
	{"save", NULL, N_("keep the verdict with the facts that it used")},
	{0},
};

const struct zv_cli_command zv_cmd_rules_check = {
	.name = "rules check",
	.args = "PACK.rules",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Read a pack of rules and name its faults"),
	.about = N_("Each fault is FILE:LINE:COLUMN: sentence; with faults the exit code is 2. No database is needed."),
	.action = ZV_CLI_DO(RULES_READ),
	.run = check,
};

const struct zv_cli_command zv_cmd_rules_load = {
	.name = "rules load",
	.args = "PACK.rules",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Put a pack of rules in force, or ask a second person to"),
	.action = ZV_CLI_DO(RULES_WRITE),
	.run = run_load,
};

const struct zv_cli_command zv_cmd_rules_list = {
	.name = "rules list",
	.args = "",
	.help = N_("Packs of rules in force and those that wait"),
	.action = ZV_CLI_DO(RULES_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_rules_explain = {
	.name = "rules explain",
	.args = "SUBJECT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("What the rules say of a cluster, an organisation or a project, and why"),
	.about = N_("A cluster is checked against the criteria of packs; the exit code is 1 when something that blocks fails. Of an organisation or a project the "
		   "measures of support are shown with their sums."),
	.options = explain_options,
	.action = ZV_CLI_DO(RULES_READ),
	.run = run_explain,
};

const struct zv_cli_command zv_cmd_rules_history = {
	.name = "rules history",
	.args = "CLUSTER",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Verdicts that were kept of a cluster"),
	.action = ZV_CLI_DO(CHECK),
	.run = run_history,
};

const struct zv_cli_command zv_cmd_rules_show = {
	.name = "rules show",
	.args = "VERDICT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("A kept verdict, computed again from its own facts"),
	.about = N_("The exit code is 1 when it does not come out the same."),
	.action = ZV_CLI_DO(CHECK),
	.run = run_show,
};
