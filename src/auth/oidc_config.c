/* Reads the providers' file. Every member is checked, and one that is not known is a fault: a misspelt one would open the door wider than meant. */
#include "auth/oidc_config.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/http_client.h"

enum { FILE_MAX = 256 * 1024, SECRET_MAX = 4096, PROVIDERS_MAX = 16, RULES_MAX = 500 };

/* A whole small file. `secret`: nobody but the owner may read it. */
static enum zv_code read_file(struct zv_str *out, const char *path, bool secret, size_t max, struct zv_arena *arena, struct zv_err *err)
{
	struct stat st;
	char *text;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("%s cannot be read: %s."), path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size > max) {
		(void)close(fd);
		return zv_fail(err, ZV_E_INVALID, "providers", N_("%s must be a file of at most %zu bytes."), path, max);
	}
	if (secret && (st.st_mode & 077) != 0) {
		(void)close(fd);
		return zv_fail(err, ZV_E_DENIED, "providers", N_("Others than the owner may read %s. Run: chmod 600 %s"), path, path);
	}
	text = zv_arena_alloc(arena, max + 1);
	n = read(fd, text, max);
	(void)close(fd);
	if (n < 0)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("%s cannot be read: %s."), path, strerror(errno));
	text[n] = '\0';
	*out = (struct zv_str){text, (size_t)n};
	return ZV_OK;
}

static bool is_known(const char *key, const char *const *known)
{
	for (; *known != NULL; known++) {
		if (strcmp(key, *known) == 0)
			return true;
	}
	return false;
}

static enum zv_code only_known(const json_t *object, const char *const *known, struct zv_err *err)
{
	const char *key;
	json_t *value;

	if (!json_is_object(object))
		return zv_fail(err, ZV_E_INVALID, "providers", N_("Every provider and every role in the providers' file must be an object."));
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		if (!is_known(key, known))
			return zv_fail(err, ZV_E_INVALID, "providers", N_("The providers' file has a member “%s” that is not known."), key);
	}
	return ZV_OK;
}

static enum zv_code text_of(struct zv_str *out, const json_t *object, const char *key, const char *otherwise, struct zv_arena *arena,
			    struct zv_err *err)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL && otherwise == NULL)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("The providers' file lacks “%s”."), key);
	if (value != NULL && !json_is_string(value))
		return zv_fail(err, ZV_E_INVALID, "providers", N_("“%s” in the providers' file must be a text."), key);
	*out = zv_str_dup(arena, value != NULL ? (struct zv_str){json_string_value(value), json_string_length(value)} : zv_str_c(otherwise));
	return ZV_OK;
}

static enum zv_code read_rule(struct zv_oidc_rule *out, const json_t *json, struct zv_arena *arena, struct zv_err *err)
{
	static const char *const known[] = {"value", "role", "centre", "org", "org_claim", NULL};
	struct zv_str role;
	enum zv_code code = only_known(json, known, err);

	if (code == ZV_OK)
		code = text_of(&out->value, json, "value", "", arena, err);
	if (code == ZV_OK)
		code = text_of(&role, json, "role", NULL, arena, err);
	if (code == ZV_OK)
		code = text_of(&out->centre, json, "centre", "", arena, err);
	if (code == ZV_OK)
		code = text_of(&out->org, json, "org", "", arena, err);
	if (code == ZV_OK)
		code = text_of(&out->org_claim, json, "org_claim", "", arena, err);
	if (code != ZV_OK)
		return code;
	if (!zv_role_parse(&out->role, role) || out->role == ZV_ROLE_PUBLIC || out->role == ZV_ROLE_LOCAL)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("“%.*s” in the providers' file is no role."), ZV_STR_FMT(role));
	return ZV_OK;
}

static enum zv_code read_rules(struct zv_oidc_provider *out, const json_t *list, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > RULES_MAX)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("“roles” in the providers' file must be a list of 1 to %d roles."), RULES_MAX);
	out->n_rules = json_array_size(list);
	out->rules = ZV_ARENA_ARRAY(arena, struct zv_oidc_rule, out->n_rules);
	for (size_t i = 0; i < out->n_rules && code == ZV_OK; i++)
		code = read_rule(&out->rules[i], json_array_get(list, i), arena, err);
	return code;
}

