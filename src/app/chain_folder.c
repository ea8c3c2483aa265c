/* firms.csv, ess.csv and links.csv of a folder become a network. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/chain_table.h"
#include "base/buf.h"
#include "format/source.h"

enum { PATH_MAX_BYTES = 4096 };

struct rows {
	ZV_VEC(uint32_t) sector;
	ZV_VEC(double) revenue;
	ZV_VEC(double) costs;
	ZV_VEC(double) weights;
	ZV_VEC(uint32_t) supplier;
	ZV_VEC(uint32_t) buyer;
	ZV_VEC(double) amount;
	ZV_VEC(struct zv_chain_type) types;
	struct zv_map pairs; /* of types */
};

/* An empty cell of an optional column: not known. */
static enum zv_code optional(double *out, struct chain_table *t, int column, double min)
{
	*out = NAN;
	return chain_cell(t, column).n == 0 ? ZV_OK : chain_amount(out, t, column, min);
}

enum { FIRM, SECTOR, SIZE, REVENUE, COSTS, WEIGHT };

static enum zv_code firm_row(struct chain_table *t, void *context)
{
	struct chain_reading *r = t->reading;
	struct rows *rows = context;
	struct zv_str id, sector;
	double size, revenue, costs, weight;
	int64_t before;

	CHAIN_TRY(chain_id(&id, t, FIRM));
	CHAIN_TRY(chain_id(&sector, t, SECTOR));
	CHAIN_TRY(optional(&size, t, SIZE, 0));
	CHAIN_TRY(optional(&revenue, t, REVENUE, ZV_CHAIN_AMOUNT_MIN));
	CHAIN_TRY(optional(&costs, t, COSTS, ZV_CHAIN_AMOUNT_MIN));
	if (chain_has(t, WEIGHT))
		CHAIN_TRY(chain_amount(&weight, t, WEIGHT, 0));
	if (zv_map_get(&before, &r->firms, id))
		return chain_bad(t, FIRM, N_("stands twice"));
	if (rows->sector.n == ZV_CHAIN_FIRMS_MAX)
		return zv_fail(r->err, ZV_E_LIMIT, t->name, N_("%s: more than %d rows."), t->name, ZV_CHAIN_FIRMS_MAX);
	id = zv_str_dup(&r->out->arena, id);
	zv_map_put(&r->firms, id, (int64_t)rows->sector.n);
	zv_vec_push(&r->firm_ids, id);
	zv_vec_push(&rows->sector, chain_sector(r, sector));
	if (chain_has(t, REVENUE))
		zv_vec_push(&rows->revenue, revenue);
	if (chain_has(t, COSTS))
		zv_vec_push(&rows->costs, costs);
	if (chain_has(t, WEIGHT))
		zv_vec_push(&rows->weights, weight);
	return ZV_OK;
}

enum { SUPPLIER, BUYER, AMOUNT };

static enum zv_code link_row(struct chain_table *t, void *context)
{
	struct rows *rows = context;
	uint32_t supplier, buyer;
	double amount;

	CHAIN_TRY(chain_firm(&supplier, t, SUPPLIER));
	CHAIN_TRY(chain_firm(&buyer, t, BUYER));
	CHAIN_TRY(chain_amount(&amount, t, AMOUNT, 0));
	if (rows->amount.n == ZV_CHAIN_LINKS_MAX)
		return zv_fail(t->reading->err, ZV_E_LIMIT, t->name, N_("%s: more than %d rows."), t->name, (int)ZV_CHAIN_LINKS_MAX);
	zv_vec_push(&rows->supplier, supplier);
	zv_vec_push(&rows->buyer, buyer);
	zv_vec_push(&rows->amount, amount);
	return ZV_OK;
}

enum { IN_SECTOR, OUT_SECTOR, TYPE };

static enum zv_code type_row(struct chain_table *t, void *context)
{
	struct rows *rows = context;
	struct zv_str in, out;
	struct zv_chain_type type;
	int64_t kind, before;

