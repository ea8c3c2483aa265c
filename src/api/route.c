/* From method and path to a row of the table: patterns are cut once, a request's path once. */
#include "api/inside.h"

#include <stdlib.h>

#include "base/mem.h"

struct zv_route {
	struct zv_str parts[ZV_API_SEGMENTS_MAX];
	int n;
	bool exact; /* no {} in it */
};

/* Parts of a path; -1 when there are too many. */
static int cut(struct zv_str parts[ZV_API_SEGMENTS_MAX], struct zv_str path)
{
	struct zv_str part;
	int n = 0;

	while (zv_str_split(&part, &path, '/')) {
		if (n == ZV_API_SEGMENTS_MAX)
			return -1;
		parts[n++] = part;
	}
	return n;
}

struct zv_route *zv_routes_new(void)
{
	struct zv_route *routes = zv_calloc(zv_api_n_operations, sizeof(*routes));

	for (size_t i = 0; i < zv_api_n_operations; i++) {
		routes[i].n = cut(routes[i].parts, zv_str_c(zv_api_operations[i].path));
		routes[i].exact = zv_str_find(zv_str_c(zv_api_operations[i].path), ZV_STR("{}")) < 0;
		assert(routes[i].n > 0);
	}
	return routes;
}

static bool fits(struct zv_str args[ZV_API_ARGS_MAX], const struct zv_route *route, const struct zv_str *parts, int n)
{
	int n_args = 0;

	if (route->n != n)
		return false;
	for (int i = 0; i < n; i++) {
		const struct zv_str want = route->parts[i];

		if (want.n > 0 && want.p[0] == '{') {
			/* "{}.csv" takes what stands before the ending. */
			struct zv_str ending = zv_str_from(want, 2);

			if (parts[i].n <= ending.n || !zv_str_ends(parts[i], ending) || n_args == ZV_API_ARGS_MAX)
				return false;
			args[n_args++] = zv_str_first(parts[i], parts[i].n - ending.n);
		} else if (!zv_str_eq(want, parts[i])) {
			return false;
		}
	}
	return true;
}

static const char *allow_text(const bool has[ZV_METHOD_OTHER], struct zv_arena *arena)
{
	static const char *const names[ZV_METHOD_OTHER] = {
		[ZV_GET] = "GET, HEAD", [ZV_POST] = "POST", [ZV_PUT] = "PUT", [ZV_PATCH] = "PATCH", [ZV_DELETE] = "DELETE"};
	struct zv_str text = ZV_STR("");

	for (int i = 0; i < ZV_METHOD_OTHER; i++)
		if (has[i] && names[i] != NULL)
			text = zv_arena_strf(arena, "%.*s%s%s", ZV_STR_FMT(text), text.n > 0 ? ", " : "", names[i]);
	return text.p;
}

const struct zv_api_operation *zv_route_find(struct zv_str args[ZV_API_ARGS_MAX], const char **allow, const struct zv_route *routes,
					     enum zv_method method, struct zv_str path, struct zv_arena *arena)
{
	struct zv_str parts[ZV_API_SEGMENTS_MAX];
	bool has[ZV_METHOD_OTHER] = {false};
	bool known = false;
	int n = cut(parts, path);

	*allow = NULL;
	if (method == ZV_HEAD)
		method = ZV_GET;
	for (size_t i = 0; i < zv_api_n_operations && n > 0; i++) {
		if (!fits(args, &routes[i], parts, n))
			continue;
		if (zv_api_operations[i].method == method)
			return &zv_api_operations[i];
		has[zv_api_operations[i].method] = true;
		known = true;
		/* A path that stands in the table as it is has the methods of its own rows, which follow one another. */
		if (routes[i].exact && (zv_api_operations[i].flags & ZV_API_REGISTER) == 0 && (i + 1 == zv_api_n_operations || !fits(args, &routes[i + 1], parts, n)))
			break;
	}
	*allow = known ? allow_text(has, arena) : NULL;
	return NULL;
}
