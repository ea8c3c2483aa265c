/* Who asks, and the names of the roles. */
#include "auth/who.h"

#include <string.h>

static const struct {
	const char *name;
	const char *label;
} roles[ZV_ROLES] = {
	[ZV_ROLE_PUBLIC] = {"public", N_("nobody signed in")},
	[ZV_ROLE_ADMIN] = {"admin", N_("administrator")},
	[ZV_ROLE_OPERATOR] = {"operator", N_("operator of a centre")},
	[ZV_ROLE_BUYER] = {"buyer", N_("buyer")},
	[ZV_ROLE_MAKER] = {"maker", N_("maker")},
	[ZV_ROLE_INSTITUTE] = {"institute", N_("institute")},
	[ZV_ROLE_CLUSTER] = {"cluster", N_("cluster organisation")},
	[ZV_ROLE_ANALYST] = {"analyst", N_("analyst")},
	[ZV_ROLE_INVESTOR] = {"investor", N_("investor")},
	[ZV_ROLE_LOCAL] = {"local", N_("owner of the database")},
};

const char *zv_role_name(enum zv_role role)
{
	assert(role >= 0 && role < ZV_ROLES && roles[role].name != NULL);
	return roles[role].name;
}

const char *zv_role_label(enum zv_role role)
{
	assert(role >= 0 && role < ZV_ROLES && roles[role].label != NULL);
	return roles[role].label;
}

bool zv_role_parse(enum zv_role *out, struct zv_str name)
{
	for (int i = 0; i < ZV_ROLES; i++) {
		if (!zv_str_eq_c(name, roles[i].name))
			continue;
		*out = (enum zv_role)i;
		return true;
	}
	return false;
}

enum zv_role zv_who_role(const struct zv_who *who)
{
	return who->n_grants > 0 ? who->grants[0].role : ZV_ROLE_PUBLIC;
}

int64_t zv_who_org(const struct zv_who *who)
{
	for (int i = 0; i < who->n_grants; i++)
		if (who->grants[i].org_id != 0)
			return who->grants[i].org_id;
	return 0;
}

bool zv_who_is_of_org(const struct zv_who *who, int64_t org_id)
{
	for (int i = 0; i < who->n_grants && org_id != 0; i++)
		if (who->grants[i].org_id == org_id)
			return true;
	return false;
}

bool zv_who_is_operator_of(const struct zv_who *who, int64_t centre_id)
{
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];

		if (grant->role == ZV_ROLE_OPERATOR && (grant->centre_id == -1 || grant->centre_id == centre_id))
			return true;
	}
	return false;
}

void zv_who_public(struct zv_who *out, struct zv_str address)
{
	*out = (struct zv_who){.actor = ZV_STR("public"), .address = address};
	memset(out->scopes, 0xff, sizeof(out->scopes));
}

void zv_who_local(struct zv_who *out, struct zv_str actor)
{
	*out = (struct zv_who){.actor = actor, .n_grants = 1};
	out->grants[0] = (struct zv_grant){.role = ZV_ROLE_LOCAL, .centre_id = -1};
	memset(out->scopes, 0xff, sizeof(out->scopes));
}