	CHAIN_TRY(chain_id(&in, t, IN_SECTOR));
	CHAIN_TRY(chain_id(&out, t, OUT_SECTOR));
	if (!zv_str_int(&kind, chain_cell(t, TYPE)) || kind < 0 || kind > ZV_CHAIN_ESSENTIAL)
		return chain_bad(t, TYPE, N_("is none of 0, 1, 2"));
	type = (struct zv_chain_type){chain_sector(t->reading, in), chain_sector(t->reading, out), (uint8_t)kind};
	if (t->reading->sector_ids.n > ZV_CHAIN_SECTORS_MAX || rows->types.n == ZV_CHAIN_LINKS_MAX)
		return zv_fail(t->reading->err, ZV_E_LIMIT, t->name, N_("%s: too many sectors."), t->name);
	if (zv_map_get_int(&before, &rows->pairs, (int64_t)type.in << 32 | type.out))
		return chain_bad(t, IN_SECTOR, N_("stands twice with the same out_sector"));
	zv_map_put_int(&rows->pairs, (int64_t)type.in << 32 | type.out, kind);
	zv_vec_push(&rows->types, type);
	return ZV_OK;
}

static enum zv_code read_all(struct chain_reading *r, struct rows *rows)
{
	static const char *const firms[] = {"firm", "sector", "size", "?revenue", "?costs", "?weight", NULL};
	static const char *const types[] = {"in_sector", "out_sector", "type", NULL};
	static const char *const links[] = {"supplier", "buyer", "amount", NULL};

	CHAIN_TRY(chain_each(r, "firms.csv", firms, firm_row, rows));
	if (rows->sector.n == 0)
		return zv_fail(r->err, ZV_E_INVALID, "firms.csv", N_("%s: no firm is in it."), "firms.csv");
	CHAIN_TRY(chain_each(r, "ess.csv", types, type_row, rows));
	return chain_each(r, "links.csv", links, link_row, rows);
}

static void hand_over(struct chain_reading *r, struct rows *rows)
{
	struct zv_chain_file *out = r->out;

	out->input = (struct zv_chain_input){.n_firms = (uint32_t)rows->sector.n, .n_links = (uint32_t)rows->amount.n, .n_sectors = (uint32_t)r->sector_ids.n,
					     .n_types = (uint32_t)rows->types.n, .sector = rows->sector.p, .supplier = rows->supplier.p, .buyer = rows->buyer.p,
					     .amount = rows->amount.p, .types = rows->types.p, .revenue = rows->revenue.p, .costs = rows->costs.p, .weights = rows->weights.p};
	out->firms = r->firm_ids.p;
	out->sectors = r->sector_ids.p;
	out->warnings = r->warnings.p;
	out->n_warnings = r->warnings.n;
}

enum zv_code zv_chain_folder_read_from(struct zv_chain_file *out, zv_chain_open *open, void *context, struct zv_err *err)
{
	struct chain_reading r = {.out = out, .open = open, .context = context, .err = err};
	struct rows rows = {0};
	enum zv_code code;

	*out = (struct zv_chain_file){0};
	zv_arena_init(&out->arena);
	zv_map_init(&r.firms);
	zv_map_init(&r.sectors);
	zv_map_init(&rows.pairs);
	code = read_all(&r, &rows);
	hand_over(&r, &rows);
	zv_map_done(&rows.pairs);
	zv_map_done(&r.sectors);
	zv_map_done(&r.firms);
	if (code != ZV_OK)
		zv_chain_file_done(out);
	return code;
}

/* The arrays of a network are const for its readers. */
static void free_array(const void *array)
{
	free((void *)(uintptr_t)array);
}

void zv_chain_file_done(struct zv_chain_file *file)
{
	const struct zv_chain_input *in = &file->input;
	const void *const arrays[] = {in->sector, in->supplier, in->buyer, in->amount, in->types, in->revenue, in->costs, in->weights};

	for (size_t i = 0; i < ZV_LEN(arrays); i++)
		free_array(arrays[i]);
	free(file->firms);
	free(file->sectors);
	free(file->scenarios);
	free(file->warnings);
	zv_arena_done(&file->arena);
	*file = (struct zv_chain_file){0};
}

