/* The states of an application: one table of what can be done in which, and what is said when it cannot. */
#include "app/application_inner.h"
#include "base/tr.h"

static const char *const states[] = {"", "draft", "precheck", "submitted", "questions", "corrections", "corrected", "decided"};

static const char *const labels[] = {"",		N_("draft"),		N_("pre-check"), N_("submitted"),
				     N_("questions"), N_("corrections"), N_("corrected"), N_("decided")};

const char *zv_application_state_name(enum zv_application_state state)
{
	return states[state];
}

const char *zv_application_state_label(enum zv_application_state state)
{
	return labels[state];
}

bool zv_application_state_parse(enum zv_application_state *out, struct zv_str name)
{
	for (size_t i = ZV_APPLICATION_DRAFT; i < ZV_LEN(states); i++) {
		if (!zv_str_eq_c(name, states[i]))
			continue;
		*out = (enum zv_application_state)i;
		return true;
	}
	return false;
}

const char *zv_application_decision_name(const struct zv_application_row *row)
{
	static const char *const names[] = {"withdrawn", "accepted", "refused"};

	return row->state == ZV_APPLICATION_DECIDED ? names[row->decision] : NULL;
}

const char *zv_application_step_name(enum zv_application_step_kind kind)
{
	static const char *const names[] = {"", "state", "question", "answer", "return", "correction", "note", "decision"};

	return names[kind];
}

/* --- what can be done ------------------------------------------------------------------------------------------------------------------ */

#define IN(state) (1u << ZV_APPLICATION_##state)
#define BEFORE (IN(DRAFT) | IN(PRECHECK))
#define REVIEWED (IN(SUBMITTED) | IN(QUESTIONS) | IN(CORRECTED))

static const struct {
	unsigned states;
	enum zv_action action;
	const char *before; /* said in a state before the first of them; NULL: `after` */
	const char *after;
} ops[ZV_APPLICATION_OPS] = {
	[ZV_APPLICATION_EDIT] = {BEFORE | IN(CORRECTIONS), ZV_DO_APPLICATION_WRITE, NULL,
				 N_("The application is with the reviewer: documents can be changed again when a criterion is returned.")},
	[ZV_APPLICATION_CHECK] = {BEFORE, ZV_DO_APPLICATION_WRITE, NULL,
				  N_("The application is submitted: what was checked stands in its frozen copy.")},
	[ZV_APPLICATION_SUBMIT] = {IN(PRECHECK), ZV_DO_APPLICATION_WRITE, N_("Run the pre-check first: it says what is missing."),
				   N_("The application is submitted already.")},
	[ZV_APPLICATION_ASK] = {REVIEWED, ZV_DO_APPLICATION_REVIEW, N_("The application is not submitted yet."),
				N_("The application was returned and waits for corrections: ask when it is back.")},
	[ZV_APPLICATION_RETURN] = {REVIEWED | IN(CORRECTIONS), ZV_DO_APPLICATION_REVIEW, N_("The application is not submitted yet."), NULL},
	[ZV_APPLICATION_ANSWER] = {IN(QUESTIONS) | IN(CORRECTIONS), ZV_DO_APPLICATION_WRITE, N_("No question waits for an answer."),
				   N_("No question waits for an answer.")},
	[ZV_APPLICATION_CORRECT] = {IN(CORRECTIONS), ZV_DO_APPLICATION_WRITE, N_("Nothing was returned for correction."),
				    N_("Nothing was returned for correction.")},
	[ZV_APPLICATION_ACCEPT] = {IN(SUBMITTED) | IN(CORRECTED), ZV_DO_APPLICATION_REVIEW, N_("The application is not submitted yet."),
				   N_("Questions or corrections are open: accept the application when they are closed, or refuse it.")},
	[ZV_APPLICATION_REFUSE] = {REVIEWED | IN(CORRECTIONS), ZV_DO_APPLICATION_REVIEW, N_("The application is not submitted yet."), NULL},
	[ZV_APPLICATION_WITHDRAW] = {BEFORE | REVIEWED | IN(CORRECTIONS), ZV_DO_APPLICATION_WRITE, NULL, NULL},
};

bool zv_application_can(enum zv_application_state state, enum zv_application_op op)
{
	return (ops[op].states >> state & 1) != 0;
}

enum zv_action zv_application_action(enum zv_application_op op)
{
	return ops[op].action;
}

enum zv_code zv_application_need(const struct zv_application_case *c, enum zv_application_op op, struct zv_err *err)
{
	enum zv_application_state state = c->row.state;
	bool before = ops[op].states >> (state + 1) != 0 && (ops[op].states & ((1u << state) - 1)) == 0;
	const char *text = before && ops[op].before != NULL ? ops[op].before : ops[op].after;

	if (zv_application_can(state, op))
		return ZV_OK;
	if (state == ZV_APPLICATION_DECIDED || text == NULL)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This application is decided: it is closed, and nothing of it can be changed."));
	return zv_fail(err, ZV_E_CONFLICT, "state", "%s", zv_tr(text));
}

struct zv_object zv_application_object(const struct zv_application_row *row)
{
	return (struct zv_object){row->centre_id, row->org_id};
}

/* --- what is open ---------------------------------------------------------------------------------------------------------------------- */

bool zv_application_is_open(const struct zv_application_case *c, enum zv_application_step_kind kind, struct zv_str criterion)
{
	for (size_t i = 0; i < c->n_steps; i++)
		if (c->steps[i].open && c->steps[i].kind == kind && zv_str_eq(c->steps[i].criterion, criterion))
			return true;
	return false;
}

/* Each once, in the order of the steps. */
struct zv_str zv_application_open_text(const struct zv_application_case *c, enum zv_application_step_kind kind)
{
	struct zv_str text = ZV_STR("");

	for (size_t i = 0; i < c->n_steps; i++) {
		bool seen = !c->steps[i].open || c->steps[i].kind != kind;

		for (size_t k = 0; k < i && !seen; k++)
			seen = c->steps[k].open && c->steps[k].kind == kind && zv_str_eq(c->steps[k].criterion, c->steps[i].criterion);
		if (!seen)
			text = zv_arena_strf(c->arena, "%.*s%s%.*s", ZV_STR_FMT(text), text.n > 0 ? ", " : "",
					     ZV_STR_FMT(zv_application_criterion_title(c, c->steps[i].criterion)));
	}
	return text;
}
