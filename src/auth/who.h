/* Who asks: made once a request by the session, the token or the command line, and given to every use case. */
#ifndef ZV_AUTH_WHO_H
#define ZV_AUTH_WHO_H

#include "base/base.h"
#include "base/str.h"

/* The order is that of docs/permissions.md; the names are in zv_role_name. */
enum zv_role {
	ZV_ROLE_PUBLIC,   /* nobody has signed in */
	ZV_ROLE_ADMIN,    /* accounts, settings, audit; no trade secrets */
	ZV_ROLE_OPERATOR, /* of a regional centre */
	ZV_ROLE_BUYER,
	ZV_ROLE_MAKER,
	ZV_ROLE_INSTITUTE,
	ZV_ROLE_CLUSTER,  /* the organisation that runs a cluster */
	ZV_ROLE_ANALYST,  /* of the ministry: reads all, changes nothing of others */
	ZV_ROLE_INVESTOR,
	ZV_ROLE_LOCAL,    /* the owner of the database, at the command line */
	ZV_ROLES
};

struct zv_grant {
	enum zv_role role;
	int64_t centre_id; /* -1: every centre */
	int64_t org_id;    /* 0: of no organisation */
};

enum { ZV_GRANTS_MAX = 8 };

struct zv_who {
	int64_t account_id;       /* 0: PUBLIC or LOCAL */
	struct zv_str account_uid;
	struct zv_str login;
	struct zv_str name;
	struct zv_str actor;      /* as batches and the audit name it: "user:login", "token:login/name", "cli:name", "public" */
	struct zv_str address;    /* of the client, or "" */
	struct zv_grant grants[ZV_GRANTS_MAX];
	int n_grants;             /* the first one says which home page; none: ZV_ROLE_PUBLIC */
	uint64_t scopes[2];       /* bits by enum zv_action: what a token may do; all ones otherwise */
	struct zv_str session_uid; /* of a session; empty otherwise */
	bool by_token;
};

/* The first grant's role; ZV_ROLE_PUBLIC when there is none. */
enum zv_role zv_who_role(const struct zv_who *who);

/* The first organisation of the grants; 0 when there is none. */
int64_t zv_who_org(const struct zv_who *who);
bool zv_who_is_of_org(const struct zv_who *who, int64_t org_id); /* false for 0 */
bool zv_who_is_operator_of(const struct zv_who *who, int64_t centre_id);

/* Anonymous; and the owner of the database (`actor` is "cli:name"). */
void zv_who_public(struct zv_who *out, struct zv_str address);
void zv_who_local(struct zv_who *out, struct zv_str actor);

/* "operator" ...: stable words for the API, the store and the command line; the label is an English msgid. */
const char *zv_role_name(enum zv_role role);
const char *zv_role_label(enum zv_role role);
bool zv_role_parse(enum zv_role *out, struct zv_str name);

#endif
