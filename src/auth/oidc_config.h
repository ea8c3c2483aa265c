/* The providers' file as read. Inside auth only. */
#ifndef ZV_AUTH_OIDC_CONFIG_H
#define ZV_AUTH_OIDC_CONFIG_H

#include <pthread.h>

#include "auth/oidc.h"

struct json_t;

/* One line of the claim -> role map. */
struct zv_oidc_rule {
	struct zv_str value;     /* of the claim; empty: everybody whom the provider knows */
	enum zv_role role;
	struct zv_str centre;    /* code */
	struct zv_str org;       /* uid or INN */
	struct zv_str org_claim; /* the claim that says the INN; empty: `org` */
};

/* What a provider says of itself; malloc'd, NULL before it was asked. */
struct zv_oidc_about {
	char *authorization, *token, *jwks_uri;
	bool post; /* the client's secret goes in the body */
	bool iss;  /* the callback must carry `iss` */
	int64_t read_us;
	char *jwks; /* the keys as text */
	int64_t jwks_us;
};

struct zv_oidc_provider {
	struct zv_str name, label, issuer, client_id, secret, redirect, scope, login_claim, role_claim;
	bool update_roles;
	struct zv_oidc_rule *rules;
	size_t n_rules;
	pthread_mutex_t lock; /* of `about` */
	struct zv_oidc_about about;
};

struct zv_oidc {
	struct zv_arena arena; /* of everything but `about` */
	bool insecure;
	struct zv_oidc_provider *providers;
	size_t n;
};

/* NULL when there is none of that name. */
struct zv_oidc_provider *zv_oidc_find(struct zv_oidc *oidc, struct zv_str name);

/* The text at a member, or at a path with dots ("realm_access.roles"); NULL when there is none. Borrowed. */
struct json_t *zv_oidc_claim(struct json_t *claims, struct zv_str path);
struct zv_str zv_oidc_claim_text(struct json_t *claims, struct zv_str path, struct zv_arena *arena);

#endif