static enum zv_code read_secret(struct zv_oidc_provider *out, const json_t *json, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str path;
	enum zv_code code = text_of(&path, json, "secret_file", "", arena, err);

	if (code != ZV_OK || path.n == 0)
		return code;
	code = read_file(&out->secret, path.p, true, SECRET_MAX, arena, err);
	if (code == ZV_OK)
		out->secret = zv_str_trim(out->secret);
	if (code == ZV_OK && out->secret.n == 0)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("%s is empty."), path.p);
	return code;
}

static bool is_name(struct zv_str name)
{
	for (size_t i = 0; i < name.n; i++) {
		if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || zv_is_digit(name.p[i]) || name.p[i] == '-'))
			return false;
	}
	return name.n > 0 && name.n <= 30;
}

static enum zv_code check_provider(const struct zv_oidc_provider *p, bool insecure, struct zv_err *err)
{
	if (!is_name(p->name))
		return zv_fail(err, ZV_E_INVALID, "providers", N_("A provider's name is made of 1 to 30 of a-z, 0-9 and “-”, not “%.*s”."),
			       ZV_STR_FMT(p->name));
	if (!zv_http_url_check(p->issuer, insecure))
		return zv_fail(err, ZV_E_INVALID, "providers", N_("The issuer “%.*s” must be an https address."), ZV_STR_FMT(p->issuer));
	if (!zv_http_url_check(p->redirect, insecure) || !zv_str_ends(p->redirect, ZV_STR("/api/v1/oidc/callback")))
		return zv_fail(err, ZV_E_INVALID, "providers", N_("The redirect “%.*s” must be the https address of this server with /api/v1/oidc/callback."),
			       ZV_STR_FMT(p->redirect));
	return ZV_OK;
}

static enum zv_code read_texts(struct zv_oidc_provider *out, const json_t *json, struct zv_arena *arena, struct zv_err *err)
{
	const struct {
		struct zv_str *text;
		const char *key, *otherwise;
	} members[] = {
		{&out->name, "name", NULL},         {&out->label, "label", NULL},          {&out->issuer, "issuer", NULL},
		{&out->client_id, "client_id", NULL}, {&out->redirect, "redirect", NULL}, {&out->scope, "scope", "openid profile email"},
		{&out->login_claim, "login_claim", "preferred_username"}, {&out->role_claim, "role_claim", "groups"},
	};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < ZV_LEN(members) && code == ZV_OK; i++)
		code = text_of(members[i].text, json, members[i].key, members[i].otherwise, arena, err);
	return code;
}

static enum zv_code read_provider(struct zv_oidc_provider *out, const json_t *json, bool insecure, struct zv_arena *arena, struct zv_err *err)
{
	static const char *const known[] = {"name",  "label",       "issuer",     "client_id", "secret_file",  "redirect",
					    "scope", "login_claim", "role_claim", "roles",     "update_roles", NULL};
	const json_t *update = json_object_get(json, "update_roles");
	enum zv_code code = only_known(json, known, err);

	if (code == ZV_OK)
		code = read_texts(out, json, arena, err);
	if (code == ZV_OK)
		code = read_secret(out, json, arena, err);
	if (code == ZV_OK)
		code = read_rules(out, json_object_get(json, "roles"), arena, err);
	if (code == ZV_OK && update != NULL && !json_is_boolean(update))
		code = zv_fail(err, ZV_E_INVALID, "providers", N_("“update_roles” in the providers' file must be true or false."));
	if (code == ZV_OK)
		code = check_provider(out, insecure, err);
	out->update_roles = update == NULL || json_is_true(update);
	return code;
}

static enum zv_code read_providers(struct zv_oidc *oidc, const json_t *root, struct zv_err *err)
{
	static const char *const known[] = {"providers", NULL};
	const json_t *list = json_object_get(root, "providers");
	enum zv_code code = only_known(root, known, err);

