/* Inside applications: what their files share. */
#ifndef ZV_APP_APPLICATION_INNER_H
#define ZV_APP_APPLICATION_INNER_H

#include "app/application.h"
#include "app/packs.h"
#include "app/whole.h"
#include "format/json_value.h"

/* An application with all that belongs to it, as it is stored. */
struct zv_application_case {
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_arena *arena;
	struct zv_application_row row;
	struct zv_pack pack;
	const struct zv_rules_document *documents;
	int n_documents;
	const struct zv_rules_rule *rules;
	int n_rules;
	struct zv_application_file *files;
	size_t n_files;
	struct zv_application_step *steps;
	size_t n_steps;
	struct zv_json_value copy; /* of row.frozen; null when there is none yet */
};

/* What somebody does with an application; the table of states is in application_state.c. */
enum zv_application_op {
	ZV_APPLICATION_EDIT, /* documents */
	ZV_APPLICATION_CHECK,
	ZV_APPLICATION_SUBMIT,
	ZV_APPLICATION_ASK,
	ZV_APPLICATION_RETURN,
	ZV_APPLICATION_ANSWER,
	ZV_APPLICATION_CORRECT,
	ZV_APPLICATION_ACCEPT,
	ZV_APPLICATION_REFUSE,
	ZV_APPLICATION_WITHDRAW,
	ZV_APPLICATION_OPS
};

/* --- application_state.c ---------------------------------------------------------------------------------------------------------------- */

/* Whether it can be done in the state, whoever does it. */
bool zv_application_can(enum zv_application_state state, enum zv_application_op op);

/* The right that it takes. */
enum zv_action zv_application_action(enum zv_application_op op);

/* ZV_E_CONFLICT with a sentence that says what is possible instead. */
ZV_MUST_CHECK enum zv_code zv_application_need(const struct zv_application_case *c, enum zv_application_op op, struct zv_err *err);

struct zv_object zv_application_object(const struct zv_application_row *row);

/* Whether a step of the kind about the criterion is open. */
bool zv_application_is_open(const struct zv_application_case *c, enum zv_application_step_kind kind, struct zv_str criterion);

/* The criteria of the open steps of the kind, with number and title, parted by commas. */
struct zv_str zv_application_open_text(const struct zv_application_case *c, enum zv_application_step_kind kind);

/* --- application_case.c ------------------------------------------------------------------------------------------------------------------ */

/* ZV_E_NOTFOUND, also for what the person may not read. */
ZV_MUST_CHECK enum zv_code zv_application_load(struct zv_application_case *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					       struct zv_arena *arena, struct zv_err *err);

/* The document of the pack; ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_application_document(const struct zv_rules_document **out, const struct zv_application_case *c, struct zv_str id,
						   struct zv_err *err);

/* The id of a criterion that is named by id or number, or ZV_APPLICATION_WHOLE. ZV_E_INVALID says which there are. */
ZV_MUST_CHECK enum zv_code zv_application_criterion(struct zv_str *out, const struct zv_application_case *c, struct zv_str name, struct zv_err *err);

/* The part of the copy that a document belongs to. */
struct zv_str zv_application_part_of(const struct zv_rules_document *document);

/* Title of a criterion, with its number: “5, Technological infrastructure”; of the whole, too. */
struct zv_str zv_application_criterion_title(const struct zv_application_case *c, struct zv_str id);
struct zv_str zv_application_words(struct zv_rules_words words); /* in the language of the thread */

/* Whether a criterion is checked at all: it is in force and says something (as app/cluster_check.h counts). */
bool zv_application_counts(const struct zv_rules_rule *rule);

/* Whether a criterion that fails keeps the application from being submitted. */
bool zv_application_blocks(const struct zv_rules_rule *rule);

/* The file that counts; NULL. */
const struct zv_application_file *zv_application_file_of(const struct zv_application_case *c, struct zv_str document);

/* Whether the document can be changed in this state; of the part it belongs to. */
bool zv_application_editable(const struct zv_application_case *c, struct zv_str part);

/* --- application_check.c ------------------------------------------------------------------------------------------------------------------ */

struct zv_application_text2 {
	struct zv_str ru, en;
};

