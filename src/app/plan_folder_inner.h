/* What the readers of the files of a plan folder share. Inside app/plan_folder*. */
#ifndef ZV_APP_PLAN_FOLDER_INNER_H
#define ZV_APP_PLAN_FOLDER_INNER_H

#include "app/plan_folder.h"
#include "base/map.h"
#include "base/vec.h"
#include "format/csv_plain.h"

/* Entities of one kind, sorted by id, to be referred to by others. */
struct folder_ids {
	const char *file;
	struct zv_map by_id; /* id -> place; of needs: not filled */
};

/* Of an offer that may be launched in every period, while it is read. */
enum { FOLDER_ALWAYS_FROM = -100000, FOLDER_ALWAYS_UNTIL = 100000 };

/* A row of resources.csv: hours of one resource in one period, as the file counts periods. */
struct folder_hours {
	uint32_t resource, line;
	int32_t period;
	int64_t capacity;
};

struct folder {
	struct zv_plan_folder *out;
	zv_plan_folder_open *open;
	void *context;
	struct zv_err *err;
	struct folder_ids regions, products, makers, resources, offers;
	ZV_VEC(struct zv_str) warnings;
	int64_t bonus[ZV_PLAN_PRIORITIES];
	int32_t periods;
	bool first_given;
	int32_t named_min, named_max; /* of the periods in other files than resources.csv */
	ZV_VEC(struct folder_hours) hours;
};

/* One file while it is read. The columns asked for are numbered as in `columns`. */
enum { FOLDER_COLUMNS = 16 };
struct folder_table {
	struct folder *folder;
	const char *name;
	const char *const *columns; /* NULL-ended; a name that starts with '?' is optional */
	int at[FOLDER_COLUMNS];     /* cell of each column, -1: not there */
	FILE *file;
	struct zv_csv_plain csv;
	size_t width; /* cells of the header */
	size_t rows;
};

/* Reads a whole file: `row` for each row, then `finish` (may be NULL) with the table still there for its messages. An optional file may be missing: *there. */
struct folder_reader {
	const char *name;
	const char *const *columns;
	bool optional;
	enum zv_code (*row)(struct folder_table *t, void *context);
	enum zv_code (*finish)(struct folder_table *t, void *context);
};
enum zv_code folder_each(struct folder *f, const struct folder_reader *reader, void *context, bool *there);

/* Leaves the function with the code of a failure. */
#define TRY(call)                            \
	do {                                 \
		enum zv_code code_ = (call); \
					     \
		if (code_ != ZV_OK)          \
			return code_;        \
	} while (0)

/* Rows of one kind while they are read, with the line of each; KEEP hands them over to the problem and gives back what growing took too much. */
#define FOLDER_ROWS(name, type)         \
	struct name {                   \
		ZV_VEC(type) rows;      \
		ZV_VEC(uint32_t) lines; \
	}
#define FOLDER_PUSH(t, list, row) (zv_vec_push(&(list)->rows, row), zv_vec_push(&(list)->lines, (uint32_t)(t)->csv.line))
#define FOLDER_SORT(t, list) folder_sort((t), (list)->rows.p, (list)->rows.n, sizeof(*(list)->rows.p), (list)->lines.p)
#define FOLDER_KEEP(array, count, list)                                                               \
	do {                                                                                          \
		zv_vec_done(&(list)->lines);                                                          \
		(count) = (uint32_t)(list)->rows.n;                                                   \
		(array) = zv_reallocarray((list)->rows.p, (list)->rows.n + 1, sizeof(*(list)->rows.p)); \
	} while (0)

/* Reading a cell: the text ("" when the column is not there), or a value within bounds. `otherwise` stands for an empty cell of an optional column. */
struct zv_str folder_cell(const struct folder_table *t, int column);
enum zv_code folder_id(struct zv_str *out, struct folder_table *t, int column); /* kept in the arena */
enum zv_code folder_period(int32_t *out, struct folder_table *t, int column);      /* as the file counts them */
enum zv_code folder_decimal(int64_t *out, struct folder_table *t, int column, int64_t min, int64_t max);   /* millionths */
enum zv_code folder_optional(int64_t *out, struct folder_table *t, int column, int64_t min, int64_t max, int64_t otherwise);
enum zv_code folder_whole(int64_t *out, struct folder_table *t, int column, int64_t min, int64_t max);
enum zv_code folder_flag(bool *out, struct folder_table *t, int column);
enum zv_code folder_ref(uint32_t *out, struct folder_table *t, int column, const struct folder_ids *ids);

/* Fails with file, line, column and value; `what` is a translated half sentence: "is not a number". */
enum zv_code folder_bad(struct folder_table *t, int column, const char *what);
void folder_warn(struct folder *f, const char *msgid, ...) ZV_PRINTF(2, 3);

/*
 * Sorts `n` rows of `size` bytes whose first member is the id, and finds doubles; lines[n] are theirs and move along. O(n) when they are sorted already.
 */
enum zv_code folder_sort(struct folder_table *t, void *rows, size_t n, size_t size, uint32_t *lines);

/* Fills ids->by_id from sorted rows. */
void folder_index(struct folder_ids *ids, const void *rows, size_t n, size_t size);

enum zv_code folder_read_meta(struct folder *f);
enum zv_code folder_read_regions(struct folder *f);
enum zv_code folder_read_distances(struct folder *f);
enum zv_code folder_read_products(struct folder *f);
enum zv_code folder_read_makers(struct folder *f);
enum zv_code folder_read_resources(struct folder *f);
enum zv_code folder_read_offers(struct folder *f);
enum zv_code folder_read_tiers(struct folder *f);
enum zv_code folder_read_needs(struct folder *f);
enum zv_code folder_read_substitutes(struct folder *f);
enum zv_code folder_read_bom(struct folder *f);
enum zv_code folder_read_commitments(struct folder *f);
enum zv_code folder_read_costs(struct folder *f);

/* When all files are read: which period is the first, all periods counted from it, hours by resource and period. */
enum zv_code folder_count_periods(struct folder *f);

#endif
