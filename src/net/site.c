/* Static files out of the embedded table. There is no file system behind it, so there is nothing to climb out of. */
#include "net/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/vec.h"

static const char ROOT[] = "web/dist";

enum coding { PLAIN, GZIP, BROTLI, CODINGS };

struct file {
	struct zv_str bytes[CODINGS]; /* .p is NULL where there is none */
	char etag[CODINGS][40];
	const char *type;
	bool hashed; /* its name changes with its bytes: may be kept for ever */
};

struct zv_site {
	ZV_VEC(struct file) files;
	struct zv_map by_path; /* "/assets/main-ABC.js" */
};

static const struct {
	struct zv_str end;
	const char *type;
} TYPES[] = {
	{ ZV_STR_INIT(".html"), "text/html; charset=utf-8" },
	{ ZV_STR_INIT(".js"), "text/javascript; charset=utf-8" },
	{ ZV_STR_INIT(".css"), "text/css; charset=utf-8" },
	{ ZV_STR_INIT(".json"), "application/json" },
	{ ZV_STR_INIT(".svg"), "image/svg+xml" },
	{ ZV_STR_INIT(".png"), "image/png" },
	{ ZV_STR_INIT(".woff2"), "font/woff2" },
	{ ZV_STR_INIT(".txt"), "text/plain; charset=utf-8" },
	{ ZV_STR_INIT(".webmanifest"), "application/manifest+json" },
};

static const char *type_of(struct zv_str path)
{
	for (size_t i = 0; i < ZV_LEN(TYPES); i++)
		if (zv_str_ends(path, TYPES[i].end))
			return TYPES[i].type;
	return "application/octet-stream";
}

/* The coding by the end of the name, which is then taken off. */
static enum coding take_coding(struct zv_str *path)
{
	if (zv_str_ends(*path, ZV_STR(".br"))) {
		path->n -= 3;
		return BROTLI;
	}
	if (zv_str_ends(*path, ZV_STR(".gz"))) {
		path->n -= 3;
		return GZIP;
	}
	return PLAIN;
}

static void add_file(struct zv_site *site, const struct zv_embedded *embedded)
{
	struct zv_str path = zv_str_from(zv_str_c(embedded->name), sizeof(ROOT) - 1);
	enum coding coding = take_coding(&path);
	char digest[ZV_DIGEST_HEX];
	int64_t at;

	if (!zv_map_get(&at, &site->by_path, path)) {
		struct file file = { .type = type_of(path), .hashed = zv_str_starts(path, ZV_STR("/assets/")) };
		at = (int64_t)site->files.n;
		zv_vec_push(&site->files, file);
		zv_map_put(&site->by_path, path, at);
	}
	struct file *file = &site->files.p[at];
	file->bytes[coding] = (struct zv_str){ (const char *)embedded->bytes, embedded->n };
	zv_digest_hex(digest, file->bytes[coding]);
	snprintf(file->etag[coding], sizeof(file->etag[coding]), "\"%.32s\"", digest);
}

struct zv_site *zv_site_new(void)
{
	struct zv_site *site = zv_calloc(1, sizeof(*site));
	const struct zv_embedded *embedded;

	zv_map_init(&site->by_path);
	for (size_t i = 0; (embedded = zv_embed_at(i)) != NULL; i++)
		if (zv_str_starts(zv_str_c(embedded->name), ZV_STR("web/dist/")))
			add_file(site, embedded);
	return site;
}

void zv_site_free(struct zv_site *site)
{
	if (site == NULL)
		return;
	zv_map_done(&site->by_path);
	zv_vec_done(&site->files);
	free(site);
}

bool zv_site_has_pages(const struct zv_site *site)
{
	int64_t at;

	return zv_map_get(&at, &site->by_path, ZV_STR("/index.html"));
}

/* True when the list names the coding and does not refuse it by ";q=0". */
static bool takes(struct zv_str accepted, struct zv_str coding)
{
	struct zv_str part;

	while (accepted.n > 0 && zv_str_split(&part, &accepted, ',')) {
		struct zv_str name;
		if (!zv_str_split(&name, &part, ';') || !zv_str_eq_nocase(zv_str_trim(name), coding))
			continue;
		part = zv_str_trim(part);
		return !(zv_str_eq_c(part, "q=0") || zv_str_eq_c(part, "q=0.0") || zv_str_eq_c(part, "q=0.00") ||
			 zv_str_eq_c(part, "q=0.000"));
	}
	return false;
}

static enum coding choose_coding(const struct file *file, struct zv_str accepted)
{
	if (file->bytes[BROTLI].p != NULL && takes(accepted, ZV_STR("br")))
		return BROTLI;
	if (file->bytes[GZIP].p != NULL && takes(accepted, ZV_STR("gzip")))
		return GZIP;
	return PLAIN;
}

void zv_site_answer(const struct zv_site *site, const struct zv_request *request, bool is_page, struct zv_answer *answer)
{
	static const char *const NAMES[CODINGS] = { NULL, "gzip", "br" };
	int64_t at;
	bool found = !zv_str_eq_c(request->target.path, "/") && zv_map_get(&at, &site->by_path, request->target.path);

	if (!found && !zv_map_get(&at, &site->by_path, ZV_STR("/index.html"))) {
		zv_answer_problem(answer, 404, zv_tr(N_("This program was built without its pages: install Node.js and build it again.")));
		return;
	}
	const struct file *file = &site->files.p[at];
	enum coding coding = choose_coding(file, zv_head_field(request->head, request->bytes, "accept-encoding"));
	if (file->bytes[coding].p == NULL) {
		zv_answer_problem(answer, 404, zv_tr(N_("There is no such page.")));
		return;
	}
	answer->status = found || is_page ? 200 : 404;
	answer->type = file->type;
	answer->ready = file->bytes[coding];
	answer->encoding = NAMES[coding];
	answer->vary = "Accept-Encoding";
	answer->cache = found && file->hashed ? "public, max-age=31536000, immutable" : "no-cache";
	memcpy(answer->etag, file->etag[coding], sizeof(file->etag[coding]));
}
