/* Text search over many items: rows indexed a second, size, and how long a query takes: bench/search [ITEMS] [URL]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/embed.h"
#include "base/rng.h"
#include "store/batch.h"
#include "store/migrate.h"
#include "store/search.h"

enum { VOCABULARY = 20000, QUERIES = 1000, WORD_MAX = 40 };

static struct zv_err err;

#define OK(call)                                                      \
	do {                                                          \
		if ((call) != ZV_OK) {                                \
			fprintf(stderr, "%s: %s\n", #call, err.text); \
			exit(1);                                      \
		}                                                     \
	} while (0)

static double cpu_s(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void migrate(struct zv_db *db)
{
	struct zv_migration steps[32];
	const struct zv_embedded *file;
	size_t n = 0;

	for (size_t i = 0; (file = zv_embed_at(i)) != NULL && n < ZV_LEN(steps); i++) {
		struct zv_str name = zv_str_c(file->name);

		if (!zv_str_starts(name, ZV_STR("sql/")))
			continue;
		name = zv_str_first(zv_str_from(name, 4), name.n - 8);
		steps[n++] = (struct zv_migration){.number = atoi(name.p),
						   .name = name,
						   .sql = {(const char *)file->bytes, file->n},
						   .dialect = zv_str_ends(name, ZV_STR(".sqlite"))     ? ZV_SQLITE
							      : zv_str_ends(name, ZV_STR(".postgres")) ? ZV_POSTGRES
												       : -1};
	}
	OK(zv_migrate(db, steps, n, false, NULL, NULL, &err));
}

/* Words made of syllables; the use of a word falls with its number as words of a language do (Zipf). */
static char vocabulary[VOCABULARY][WORD_MAX];

static void make_vocabulary(struct zv_rng *rng)
{
	static const char *const syllables[] = {"ме", "ти", "ла", "про", "пи", "бен", "зол", "то", "лу", "ол",  "кси", "лен",
						"хло", "рид", "суль", "фат", "на", "три", "ка", "ли", "ам", "мо", "ний", "кис"};

	for (int i = 0; i < VOCABULARY; i++) {
		vocabulary[i][0] = '\0';
		for (int k = 0; k < 2 + (int)zv_rng_below(rng, 3); k++)
			(void)strcat(vocabulary[i], syllables[zv_rng_below(rng, ZV_LEN(syllables))]);
	}
}

static const char *word(struct zv_rng *rng)
{
	/* A number spread evenly in its logarithm. */
	uint64_t top = 1;
	uint64_t bits = zv_rng_below(rng, 15);

	for (uint64_t i = 0; i < bits; i++)
		top *= 2;
	return vocabulary[zv_rng_below(rng, top < VOCABULARY ? top : VOCABULARY)];
}