/* --- paths --------------------------------------------------------------------------------------------------------------------------------- */

static FILE *open_in(void *context, const char *name)
{
	char path[PATH_MAX_BYTES];

	if (snprintf(path, sizeof(path), "%s/%s", (const char *)context, name) >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	return fopen(path, "rbe");
}

static enum zv_code cannot_read(const char *path, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, "", N_("The file %s cannot be read: %s."), path, strerror(errno));
}

enum zv_code zv_chain_text_read(struct zv_buf *text, const char *path, size_t max, struct zv_err *err)
{
	struct zv_source source;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum zv_code code;
	size_t got = 1;

	if (fd < 0)
		return cannot_read(path, err);
	zv_source_init_fd(&source, fd);
	code = zv_source_start(&source, err);
	while (code == ZV_OK && got > 0) {
		char *to = zv_buf_reserve(text, 64 * 1024);

		if (to == NULL || text->n > max) {
			code = zv_fail(err, ZV_E_LIMIT, "", N_("The file %s is too long: more than %zu bytes."), path, max);
			break;
		}
		code = zv_stream_read(&got, &source.stream, to, 64 * 1024, err);
		text->n += code == ZV_OK ? got : 0;
	}
	zv_source_done(&source);
	(void)close(fd);
	return code;
}

enum zv_code zv_chain_file_read(struct zv_chain_file *out, const char *path, struct zv_err *err)
{
	union {
		const char *text;
		void *context;
	} borrowed = {.text = path};
	struct zv_buf text;
	struct stat st;
	enum zv_code code;

	if (stat(path, &st) != 0)
		return cannot_read(path, err);
	if (S_ISDIR(st.st_mode))
		return zv_chain_folder_read_from(out, open_in, borrowed.context, err);
	zv_buf_init(&text, 0);
	code = zv_chain_text_read(&text, path, ZV_CHAIN_JSON_MAX, err);
	if (code == ZV_OK)
		code = zv_chain_json_read(out, zv_buf_str(&text), err);
	zv_buf_done(&text);
	return code;
}

/* --- a list of firms ----------------------------------------------------------------------------------------------------------------------- */

static enum zv_code find_firms(uint32_t *out, uint32_t *n, const struct zv_map *ids, struct zv_str text, const char *path, struct zv_err *err)
{
	struct zv_str line;
	long long number = 0;
	int64_t place;

	*n = 0;
	while (text.n > 0 && zv_str_split(&line, &text, '\n')) {
		number++;
		line = zv_str_trim(line);
		if (line.n == 0)
			continue;
		if (!zv_map_get(&place, ids, line))
			return zv_fail(err, ZV_E_INVALID, "firms", N_("%s, line %lld: there is no firm “%.*s”."), path, number, ZV_STR_FMT(zv_str_first(line, 60)));
		out[(*n)++] = (uint32_t)place;
	}
	return ZV_OK;
}

enum zv_code zv_chain_firms_read(uint32_t **out, uint32_t *n, const struct zv_chain_file *file, const char *path, struct zv_err *err)
{
	struct zv_buf text;
	struct zv_map ids;
	size_t lines = 2;
	enum zv_code code;

	*out = NULL;
	zv_buf_init(&text, 0);
	zv_map_init(&ids);
	for (uint32_t i = 0; i < file->input.n_firms; i++)
		zv_map_put(&ids, file->firms[i], i);
	code = zv_chain_text_read(&text, path, (size_t)ZV_CHAIN_FIRMS_MAX * ZV_CHAIN_ID_MAX, err);
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	*out = zv_reallocarray(NULL, lines, sizeof(**out));
	if (code == ZV_OK)
		code = find_firms(*out, n, &ids, zv_buf_str(&text), path, err);
	if (code != ZV_OK) {
		free(*out);
		*out = NULL;
	}
	zv_map_done(&ids);
	zv_buf_done(&text);
	return code;
}