	if (code != ZV_OK)
		return code;
	if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > PROVIDERS_MAX)
		return zv_fail(err, ZV_E_INVALID, "providers", N_("The providers' file must have a list “providers” of 1 to %d."), PROVIDERS_MAX);
	oidc->providers = ZV_ARENA_ARRAY(&oidc->arena, struct zv_oidc_provider, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list) && code == ZV_OK; i++) {
		struct zv_oidc_provider *provider = &oidc->providers[i];

		code = read_provider(provider, json_array_get(list, i), oidc->insecure, &oidc->arena, err);
		if (code == ZV_OK && zv_oidc_find(oidc, provider->name) != NULL)
			code = zv_fail(err, ZV_E_INVALID, "providers", N_("There are two providers of the name “%.*s”."), ZV_STR_FMT(provider->name));
		if (code == ZV_OK) {
			(void)pthread_mutex_init(&provider->lock, NULL);
			oidc->n++;
		}
	}
	return code;
}

enum zv_code zv_oidc_load(struct zv_oidc **out, const char *path, bool insecure, struct zv_err *err)
{
	struct zv_oidc *oidc = zv_calloc(1, sizeof(*oidc));
	struct zv_str text = {0};
	json_t *root = NULL;
	json_error_t error;
	enum zv_code code;

	zv_arena_init(&oidc->arena);
	oidc->insecure = insecure;
	code = read_file(&text, path, false, FILE_MAX, &oidc->arena, err);
	if (code == ZV_OK) {
		root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
		if (root == NULL)
			code = zv_fail(err, ZV_E_INVALID, "providers", N_("%s is no JSON: line %d, %s."), path, error.line, error.text);
	}
	if (code == ZV_OK)
		code = read_providers(oidc, root, err);
	json_decref(root);
	if (code != ZV_OK) {
		zv_oidc_free(oidc);
		return code;
	}
	*out = oidc;
	return ZV_OK;
}

void zv_oidc_free(struct zv_oidc *oidc)
{
	if (oidc == NULL)
		return;
	for (size_t i = 0; i < oidc->n; i++) {
		struct zv_oidc_provider *provider = &oidc->providers[i];

		free(provider->about.authorization);
		free(provider->about.token);
		free(provider->about.jwks_uri);
		free(provider->about.jwks);
		(void)pthread_mutex_destroy(&provider->lock);
		if (provider->secret.n > 0)
			zv_secret_forget((void *)(uintptr_t)provider->secret.p, provider->secret.n);
	}
	zv_arena_done(&oidc->arena);
	free(oidc);
}

struct zv_oidc_provider *zv_oidc_find(struct zv_oidc *oidc, struct zv_str name)
{
	for (size_t i = 0; oidc != NULL && i < oidc->n; i++) {
		if (zv_str_eq(oidc->providers[i].name, name))
			return &oidc->providers[i];
	}
	return NULL;
}

const char *zv_oidc_name(const struct zv_oidc *oidc, size_t i)
{
	return oidc != NULL && i < oidc->n ? oidc->providers[i].name.p : NULL;
}

const char *zv_oidc_label(const struct zv_oidc *oidc, size_t i)
{
	return oidc != NULL && i < oidc->n ? oidc->providers[i].label.p : NULL;
}

json_t *zv_oidc_claim(json_t *claims, struct zv_str path)
{
	struct zv_str rest = path;
	struct zv_str part;
	json_t *at = json_object_getn(claims, path.p, path.n);

	/* A claim whose own name has dots, as namespaced ones have, goes first. */
	if (at != NULL || path.n == 0)
		return at;
	at = claims;
	while (at != NULL && zv_str_split(&part, &rest, '.'))
		at = json_object_getn(at, part.p, part.n);
	return at;
}

struct zv_str zv_oidc_claim_text(json_t *claims, struct zv_str path, struct zv_arena *arena)
{
	const json_t *claim = zv_oidc_claim(claims, path);

	if (!json_is_string(claim))
		return ZV_STR("");
	return zv_str_dup(arena, (struct zv_str){json_string_value(claim), json_string_length(claim)});
}
