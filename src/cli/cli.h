/*
 * The command line: one table of subcommands (main/zveno.c) from which dispatch, help, usage errors and the man page come.
 * A subcommand is one file and one `const struct zv_cli_command zv_cmd_<name>`.
 */
#ifndef ZV_CLI_CLI_H
#define ZV_CLI_CLI_H

#include <stdio.h>

#include "app/database.h"
#include "auth/rights.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct zv_cli;

struct zv_cli_option {
	const char *name;  /* "dry-run": without the dashes */
	const char *value; /* "FILE": it takes a value; NULL: it is a flag */
	const char *help;  /* msgid, one line without a full stop */
};

struct zv_cli_command {
	const char *name;  /* "import", or "db upgrade": two words are one subcommand */
	const char *args;  /* "KIND FILE": for people */
	int min_args;
	int max_args;      /* -1: any number */
	const char *help;  /* msgid, one line without a full stop */
	const char *about; /* msgid: whole sentences for the man page and `zveno help NAME`; NULL when `help` says it all */
	const struct zv_cli_option *options; /* ended by a row with name NULL; NULL: none beside the global ones */
	int action; /* ZV_CLI_DO(NEED_READ): asked for the person of --as; 0: the command is for the owner of the database alone */

	/*
	 * Results on cli->out, everything else on stderr. A failure is returned and printed by the caller; the answer "no"
	 * is ZV_OK with cli->no set (exit code 1).
	 */
	enum zv_code (*run)(struct zv_cli *cli, struct zv_err *err);
};

#define ZV_CLI_DO(action) ((int)ZV_DO_##action + 1)

enum { ZV_CLI_ARGS_MAX = 64, ZV_CLI_OPTIONS_MAX = 64 };

struct zv_cli {
	const struct zv_cli_command *const *commands; /* NULL-ended: the whole table */
	const struct zv_cli_command *command;
	const char *args[ZV_CLI_ARGS_MAX];
	int n_args;
	struct {
		const char *name;
		const char *value; /* "" for a flag */
	} options[ZV_CLI_OPTIONS_MAX];
	int n_options;

	FILE *out;          /* stdout; errors of writing are found and reported after `run` */
	bool terminal;      /* out is a terminal */
	bool json;          /* --json */
	const char *db_url; /* --db, ZVENO_DB, or var/zveno.db */
	const char *centre; /* --centre, or NULL */
	zv_date as_of;      /* --as-of, or ZV_DATE_NONE */
	const char *actor;  /* "cli:" and the login name: for batches */
	const char *as;     /* --as, or NULL */
	struct zv_who *who; /* the person of --as once the database is open, else its owner */
	struct zv_arena *arena; /* of the whole command */
	bool no;            /* set by `run`: exit code 1 */
};

/* Runs a whole command line; the result is the exit code (formats.md section 3). `commands` ends with NULL. */
int zv_cli_main(int argc, char **argv, const struct zv_cli_command *const *commands);

/* The value of an option of the command, "" for a flag that was given, NULL when it was not. The last one counts. */
const char *zv_cli_option(const struct zv_cli *cli, const char *name);
bool zv_cli_flag(const struct zv_cli *cli, const char *name);

/* The k-th value (from 0) of an option that may be given several times; NULL after the last. */
const char *zv_cli_option_at(const struct zv_cli *cli, const char *name, int k);

