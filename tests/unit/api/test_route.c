/* Method and path to a row of the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <stdlib.h>

#include "api/inside.h"

static struct zv_route *routes;
static struct zv_arena arena;

static int start(void **state)
{
	(void)state;
	routes = zv_routes_new();
	zv_arena_init(&arena);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	free(routes);
	zv_arena_done(&arena);
	return 0;
}

static const char *find(const char **allow, struct zv_str args[ZV_API_ARGS_MAX], enum zv_method method, const char *path)
{
	const struct zv_api_operation *operation = zv_route_find(args, allow, routes, method, zv_str_c(path), &arena);

	return operation != NULL ? operation->id : "";
}

static void a_path_goes_to_its_own_row_before_the_one_of_any_register(void **state)
{
	struct zv_str args[ZV_API_ARGS_MAX] = {{0}};
	const char *allow;

	(void)state;
	assert_string_equal(find(&allow, args, ZV_GET, "/api/v1/lots"), "lots");
	assert_string_equal(find(&allow, args, ZV_GET, "/api/v1/lots/lot_1"), "lot");
	assert_true(zv_str_eq_c(args[0], "lot_1"));
	assert_string_equal(find(&allow, args, ZV_HEAD, "/api/v1/needs"), "rows");
	assert_true(zv_str_eq_c(args[0], "needs"));
	assert_string_equal(find(&allow, args, ZV_GET, "/api/v1/needs/need_1"), "row");
	assert_true(zv_str_eq_c(args[0], "needs") && zv_str_eq_c(args[1], "need_1"));
	assert_string_equal(find(&allow, args, ZV_GET, "/api/v1/needs/need_1/why"), "why");
	assert_string_equal(find(&allow, args, ZV_POST, "/api/v1/session"), "signIn");
	assert_string_equal(find(&allow, args, ZV_DELETE, "/api/v1/account/sessions/ses_1"), "endOwnSession");
}

static void what_is_not_there_is_not_found(void **state)
{
	static const char *const paths[] = {"", "/", "/api", "/api/v1", "/api/v1/", "/api/v1//", "/api/v1/needs/", "/api/v1/needs/a/b", "/api/v2/needs",
					    "/api/v1/needs/a/why/b", "//api/v1/needs", "/API/v1/needs", "/healthz/", "/a/b/c/d/e/f/g/h/i/j/k/l"};
	struct zv_str args[ZV_API_ARGS_MAX];
	const char *allow = "";

	(void)state;
	for (size_t i = 0; i < ZV_LEN(paths); i++) {
		if (find(&allow, args, ZV_GET, paths[i])[0] != '\0' || allow != NULL)
			fail_msg("%s is found", paths[i]);
	}
}

static void another_method_is_told_which_there_are(void **state)
{
	struct zv_str args[ZV_API_ARGS_MAX];
	const char *allow;

	(void)state;
	assert_string_equal(find(&allow, args, ZV_PUT, "/api/v1/session"), "");
	assert_string_equal(allow, "GET, HEAD, POST, DELETE");
	assert_string_equal(find(&allow, args, ZV_GET, "/api/v1/account/totp"), "");
	assert_string_equal(allow, "POST, PUT, DELETE");
	/* The rows of any register do not lend their methods to a path of its own. */
	assert_string_equal(find(&allow, args, ZV_POST, "/api/v1/registers"), "");
	assert_string_equal(allow, "GET, HEAD");
}

/* An operation that anybody could reach by mistake: unsafe methods must write, and every path lies where the contract says. */
static void every_row_of_the_table_is_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < zv_api_n_operations; i++) {
		const struct zv_api_operation *o = &zv_api_operations[i];
		bool unsafe = zv_api_is_unsafe(o->method);
		bool later = (o->flags & (ZV_API_WRITE | ZV_API_LATER)) != 0;

		if (o->run == NULL || o->action < 0 || o->action >= ZV_ACTION_COUNT || (strcmp(o->path, "/healthz") != 0 && strncmp(o->path, "/api/v1/", 8) != 0))
			fail_msg("%s: a row without a function, an action or a place", o->id);
		if (!unsafe && (o->flags & ZV_API_WRITE) != 0)
			fail_msg("%s: a GET that writes", o->id);
		if ((o->flags & ZV_API_MATCH) != 0 && !later)
			fail_msg("%s: If-Match without a write", o->id);
		if ((o->flags & ZV_API_CACHED) != 0 && (unsafe || later))
			fail_msg("%s: a write that is kept", o->id);
		if ((o->flags & ZV_API_SHARED) != 0 && o->action != ZV_DO_PUBLIC_READ)
			fail_msg("%s: shared, and not public", o->id);
		for (size_t k = 0; k < i; k++)
			if (strcmp(zv_api_operations[k].id, o->id) == 0 ||
			    (zv_api_operations[k].method == o->method && strcmp(zv_api_operations[k].path, o->path) == 0))
				fail_msg("%s stands twice", o->id);
	}
}

static void every_row_can_be_reached(void **state)
{
	struct zv_str args[ZV_API_ARGS_MAX];
	const char *allow;

	(void)state;
	for (size_t i = 0; i < zv_api_n_operations; i++) {
		struct zv_str rest = zv_str_c(zv_api_operations[i].path);
		struct zv_str path = ZV_STR("");
		ptrdiff_t at;

		while ((at = zv_str_find(rest, ZV_STR("{}"))) >= 0) {
			path = zv_arena_strf(&arena, "%.*s%.*szz", ZV_STR_FMT(path), ZV_STR_FMT(zv_str_first(rest, (size_t)at)));
			rest = zv_str_from(rest, (size_t)at + 2);
		}
		path = zv_arena_strf(&arena, "%.*s%.*s", ZV_STR_FMT(path), ZV_STR_FMT(rest));
		if (strcmp(find(&allow, args, zv_api_operations[i].method, path.p), zv_api_operations[i].id) != 0)
			fail_msg("%s cannot be reached at %s", zv_api_operations[i].id, path.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_goes_to_its_own_row_before_the_one_of_any_register),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(another_method_is_told_which_there_are),
		cmocka_unit_test(every_row_of_the_table_is_sound),
		cmocka_unit_test(every_row_can_be_reached),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