/* What a criterion says, in both languages: the copy does not depend on who makes it. */
struct zv_application_result {
	enum zv_truth truth;
	struct zv_application_text2 left, right, working;
	struct zv_str op;
};

struct zv_application_member {
	struct zv_str key, name, inn, role;
	zv_date joined;
};

/* The cluster as the rules see it on a day. */
struct zv_application_evaluation {
	zv_date on;
	struct zv_str facts, facts_digest;
	struct zv_application_result *results; /* by rule of the pack */
	struct zv_application_member *members;
	size_t n_members;
};

ZV_MUST_CHECK enum zv_code zv_application_evaluate(struct zv_application_evaluation *out, const struct zv_application_case *c, struct zv_err *err);

/* --- application_copy.c -------------------------------------------------------------------------------------------------------------------- */

/* Whether the kept bytes of a file and its signature are what they were. `files` NULL: not looked at, true. */
bool zv_application_kept(struct zv_files *files, const struct zv_application_file *file);

/* Says of a part of the copy whether it is meant. */
typedef bool zv_application_part_test(const struct zv_application_case *c, struct zv_str part);

/*
 * Sets frozen and its digest in c->row, and c->copy, from the evaluation and the files. `renew` NULL: all of it; otherwise only the parts for which
 * it says true, which keep what they were in `earlier`.
 */
ZV_MUST_CHECK enum zv_code zv_application_freeze(struct zv_application_case *c, struct zv_files *files, const struct zv_application_evaluation *evaluation,
						 zv_application_part_test *renew, struct zv_err *err);

/* A part of the copy by its criterion; NULL. */
const struct zv_json_value *zv_application_copy_part(const struct zv_application_case *c, struct zv_str criterion);
struct zv_str zv_application_copy_text(const struct zv_json_value *object, const char *name); /* of a member; "" */
bool zv_application_copy_truth(enum zv_truth *out, const struct zv_json_value *part);         /* false: it was not evaluated */

/* Whether the file was whole when the copy was made; true of one that came later. */
bool zv_application_copy_kept(const struct zv_application_case *c, const struct zv_rules_document *document, const struct zv_application_file *file);

/* --- application_missing.c ----------------------------------------------------------------------------------------------------------------- */

/* What is missing, by the copy and the files: for a submission, or (`only`) of those parts. */
void zv_application_missing(struct zv_application_missing **out, size_t *n, const struct zv_application_case *c, zv_application_part_test *only);

/* ZV_E_CONFLICT that names it, all of it in *lack (which may be NULL); ZV_OK when nothing is missing. */
ZV_MUST_CHECK enum zv_code zv_application_complete(struct zv_application_lack *lack, const struct zv_application_case *c,
						   zv_application_part_test *only, struct zv_err *err);

/* --- application_life.c -------------------------------------------------------------------------------------------------------------------- */

/* One act under way: its transaction is open between begin and end. */
struct zv_application_doing {
	struct zv_application_case c;
	enum zv_application_state before;
	struct zv_whole whole;
};

/* Loads, asks for the right and the state, begins. */
ZV_MUST_CHECK enum zv_code zv_application_begin(struct zv_application_doing *out, const struct zv_application_act *act, enum zv_application_op op,
						struct zv_err *err);

/* Stores c.row with a row of the trail, and tells a new state to both sides; or takes all of it back when `code` is a failure. */
ZV_MUST_CHECK enum zv_code zv_application_end(struct zv_application_doing *doing, enum zv_code code, const char *action, struct zv_str detail,
					      struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_application_say(const struct zv_application_case *c, enum zv_application_step_kind kind, struct zv_str criterion,
					      struct zv_str text, bool open, struct zv_err *err);

/* Sets the decision and closes what is open. */
ZV_MUST_CHECK enum zv_code zv_application_close(struct zv_application_case *c, enum zv_application_decision decision, struct zv_str note,
						struct zv_err *err);

/* A zv_application_part_test: it was returned and is not corrected yet. */
bool zv_application_returned(const struct zv_application_case *c, struct zv_str part);

/* --- application_tasks.c ------------------------------------------------------------------------------------------------------------------- */

/* The tasks of both sides for the state in which it now is: those of the state before are done. */
ZV_MUST_CHECK enum zv_code zv_application_tasks(const struct zv_application_case *c, struct zv_err *err);

#endif