/* A whole number of at least `min` in *out, which keeps its value when the option was not given. ZV_E_INVALID otherwise. */
ZV_MUST_CHECK enum zv_code zv_cli_option_int(int64_t *out, const struct zv_cli *cli, const char *name, int64_t min, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_cli_option_date(zv_date *out, const struct zv_cli *cli, const char *name, struct zv_err *err);

/* The argument at i, or the empty text. */
struct zv_str zv_cli_arg(const struct zv_cli *cli, int i);

/*
 * Opens cli->db_url; the schema must be up to date (ZV_E_CONFLICT says which command brings it there). With --as the person is loaded into
 * cli->who, and may use the command at all (ZV_E_DENIED otherwise); what of it, each command asks.
 */
ZV_MUST_CHECK enum zv_code zv_cli_open(struct zv_db **db, const struct zv_cli *cli, enum zv_database_mode mode, struct zv_err *err);

/* Whether cli->who may do the command's action in the centre of --centre. The owner of the database always may. */
ZV_MUST_CHECK enum zv_code zv_cli_may_write(const struct zv_cli *cli, struct zv_db *db, struct zv_err *err);

/* Makes the folder of the default database, for commands that may make the database. */
void zv_cli_make_place(const struct zv_cli *cli);

/* What is not found because the command line names it wrong (a file, a unit), and a file beyond what is read, is wrong input (exit code 2). */
ZV_MUST_CHECK enum zv_code zv_cli_input(enum zv_code code, struct zv_err *err);

/* The centre of --centre as an id; without the option the only office of the database, or the national one (0). */
ZV_MUST_CHECK enum zv_code zv_cli_centre(int64_t *out, struct zv_db *db, const struct zv_cli *cli, struct zv_err *err);

/* Asks a yes-or-no question on the terminal. `otherwise` without a terminal on both sides. */
bool zv_cli_ask(const char *question, bool otherwise);

/* Prints "zveno: field: sentence" on stderr and gives the exit code. */
int zv_cli_complain(const struct zv_err *err);

/* Commands of this folder. Each is defined in the file of its name. */
extern const struct zv_cli_command zv_cmd_applications_answer;
extern const struct zv_cli_command zv_cmd_applications_ask;
extern const struct zv_cli_command zv_cmd_applications_copy;
extern const struct zv_cli_command zv_cmd_applications_correct;
extern const struct zv_cli_command zv_cmd_applications_decide;
extern const struct zv_cli_command zv_cmd_applications_list;
extern const struct zv_cli_command zv_cmd_applications_precheck;
extern const struct zv_cli_command zv_cmd_applications_put;
extern const struct zv_cli_command zv_cmd_applications_return;
extern const struct zv_cli_command zv_cmd_applications_show;
extern const struct zv_cli_command zv_cmd_applications_start;
extern const struct zv_cli_command zv_cmd_applications_submit;
extern const struct zv_cli_command zv_cmd_applications_withdraw;
extern const struct zv_cli_command zv_cmd_approval_approve;
extern const struct zv_cli_command zv_cmd_approval_list;
extern const struct zv_cli_command zv_cmd_approval_refuse;
extern const struct zv_cli_command zv_cmd_audit_head;
extern const struct zv_cli_command zv_cmd_audit_list;
extern const struct zv_cli_command zv_cmd_audit_verify;
extern const struct zv_cli_command zv_cmd_batches;
extern const struct zv_cli_command zv_cmd_chain_cuts;
extern const struct zv_cli_command zv_cmd_chain_days;
extern const struct zv_cli_command zv_cmd_chain_graph;
extern const struct zv_cli_command zv_cmd_chain_loss;
extern const struct zv_cli_command zv_cmd_chain_run;
extern const struct zv_cli_command zv_cmd_chain_tree;
extern const struct zv_cli_command zv_cmd_check;
extern const struct zv_cli_command zv_cmd_clusters_candidates;
extern const struct zv_cli_command zv_cmd_clusters_check_all;
extern const struct zv_cli_command zv_cmd_clusters_growth;
extern const struct zv_cli_command zv_cmd_clusters_map;
extern const struct zv_cli_command zv_cmd_clusters_profile;
extern const struct zv_cli_command zv_cmd_contact_accept;
extern const struct zv_cli_command zv_cmd_contact_ask;
extern const struct zv_cli_command zv_cmd_contact_decline;
extern const struct zv_cli_command zv_cmd_contact_list;
extern const struct zv_cli_command zv_cmd_count;
extern const struct zv_cli_command zv_cmd_db_info;
extern const struct zv_cli_command zv_cmd_db_upgrade;
extern const struct zv_cli_command zv_cmd_decide;
extern const struct zv_cli_command zv_cmd_demo;
extern const struct zv_cli_command zv_cmd_disclosures;
extern const struct zv_cli_command zv_cmd_duplicates;
extern const struct zv_cli_command zv_cmd_export;
extern const struct zv_cli_command zv_cmd_help;
extern const struct zv_cli_command zv_cmd_import;
extern const struct zv_cli_command zv_cmd_infra_find;
extern const struct zv_cli_command zv_cmd_invitations_list;
extern const struct zv_cli_command zv_cmd_invitations_move;
extern const struct zv_cli_command zv_cmd_invitations_propose;
extern const struct zv_cli_command zv_cmd_invitations_show;
extern const struct zv_cli_command zv_cmd_kinds;
extern const struct zv_cli_command zv_cmd_list;
extern const struct zv_cli_command zv_cmd_lots;
extern const struct zv_cli_command zv_cmd_match;
extern const struct zv_cli_command zv_cmd_measures;
extern const struct zv_cli_command zv_cmd_measures_changes;
extern const struct zv_cli_command zv_cmd_measures_find;
extern const struct zv_cli_command zv_cmd_measures_show;
extern const struct zv_cli_command zv_cmd_need_add;
extern const struct zv_cli_command zv_cmd_need_confirm;
extern const struct zv_cli_command zv_cmd_need_delete;
extern const struct zv_cli_command zv_cmd_need_publish;
extern const struct zv_cli_command zv_cmd_need_set;
extern const struct zv_cli_command zv_cmd_org_merge;
extern const struct zv_cli_command zv_cmd_org_unmerge;
extern const struct zv_cli_command zv_cmd_permissions;
extern const struct zv_cli_command zv_cmd_plan_check;
extern const struct zv_cli_command zv_cmd_plan_compare;
extern const struct zv_cli_command zv_cmd_plan_drop;
extern const struct zv_cli_command zv_cmd_plan_list;
extern const struct zv_cli_command zv_cmd_plan_run;
extern const struct zv_cli_command zv_cmd_plan_show;
extern const struct zv_cli_command zv_cmd_plan_solve;
extern const struct zv_cli_command zv_cmd_quantity;
extern const struct zv_cli_command zv_cmd_recode;
extern const struct zv_cli_command zv_cmd_rules_check;
extern const struct zv_cli_command zv_cmd_rules_explain;
extern const struct zv_cli_command zv_cmd_rules_history;
extern const struct zv_cli_command zv_cmd_rules_list;
extern const struct zv_cli_command zv_cmd_rules_load;
extern const struct zv_cli_command zv_cmd_rules_show;
extern const struct zv_cli_command zv_cmd_scenario_compare;
extern const struct zv_cli_command zv_cmd_scenario_drop;
extern const struct zv_cli_command zv_cmd_scenario_list;
extern const struct zv_cli_command zv_cmd_scenario_save;
extern const struct zv_cli_command zv_cmd_scouting_answer;
extern const struct zv_cli_command zv_cmd_scouting_list;
extern const struct zv_cli_command zv_cmd_scouting_show;
extern const struct zv_cli_command zv_cmd_scouting_start;
extern const struct zv_cli_command zv_cmd_search;
extern const struct zv_cli_command zv_cmd_serve;
extern const struct zv_cli_command zv_cmd_setting;
extern const struct zv_cli_command zv_cmd_show;
extern const struct zv_cli_command zv_cmd_suggest;
extern const struct zv_cli_command zv_cmd_task_add;
extern const struct zv_cli_command zv_cmd_task_decline;
extern const struct zv_cli_command zv_cmd_task_done;
extern const struct zv_cli_command zv_cmd_task_list;
extern const struct zv_cli_command zv_cmd_template;
extern const struct zv_cli_command zv_cmd_undo;
extern const struct zv_cli_command zv_cmd_user_add;
extern const struct zv_cli_command zv_cmd_user_disable;
extern const struct zv_cli_command zv_cmd_user_list;
extern const struct zv_cli_command zv_cmd_user_password;
extern const struct zv_cli_command zv_cmd_user_sessions;
extern const struct zv_cli_command zv_cmd_user_set;
extern const struct zv_cli_command zv_cmd_user_token;

#endif
