/*
 * Applications for the register of clusters: a checklist of documents out of a pack of rules, a check of the cluster, a frozen copy when it is
 * submitted, questions and returns by criterion, a decision. docs/design/applications.md has the states. Rights are asked for the centre of the
 * cluster and the organisation that runs it today; what may not be seen is ZV_E_NOTFOUND in the same words. What cannot be done in the state
 * is ZV_E_CONFLICT with a sentence that says what can.
 */
#ifndef ZV_APP_APPLICATION_H
#define ZV_APP_APPLICATION_H

#include "app/files.h"
#include "auth/rights.h"
#include "engine/rules/rules.h"
#include "store/application.h"

/* The part of the copy and of the checklist that belongs to no single criterion. */
#define ZV_APPLICATION_WHOLE "documents"

/* Bytes of a document (what can be downloaded again at once) and of a signature; files in all; members of the cluster. */
enum { ZV_APPLICATION_FILE_MAX = 64 << 20, ZV_APPLICATION_SIGNATURE_MAX = 1 << 20, ZV_APPLICATION_FILES_MAX = 500, ZV_APPLICATION_MEMBERS_MAX = 1000 };

struct zv_application_line {
	const struct zv_rules_document *document;
	struct zv_str title;
	const struct zv_application_file *file; /* NULL: none */
	int earlier;                            /* files that it had before */
	bool missing, editable;
};

struct zv_application_criterion {
	struct zv_str id, title;
	int number; /* from 1; 0: ZV_APPLICATION_WHOLE */
	enum zv_rules_severity severity;
	bool blocking;
	bool checked; /* the fields from here on were evaluated */
	enum zv_truth truth;
	struct zv_str left, op, right, working;
	zv_date on;
	int corrections;
	bool asked, open, editable;
};

struct zv_application_missing {
	const char *kind; /* "criterion", "document", "signature", "file" */
	struct zv_str id, title, text;
};

struct zv_application_may {
	bool edit, precheck, submit, answer, correct, withdraw, review, decide;
};

struct zv_application {
	struct zv_application_row row;
	struct zv_str pack_title;
	const struct zv_application_line *lines;
	size_t n_lines;
	const struct zv_application_criterion *criteria;
	size_t n_criteria;
	const struct zv_application_step *steps;
	const struct zv_str *step_titles; /* of the criterion of each step, or "" */
	size_t n_steps;
	zv_date checked_on;
	int64_t passed, failed, unknown, total; /* criteria that count */
	const struct zv_application_missing *missing; /* what a submission, or a correction, waits for */
	size_t n_missing;
	struct zv_application_may may;
};

/* "draft", "precheck", "submitted", "questions", "corrections", "corrected", "decided": stable words. */
const char *zv_application_state_name(enum zv_application_state state);
bool zv_application_state_parse(enum zv_application_state *out, struct zv_str name);
const char *zv_application_state_label(enum zv_application_state state); /* English msgid */

/* "accepted", "refused", "withdrawn"; NULL while it is not decided. */
const char *zv_application_decision_name(const struct zv_application_row *row);

const char *zv_application_step_name(enum zv_application_step_kind kind);

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

/* All of it, in the language of the thread. Everything lives in `arena`. */
ZV_MUST_CHECK enum zv_code zv_application_get(struct zv_application *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					      struct zv_arena *arena, struct zv_err *err);

/* The row alone, for its version and state. */
ZV_MUST_CHECK enum zv_code zv_application_head(struct zv_application_row *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					       struct zv_arena *arena, struct zv_err *err);

/* Those that the person may see, newest first; query->before and the ids of the rows page on. */
ZV_MUST_CHECK enum zv_code zv_application_list(struct zv_application_row **out, size_t *n, struct zv_db *db, const struct zv_who *who,
					       const struct zv_application_query *query, struct zv_arena *arena, struct zv_err *err);

/* The copy that was submitted: its bytes, which have the digest that is stored (ZV_E_IO when they do not). ZV_E_CONFLICT: not submitted yet. */
ZV_MUST_CHECK enum zv_code zv_application_copy(struct zv_str *out, struct zv_application_row *row, struct zv_db *db, const struct zv_who *who,
					       struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* Opens the file of a document, or its signature; the caller closes. Its bytes are compared with the digest: ZV_E_IO when they are others. */
ZV_MUST_CHECK enum zv_code zv_application_open_file(int *fd, struct zv_application_file *file, struct zv_db *db, struct zv_files *files,
						    const struct zv_who *who, struct zv_str uid, struct zv_str document, bool signature,
						    struct zv_arena *arena, struct zv_err *err);

/* The checklist as CSV. */
void zv_application_checklist_csv(struct zv_buf *out, const struct zv_application *application);

/* --- what is done, each in a transaction of its own -------------------------------------------------------------------------------- */

/* What a submission or a correction has found missing. */
struct zv_application_lack {
	const struct zv_application_missing *missing;
	size_t n;
};

/* One thing that somebody does. */
struct zv_application_act {
	struct zv_db *db;
	struct zv_files *files;
	const struct zv_who *who;
	struct zv_str uid;     /* of the application */
	struct zv_arena *arena;
	struct zv_application_lack *lack; /* filled when something is missing; NULL: not asked for */
};

/* A draft for a cluster (uid) under a pack (name, series or uid). ZV_E_CONFLICT: one is open already, or nobody runs the cluster. */
ZV_MUST_CHECK enum zv_code zv_application_start(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str cluster,
						struct zv_str pack, struct zv_arena *arena, struct zv_err *err);

/* Keeps the bytes of `fd` as the file of a document (`document`), or as the signature of its file. A new file has no signature yet. */
ZV_MUST_CHECK enum zv_code zv_application_put(const struct zv_application_act *act, struct zv_str document, bool signature, struct zv_str name,
					      int fd, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_application_remove(const struct zv_application_act *act, struct zv_str document, struct zv_err *err);

/* What the rules and the checklist say today; the state is then PRECHECK whatever they say. */
ZV_MUST_CHECK enum zv_code zv_application_precheck(const struct zv_application_act *act, struct zv_err *err);

/* ZV_E_CONFLICT names everything that is missing. */
ZV_MUST_CHECK enum zv_code zv_application_submit(const struct zv_application_act *act, struct zv_err *err);

/* `criterion`: its id, its number in the pack, or ZV_APPLICATION_WHOLE. */
ZV_MUST_CHECK enum zv_code zv_application_ask(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_application_answer(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text,
						 struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_application_return(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text,
						 struct zv_err *err);

/* All that was returned is corrected: their parts of the copy are renewed. ZV_E_CONFLICT names what is missing of them. */
ZV_MUST_CHECK enum zv_code zv_application_correct(const struct zv_application_act *act, struct zv_str text, struct zv_err *err);

struct zv_application_verdict {
	bool accepted;
	struct zv_str order_no;
	zv_date order_on;
	struct zv_str number; /* in the register */
	struct zv_str note;   /* of a refusal: its reason */
};
ZV_MUST_CHECK enum zv_code zv_application_decide(const struct zv_application_act *act, const struct zv_application_verdict *verdict,
						 struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_application_withdraw(const struct zv_application_act *act, struct zv_str text, struct zv_err *err);

#endif
