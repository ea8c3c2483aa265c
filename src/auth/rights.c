/* The table of who may do what, and the questions to it. */
#include "auth/rights.h"

#include "base/buf.h"
#include "base/tr.h"

#define NONE ZV_REACH_NONE
#define SHAPE ZV_REACH_SHAPE
#define ORG ZV_REACH_ORG
#define CENTRE ZV_REACH_CENTRE
#define ALL ZV_REACH_ALL

/*
 * One ROW_... an action, one cell a role, in the order of enum zv_role. An action without a row, a row with a cell too few or too many,
 * a role without a column do not compile. The reasons are in docs/design/rights.md.
 */
#define ROW(public, admin, operator, buyer, maker, institute, cluster, analyst, investor, local) \
	{ \
		[ZV_ROLE_PUBLIC] = (public), [ZV_ROLE_ADMIN] = (admin), [ZV_ROLE_OPERATOR] = (operator), [ZV_ROLE_BUYER] = (buyer), \
		[ZV_ROLE_MAKER] = (maker), [ZV_ROLE_INSTITUTE] = (institute), [ZV_ROLE_CLUSTER] = (cluster), \
		[ZV_ROLE_ANALYST] = (analyst), [ZV_ROLE_INVESTOR] = (investor), [ZV_ROLE_LOCAL] = (local), \
	}
_Static_assert(ZV_ROLES == 10, "a role was added: give ROW a column for it");

/*                             public admin operator buyer maker institute cluster analyst investor local */
#define ROW_PUBLIC_READ        ROW(ALL,  ALL,  ALL,    ALL,  ALL,  ALL,      ALL,    ALL,    ALL,     ALL)
#define ROW_SESSION            ROW(ALL,  ALL,  ALL,    ALL,  ALL,  ALL,      ALL,    ALL,    ALL,     ALL)
#define ROW_OWN_ACCOUNT        ROW(NONE, ALL,  ALL,    ALL,  ALL,  ALL,      ALL,    ALL,    ALL,     ALL)
#define ROW_REFERENCE_READ     ROW(NONE, ALL,  ALL,    ALL,  ALL,  ALL,      ALL,    ALL,    ALL,     ALL)
#define ROW_REFERENCE_WRITE    ROW(NONE, ALL,  NONE,   NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_ORG_READ           ROW(NONE, SHAPE,CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    SHAPE,   ALL)
#define ROW_ORG_WRITE          ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_ORG_MERGE          ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_NEED_READ          ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    SHAPE,   ALL)
#define ROW_NEED_WRITE         ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_NEED_PUBLISH       ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_NEED_CONFIRM       ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_OFFER_READ         ROW(NONE, NONE, ALL,    ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_OFFER_WRITE        ROW(NONE, NONE, CENTRE, NONE, ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_MATCH_READ         ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_LOT_READ           ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_LOT_RUN            ROW(NONE, NONE, ALL,    NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_IMPORT             ROW(NONE, ORG,  CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_EXPORT             ROW(NONE, ORG,  CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_DUPLICATE          ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_SCOUTING_START     ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_SCOUTING_ANSWER    ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_SCOUTING_READ      ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_CONTACT_ASK        ROW(NONE, NONE, NONE,   NONE, ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_CONTACT_DECIDE     ROW(NONE, NONE, NONE,   ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_DISCLOSURE_READ    ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_TASK               ROW(NONE, ORG,  CENTRE, ORG,  ORG,  ORG,      ORG,    ORG,    ORG,     ALL)
#define ROW_APPROVE            ROW(NONE, ALL,  CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_ACCOUNT_READ       ROW(NONE, ALL,  CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_ACCOUNT_WRITE      ROW(NONE, ALL,  CENTRE, NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_AUDIT_READ         ROW(NONE, ALL,  CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_SETTING_WRITE      ROW(NONE, ALL,  NONE,   NONE, NONE, NONE,     NONE,   NONE,   NONE,    ALL)
#define ROW_CLUSTER_READ       ROW(NONE, ALL,  ALL,    ALL,  ALL,  ALL,      ALL,    ALL,    ALL,     ALL)
#define ROW_CLUSTER_WRITE      ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     ORG,    NONE,   NONE,    ALL)
#define ROW_RECORD_READ        ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_RECORD_WRITE       ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    NONE,   NONE,    ALL)
#define ROW_RULES_READ         ROW(NONE, ALL,  ALL,    ALL,  ALL,  ALL,      ALL,    ALL,    ALL,     ALL)
#define ROW_RULES_WRITE        ROW(NONE, ALL,  CENTRE, NONE, NONE, NONE,     ORG,    NONE,   NONE,    ALL)
#define ROW_CHECK              ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     ORG,    ALL,    NONE,    ALL)
#define ROW_SUPPORT_READ       ROW(NONE, NONE, CENTRE, ORG,  ORG,  ORG,      ORG,    ALL,    NONE,    ALL)
#define ROW_INVITE             ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     ORG,    NONE,   NONE,    ALL)
#define ROW_APPLICATION_READ   ROW(NONE, NONE, CENTRE, NONE, NONE, NONE,     ORG,    ALL,    NONE,    ALL)
#define ROW_APPLICATION_WRITE  ROW(NONE, NONE, NONE,   NONE, NONE, NONE,     ORG,    NONE,   NONE,    ALL)
#define ROW_APPLICATION_REVIEW ROW(NONE, NONE, NONE,   NONE, NONE, NONE,     NONE,   ALL,    NONE,    ALL)
#define ROW_PLAN_READ          ROW(NONE, NONE, ALL,    NONE, NONE, NONE,     NONE,   ALL,    NONE,    ALL)
#define ROW_PLAN_RUN           ROW(NONE, NONE, NONE,   NONE, NONE, NONE,     NONE,   ALL,    NONE,    ALL)
#define ROW_SCENARIO           ROW(NONE, NONE, ORG,    ORG,  ORG,  ORG,      ORG,    ORG,    NONE,    ALL)