static void fill(struct zv_db *db, int64_t items, struct zv_rng *rng)
{
	const struct zv_register *reg = zv_register_find("item");
	struct zv_batch batch = {.kind = ZV_STR("bench"), .actor = ZV_STR("bench"), .source = ZV_STR(""), .digest = ZV_STR("")};
	int name_at = zv_register_column(reg, "name"), key_at = zv_register_column(reg, "name_key");
	int okpd2_at = zv_register_column(reg, "okpd2"), cas_at = zv_register_column(reg, "cas");
	struct zv_arena row, arena;

	zv_arena_init(&row);
	zv_arena_init(&arena);
	OK(zv_db_begin(db, &err));
	OK(zv_batch_open(&batch, db, &arena, &err));
	for (int64_t i = 0; i < items; i++) {
		struct zv_record record = {.batch_id = batch.id, .said_on = 20000, .status = ZV_DECLARED};
		struct zv_str name;

		zv_arena_reset(&row);
		for (int k = 0; k < reg->n_columns; k++)
			record.values[k].null = true;
		record.source_key = zv_arena_strf(&row, "I%08" PRId64, i);
		name = zv_arena_strf(&row, "%s %s %s %s %s %s", word(rng), word(rng), word(rng), word(rng), word(rng), word(rng));
		record.values[name_at] = record.values[key_at] = (struct zv_value){.s = name};
		record.values[okpd2_at] = (struct zv_value){.s = zv_arena_strf(&row, "20.%02d.%02d", (int)zv_rng_below(rng, 60), (int)zv_rng_below(rng, 90))};
		record.values[cas_at] = (struct zv_value){.s = zv_arena_strf(&row, "%d-%02d-%d", (int)i + 50, (int)zv_rng_below(rng, 100), (int)zv_rng_below(rng, 10))};
		record.values[zv_register_column(reg, "control")] = (struct zv_value){.i = 0};
		OK(zv_record_insert(db, reg, &record, &row, &err));
	}
	OK(zv_db_commit(db, &err));
	zv_arena_done(&row);
	zv_arena_done(&arena);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

enum shape { ONE_RARE, TWO_WORDS, THREE_WORDS, THREE_OF_ONE_ROW, OPEN_WORD, CAS, OKPD2_GROUP };

static struct zv_str make_query(enum shape shape, struct zv_rng *rng, struct zv_arena *arena, int64_t items)
{
	switch (shape) {
	case ONE_RARE:
		return zv_str_c(vocabulary[VOCABULARY / 2 + zv_rng_below(rng, VOCABULARY / 2)]);
	case TWO_WORDS:
		return zv_arena_strf(arena, "%s %s", word(rng), word(rng));
	case THREE_WORDS:
		return zv_arena_strf(arena, "%s %s %s", word(rng), word(rng), word(rng));
	case THREE_OF_ONE_ROW: /* the most frequent words: the longest lists */
		return zv_arena_strf(arena, "%s %s %s", vocabulary[zv_rng_below(rng, 4)], vocabulary[4 + zv_rng_below(rng, 12)],
				     vocabulary[16 + zv_rng_below(rng, 48)]);
	case OPEN_WORD: {
		struct zv_str s = zv_str_c(word(rng));

		return zv_str_dup(arena, zv_str_first(s, s.n > 8 ? 8 : s.n));
	}
	case CAS:
		return zv_arena_strf(arena, "%d-0", (int)zv_rng_below(rng, (uint64_t)items) + 50);
	default:
		return zv_arena_strf(arena, "20.%02d.%02d", (int)zv_rng_below(rng, 60), (int)zv_rng_below(rng, 90));
	}
}

static void measure(struct zv_db *db, enum shape shape, const char *what, int64_t items)
{
	static double ms[QUERIES];
	int entity = zv_register_find("item")->entity;
	struct zv_arena arena;
	struct zv_rng rng;
	int64_t n_hits = 0;

	zv_arena_init(&arena);
	zv_rng_init(&rng, 99);
	for (int i = 0; i < QUERIES; i++) {
		struct zv_hit *hits;
		struct zv_str query;
		double from;
		size_t n;

		zv_arena_reset(&arena);
		query = make_query(shape, &rng, &arena, items);
		from = cpu_s();
		OK(zv_search(&hits, &n, db, entity, query, shape == OPEN_WORD || shape == CAS, 20, &arena, &err));
		ms[i] = (cpu_s() - from) * 1000;
		n_hits += (int64_t)n;
	}
	qsort(ms, QUERIES, sizeof(*ms), by_value);
	printf("%-28s p50 %7.2f ms CPU   p99 %7.2f ms CPU   max %7.2f ms   %5.1f hits\n", what, ms[QUERIES / 2], ms[QUERIES * 99 / 100],
	       ms[QUERIES - 1], (double)n_hits / QUERIES);
	(void)fflush(stdout);
	zv_arena_done(&arena);
}

static long file_mb(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long)(st.st_size >> 20) : -1;
}

int main(int argc, char **argv)
{
	int64_t items = argc > 1 ? atoll(argv[1]) : 1000000;
	const char *url = argc > 2 ? argv[2] : "bench-search.db";
	struct rusage usage;
	struct zv_db *db;
	struct zv_rng rng;
	long before;
	double from;

	zv_rng_init(&rng, 1);
	make_vocabulary(&rng);
	OK(zv_db_open(&db, url, ZV_DB_CREATE, &err));
	migrate(db);
	fill(db, items, &rng);
	OK(zv_db_settle(db, &err));
	before = file_mb(url);
	from = cpu_s();
	OK(zv_search_refresh(db, NULL, NULL, &err));
	printf("%-28s %9" PRId64 " items  %6.1f s CPU  %7.0f items/s CPU\n", "index", items, cpu_s() - from, (double)items / (cpu_s() - from));
	OK(zv_db_settle(db, &err));
	printf("%-28s %5ld MB of rows, %5ld MB of index\n", "size", before, file_mb(url) - before);
	measure(db, ONE_RARE, "one rare word", items);
	measure(db, TWO_WORDS, "two words", items);
	measure(db, THREE_WORDS, "three words", items);
	measure(db, THREE_OF_ONE_ROW, "three frequent words", items);
	measure(db, OPEN_WORD, "beginning of a word", items);
	measure(db, CAS, "beginning of a CAS number", items);
	measure(db, OKPD2_GROUP, "OKPD2 code", items);
	(void)getrusage(RUSAGE_SELF, &usage);
	printf("%-28s %5ld MB\n", "peak memory", usage.ru_maxrss / 1024);
	zv_db_close(db);
	return 0;
}
