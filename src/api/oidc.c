/* Signing in at an identity provider: the way there and the way back. */
#include <stdio.h>

#include "api/api.h"
#include "api/operations.h"
#include "api/people.h"

enum { ZV_SEE_OTHER = 303 };

static struct zv_str parameter(const struct zv_api_call *call, const char *name)
{
	struct zv_str value = ZV_STR("");

	(void)zv_target_param(&value, &call->request->target, name);
	return value;
}

static enum zv_code see_other(struct zv_api_call *call, struct zv_str location, struct zv_err *err)
{
	if (location.n >= sizeof(call->answer->location))
		return zv_fail(err, ZV_E_LIMIT, "", N_("The provider's address is too long."));
	call->answer->status = ZV_SEE_OTHER;
	(void)snprintf(call->answer->location, sizeof(call->answer->location), "%.*s", ZV_STR_FMT(location));
	return ZV_OK;
}

static void started(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	struct zv_api_call *call = signin->context;
	struct zv_err own = {0};

	if (code == ZV_OK) {
		(void)snprintf(call->answer->cookie, sizeof(call->answer->cookie), "%s", signin->cookie);
		code = see_other(call, signin->location, &own);
		err = &own;
	} else {
		code = zv_api_signin_failed(call, signin, code);
	}
	zv_api_complete(call, code, err);
}

enum zv_code zv_api_oidc_start(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"provider", "return", NULL};
	struct zv_signin *signin;
	enum zv_code code = zv_api_only(call, known, err);

	if (code != ZV_OK)
		return code;
	if (zv_auth_oidc(call->with->auth) == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "provider", N_("No identity provider is set up here."));
	signin = zv_api_signin(call, started);
	code = zv_signin_provider(signin, parameter(call, "provider"), parameter(call, "return"), err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}

static void came_back(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	struct zv_api_call *call = signin->context;
	struct zv_err own = {0};

	if (code == ZV_OK) {
		zv_session_cookie(call->answer->cookie, signin->session.token);
		code = see_other(call, signin->location, &own);
		err = &own;
	} else {
		code = zv_api_signin_failed(call, signin, code);
	}
	zv_api_complete(call, code, err);
}

enum zv_code zv_api_oidc_callback(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_signin *signin;
	enum zv_code code;

	if (zv_auth_oidc(call->with->auth) == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "state", N_("No identity provider is set up here."));
	signin = zv_api_signin(call, came_back);
	code = zv_signin_callback(signin, zv_head_field(call->request->head, call->request->bytes, "Cookie"), parameter(call, "state"),
				  parameter(call, "code"), parameter(call, "iss"), parameter(call, "error"), err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}