#define ACTION(id, name, text) [ZV_DO_##id] = {name, text, ROW_##id},

static const struct {
	const char *name;
	const char *text;
	enum zv_reach reach[ZV_ROLES];
} actions[ZV_ACTION_COUNT] = {ZV_ACTIONS(ACTION)};

/* Tokens carry one bit an action. */
_Static_assert(ZV_ACTION_COUNT <= 128, "struct zv_who has 128 bits of scopes");

const char *zv_action_name(enum zv_action action)
{
	assert(action >= 0 && action < ZV_ACTION_COUNT);
	return actions[action].name;
}

const char *zv_action_text(enum zv_action action)
{
	assert(action >= 0 && action < ZV_ACTION_COUNT);
	return actions[action].text;
}

bool zv_action_parse(enum zv_action *out, struct zv_str name)
{
	for (int i = 0; i < ZV_ACTION_COUNT; i++) {
		if (!zv_str_eq_c(name, actions[i].name))
			continue;
		*out = (enum zv_action)i;
		return true;
	}
	return false;
}

enum zv_reach zv_rights_reach(enum zv_role role, enum zv_action action)
{
	assert(role >= 0 && role < ZV_ROLES && action >= 0 && action < ZV_ACTION_COUNT);
	return actions[action].reach[role];
}

static bool in_scope(const struct zv_who *who, enum zv_action action)
{
	return (who->scopes[action / 64] >> (action % 64) & 1) != 0;
}

static bool grant_may(const struct zv_grant *grant, enum zv_action action, struct zv_object object)
{
	switch (zv_rights_reach(grant->role, action)) {
	case ZV_REACH_ALL:
		return true;
	case ZV_REACH_CENTRE:
		if (grant->centre_id == -1 || (grant->centre_id == object.centre_id && object.centre_id != -1))
			return true;
		/* fallthrough */
	case ZV_REACH_ORG:
		return grant->org_id != 0 && grant->org_id == object.org_id;
	case ZV_REACH_SHAPE:
	case ZV_REACH_NONE:
		break;
	}
	return false;
}

bool zv_may_some(const struct zv_who *who, enum zv_action action)
{
	if (!in_scope(who, action))
		return false;
	for (int i = 0; i < who->n_grants; i++)
		if (zv_rights_reach(who->grants[i].role, action) != ZV_REACH_NONE)
			return true;
	return zv_rights_reach(ZV_ROLE_PUBLIC, action) != ZV_REACH_NONE;
}

bool zv_may(const struct zv_who *who, enum zv_action action, struct zv_object object)
{
	if (!in_scope(who, action))
		return false;
	for (int i = 0; i < who->n_grants; i++)
		if (grant_may(&who->grants[i], action, object))
			return true;
	return zv_rights_reach(ZV_ROLE_PUBLIC, action) == ZV_REACH_ALL;
}

/* The roles that reach the action at all, as a reader of the sentence knows them. */
static enum zv_code denied(const struct zv_who *who, enum zv_action action, struct zv_err *err)
{
	struct zv_buf names;

	if (who->by_token && !in_scope(who, action))
		return zv_fail(err, ZV_E_DENIED, "", N_("This token was not given the scope “%s”."), actions[action].name);
	zv_buf_init(&names, 200);
	for (int i = 0; i < ZV_ROLES; i++)
		if (i != ZV_ROLE_LOCAL && actions[action].reach[i] != ZV_REACH_NONE)
			zv_buf_addf(&names, "%s%s", names.n > 0 ? ", " : "", zv_tr(zv_role_label((enum zv_role)i)));
	(void)zv_fail(err, ZV_E_DENIED, "", N_("“%s” is not for you here. Those who may, each in the own centre or organisation: %s."),
		      zv_tr(actions[action].text), zv_buf_c(&names));
	zv_buf_done(&names);
	return ZV_E_DENIED;
}

enum zv_code zv_rights_need(const struct zv_who *who, enum zv_action action, struct zv_object object, struct zv_err *err)
{
	return zv_may(who, action, object) ? ZV_OK : denied(who, action, err);
}

enum zv_code zv_rights_need_some(const struct zv_who *who, enum zv_action action, struct zv_err *err)
{
	return zv_may_some(who, action) ? ZV_OK : denied(who, action, err);
}

bool zv_rights_four_eyes(enum zv_action action)
{
	return action == ZV_DO_ORG_MERGE || action == ZV_DO_NEED_PUBLISH || action == ZV_DO_SETTING_WRITE ||
	       action == ZV_DO_RULES_WRITE;
}

bool zv_rights_second(const struct zv_who *who, enum zv_action action, struct zv_object object)
{
	if (!zv_rights_four_eyes(action) || zv_who_is_of_org(who, object.org_id))
		return false;
	for (int i = 0; i < who->n_grants; i++)
		if (who->grants[i].role == ZV_ROLE_ADMIN || who->grants[i].role == ZV_ROLE_LOCAL)
			return false;
	return true;
}
