/* Inside api/: what session.c, account.c and accounts.c write about people. */
#ifndef ZV_API_PEOPLE_H
#define ZV_API_PEOPLE_H

#include "api/call.h"
#include "app/signin.h"

/* "roles": [{role, label, centre, org}] of an account. Needs call->db. */
ZV_MUST_CHECK enum zv_code zv_api_key_roles(struct zv_api_call *call, const struct zv_account *account, struct zv_err *err);

/* A signin of this call (app/signin.h) with what is given filled in; `done` gets the call as context. */
struct zv_signin *zv_api_signin(struct zv_api_call *call, void (*done)(struct zv_signin *signin, enum zv_code code, const struct zv_err *err));

/* What of a failed signin the problem says: status, code, when to come again. Returns `code`. */
enum zv_code zv_api_signin_failed(struct zv_api_call *call, const struct zv_signin *signin, enum zv_code code);

/* After a signin that opened a session: its cookie and the body of GET /session. `call->own` is the signin. */
ZV_MUST_CHECK enum zv_code zv_api_signed_in(struct zv_api_call *call, const struct zv_signin *signin, struct zv_err *err);

#endif
