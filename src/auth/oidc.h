/*
 * Signing in at an identity provider: OpenID Connect with the authorization code flow and PKCE. What comes back is trusted only with a signature of
 * the provider's published keys (RS256, ES256) over the right issuer, audience, time and nonce.
 */
#ifndef ZV_AUTH_OIDC_H
#define ZV_AUTH_OIDC_H

#include "auth/secret.h"
#include "auth/who.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_oidc;

#define ZV_OIDC_COOKIE "__Host-zv-oidc" /* binds the way to the provider and back to one browser */

/*
 * Reads the providers' file (JSON; docs/admin/accounts.md). ZV_E_INVALID says what is wrong in it; ZV_E_DENIED when others than the owner may read a
 * secret's file. Nothing is asked of the providers yet. `insecure`: http to loopback is allowed.
 */
ZV_MUST_CHECK enum zv_code zv_oidc_load(struct zv_oidc **out, const char *path, bool insecure, struct zv_err *err);
void zv_oidc_free(struct zv_oidc *oidc);

/* Name ("keycloak": part of the address) and label of the provider at `i`; NULL after the last. */
const char *zv_oidc_name(const struct zv_oidc *oidc, size_t i);
const char *zv_oidc_label(const struct zv_oidc *oidc, size_t i);

/* A way to the provider and back. Strings in the arena. */
struct zv_oidc_flow {
	struct zv_str provider;
	struct zv_str state, nonce, verifier;
	struct zv_str return_to; /* a path on this server */
	struct zv_str url;       /* where to send the browser */
	char cookie[256];        /* Set-Cookie that goes along */
};

/*
 * Makes a flow. Asks the provider for its addresses when they are not known (or older than an hour): run it on zv_auth_outside_pool. `redirect` is the
 * full address of our callback as the provider's file says; `return_to` must begin with one "/" and no other, or it becomes "/".
 */
ZV_MUST_CHECK enum zv_code zv_oidc_start(struct zv_oidc_flow *out, struct zv_oidc *oidc, struct zv_str provider, struct zv_str return_to,
					 struct zv_arena *arena, struct zv_err *err);

/* Somebody whom a provider vouches for. */
struct zv_oidc_person {
	struct zv_str provider; /* its name */
	struct zv_str issuer, subject;
	bool update_roles; /* at each sign-in, not only the first */
	struct zv_str login, name, email; /* as the provider says; may be empty */
	struct zv_oidc_grant {
		enum zv_role role;
		struct zv_str centre; /* its code; empty: every centre */
		struct zv_str org;    /* uid or INN; empty: none */
	} grants[ZV_GRANTS_MAX];
	int n_grants; /* by the claim -> role map; 0: this person may not come in */
};

/* The state of the browser that comes back: the one of its cookie. Empty when there is none or the cookie says another. */
struct zv_str zv_oidc_state(struct zv_str cookie_field, struct zv_str state_parameter);
void zv_oidc_cookie_end(char out[256]);

/*
 * Changes the code for an identity token and checks it; on the outside pool. `flow` is the one that was kept under the state (store/oidc_flow.h), `iss` the
 * parameter of that name (may be empty). ZV_E_DENIED when anything about the answer is not right; ZV_E_IO when the provider does not answer.
 */
ZV_MUST_CHECK enum zv_code zv_oidc_exchange(struct zv_oidc_person *out, struct zv_oidc *oidc, const struct zv_oidc_flow *flow, struct zv_str code_parameter,
					    struct zv_str iss, struct zv_arena *arena, struct zv_err *err);

#endif
