/* The table action -> how it is checked, done and told, for all that takes four eyes. */
#include "app/approvals_inner.h"
#include "app/confirm.h"
#include "app/merge.h"
#include "app/packs.h"
#include "base/tr.h"
#include "store/register.h"

static struct zv_str param(const struct zv_approval_case *c, const char *name)
{
	const struct zv_json_value *value = zv_json_get(&c->params, name);

	return value != NULL ? value->text : ZV_STR("");
}

/* --- org.merge --------------------------------------------------------------------------------------------------------------- */

static enum zv_code load_orgs(struct zv_record *from, struct zv_record *into, const struct zv_approval_case *c, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	enum zv_code code = zv_record_by_uid(from, c->db, reg, c->subject, c->arena, err);

	return code == ZV_OK ? zv_record_by_uid(into, c->db, reg, param(c, "into"), c->arena, err) : code;
}

/* The other centre's operators when the two are of different ones. */
static enum zv_code check_merge(int64_t *centre_id, const struct zv_approval_case *c, const struct zv_who *asker, struct zv_err *err)
{
	struct zv_record from, into;
	enum zv_code code = load_orgs(&from, &into, c, err);

	if (code == ZV_OK)
		*centre_id = asker != NULL && zv_who_is_operator_of(asker, into.centre_id) ? from.centre_id : into.centre_id;
	return code;
}

static enum zv_code run_merge(const struct zv_approval_case *c, const struct zv_who *decider, struct zv_err *err)
{
	struct zv_merged merged;

	return zv_merge_orgs(&merged, c->db, decider->actor, c->subject, param(c, "into"), c->arena, err);
}

static enum zv_code title_merge(struct zv_str *out, const struct zv_approval_case *c, struct zv_err *err)
{
	int name = zv_register_column(zv_register_find("org"), "name");
	struct zv_record from, into;
	enum zv_code code = load_orgs(&from, &into, c, err);

	if (code == ZV_OK)
		*out = zv_arena_strf(c->arena, zv_tr(N_("%.*s is the same organisation as %.*s: merge them")), ZV_STR_FMT(from.values[name].s),
				     ZV_STR_FMT(into.values[name].s));
	return code;
}

/* --- need.publish ------------------------------------------------------------------------------------------------------------ */

static enum zv_code load_need(struct zv_record *need, const struct zv_approval_case *c, struct zv_err *err)
{
	return zv_record_by_uid(need, c->db, zv_register_find("need"), c->subject, c->arena, err);
}

static enum zv_code check_publish(int64_t *centre_id, const struct zv_approval_case *c, const struct zv_who *asker, struct zv_err *err)
{
	struct zv_record need;
	enum zv_code code = load_need(&need, c, err);

	(void)asker;
	if (code != ZV_OK)
		return code;
	if (!zv_str_eq(zv_need_visibility(&need), param(c, "from")))
		return zv_fail(err, ZV_E_CONFLICT, "visibility", N_("Who may see this need has been changed since this was asked for. Ask anew."));
	*centre_id = need.centre_id;
	return ZV_OK;
}

static enum zv_code run_publish(const struct zv_approval_case *c, const struct zv_who *decider, struct zv_err *err)
{
	return zv_need_show(c->db, decider, c->subject, param(c, "visibility"), c->arena, err);
}

static enum zv_code title_publish(struct zv_str *out, const struct zv_approval_case *c, struct zv_err *err)
{
	static const char *const to[][2] = {
		{"centre", N_("its own centre only")},
		{"matched", N_("makers of its item")},
		{"association", N_("everybody who has signed in")},
		{"public", N_("everybody")},
	};
	const struct zv_register *reg = zv_register_find("need");
	struct zv_str visibility = param(c, "visibility");
	const char *text = "";
	struct zv_record need;
	enum zv_code code = load_need(&need, c, err);

	for (size_t i = 0; i < ZV_LEN(to); i++)
		if (zv_str_eq_c(visibility, to[i][0]))
			text = zv_tr(to[i][1]);
	if (code == ZV_OK)
		*out = zv_arena_strf(c->arena, zv_tr(N_("Show the need “%.*s” to %s")), ZV_STR_FMT(need.values[zv_register_column(reg, "title")].s), text);
	return code;
}

/* --- rules.write ------------------------------------------------------------------------------------------------------------- */

static enum zv_code check_pack(int64_t *centre_id, const struct zv_approval_case *c, const struct zv_who *asker, struct zv_err *err)
{
	struct zv_pack pack;

	(void)asker;
	return zv_pack_waits(centre_id, &pack, c->db, c->subject, c->arena, err);
}

static enum zv_code run_pack(const struct zv_approval_case *c, const struct zv_who *decider, struct zv_err *err)
{
	return zv_pack_put_in_force(c->db, decider, c->subject, c->arena, err);
}

static enum zv_code title_pack(struct zv_str *out, const struct zv_approval_case *c, struct zv_err *err)
{
	struct zv_pack pack;
	enum zv_code code = zv_pack_get(&pack, c->db, c->subject, ZV_DATE_NONE, c->arena, err);

	if (code == ZV_OK)
		*out = zv_arena_strf(c->arena, zv_tr(N_("Put the pack of rules “%.*s” in force")), ZV_STR_FMT(pack.name));
	return code;
}

static const struct zv_executor executors[] = {
	{ZV_DO_ORG_MERGE, "/registers/orgs/", check_merge, run_merge, title_merge},
	{ZV_DO_NEED_PUBLISH, "/needs/", check_publish, run_publish, title_publish},
	{ZV_DO_RULES_WRITE, "/packs/", check_pack, run_pack, title_pack},
};

const struct zv_executor *zv_executor_find(struct zv_str action)
{
	for (size_t i = 0; i < ZV_LEN(executors); i++)
		if (zv_str_eq_c(action, zv_action_name(executors[i].action)))
			return &executors[i];
	return NULL;
}
