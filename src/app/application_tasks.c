/* Who is to do something next: the reviewers, or the people of the organisation that runs the cluster. */
#include "app/application_inner.h"
#include "app/lots_run.h"
#include "store/task.h"

enum { DAYS_TO_REVIEW = 10, DAYS_TO_ANSWER = 5, DAYS_TO_CORRECT = 10 };

static const char *const kinds[] = {"application.review", "application.answer", "application.correct"};

static enum zv_code tell_org(const struct zv_application_case *c, const char *kind, zv_date due, struct zv_err *err)
{
	struct zv_task_row task = {
		.kind = zv_str_c(kind), .org_id = c->row.org_id, .centre_id = -1, .subject = c->row.uid, .due = due, .made_by = c->who->actor};

	return c->row.org_id != 0 ? zv_task_insert(c->db, &task, c->arena, err) : ZV_OK;
}

static enum zv_code tell_reviewers(const struct zv_application_case *c, zv_date due, struct zv_err *err)
{
	int64_t *people = NULL;
	size_t n = 0;
	enum zv_code code = zv_application_people(&people, &n, c->db, zv_str_c(zv_role_name(ZV_ROLE_ANALYST)), c->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_task_row task = {.kind = zv_str_c(kinds[0]),
					   .account_id = people[i],
					   .centre_id = -1,
					   .subject = c->row.uid,
					   .due = due,
					   .made_by = c->who->actor};

		code = zv_task_insert(c->db, &task, c->arena, err);
	}
	return code;
}

enum zv_code zv_application_tasks(const struct zv_application_case *c, struct zv_err *err)
{
	zv_date today = ZV_DATE_NONE;
	enum zv_code code = zv_as_of(&today, c->db, ZV_DATE_NONE, err);

	for (size_t i = 0; i < ZV_LEN(kinds) && code == ZV_OK; i++)
		code = zv_task_end_about(c->db, kinds[i], c->row.uid, -1, ZV_TASK_ROW_DONE, c->who->actor, err);
	if (code != ZV_OK)
		return code;
	switch (c->row.state) {
	case ZV_APPLICATION_SUBMITTED:
	case ZV_APPLICATION_CORRECTED:
		return tell_reviewers(c, today + DAYS_TO_REVIEW, err);
	case ZV_APPLICATION_QUESTIONS:
		return tell_org(c, kinds[1], today + DAYS_TO_ANSWER, err);
	case ZV_APPLICATION_CORRECTIONS:
		return tell_org(c, kinds[2], today + DAYS_TO_CORRECT, err);
	case ZV_APPLICATION_DECIDED:
		return c->row.decision != ZV_APPLICATION_UNDECIDED ? tell_org(c, "application.decided", ZV_DATE_NONE, err) : ZV_OK;
	case ZV_APPLICATION_DRAFT:
	case ZV_APPLICATION_PRECHECK:
		break;
	}
	return ZV_OK;
}
