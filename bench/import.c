/* Rows a second from a CSV file of needs into the store, and the memory that takes: bench/import [ROWS] [DB] [FILE] [ORGS]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/database.h"
#include "app/import.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"

enum { ORGS = 2000, ITEMS = 500, ROWS = 1000000 };

static void die(const char *what, const struct zv_err *err)
{
	fprintf(stderr, "%s: %s\n", what, err != NULL ? err->text : "");
	exit(1);
}

/* Nine digits that belong to no tax office, and their check digit. */
static void inn_of(char out[16], int n)
{
	static const int weights[] = { 2, 4, 10, 3, 5, 9, 4, 6, 8 };
	int sum = 0;

	(void)snprintf(out, 16, "9990%05d", n);
	for (int i = 0; i < 9; i++)
		sum += weights[i] * (out[i] - '0');
	out[9] = (char)('0' + sum % 11 % 10);
	out[10] = '\0';
}

static void cas_of(char out[16], int n)
{
	char digits[16];
	int sum = 0, len;

	len = snprintf(digits, sizeof(digits), "%d%02d", 5000 + n, n % 100);
	for (int i = 0; i < len; i++)
		sum += (digits[len - 1 - i] - '0') * (i + 1);
	(void)snprintf(out, 16, "%d-%02d-%d", 5000 + n, n % 100, sum % 10);
}

/* Names as different as real ones: two invented words. */
static void name_of(char out[64], struct zv_rng *rng)
{
	static const char *const syllables[] = { "ка", "ро", "тен", "мил", "су", "вар", "до", "лин", "гра", "пе", "ним", "за", "хо", "стер", "бу", "фа",
						 "жел", "ши", "ком", "ну" };
	size_t n = 0;

	for (int word = 0; word < 2; word++) {
		for (int i = 0; i < 3; i++)
			n += (size_t)snprintf(out + n, 64 - n, "%s", syllables[zv_rng_below(rng, 20)]);
		if (word == 0)
			n += (size_t)snprintf(out + n, 64 - n, "-");
	}
}

static void write_orgs(const char *path, int orgs)
{
	FILE *file = fopen(path, "wb");
	struct zv_rng rng;
	char inn[16], name[64];

	if (file == NULL)
		die(path, NULL);
	zv_rng_init(&rng, 2);
	fprintf(file, "name,inn,region\n");
	for (int i = 0; i < orgs; i++) {
		name_of(name, &rng);
		inn_of(inn, i);
		fprintf(file, "ООО «%s»,%s,RU-RYA\n", name, inn);
	}
	(void)fclose(file);
}

static void write_needs(const char *path, long rows)
{
	FILE *file = fopen(path, "wb");
	struct zv_rng rng;
	char inn[16], cas[16];

	if (file == NULL)
		die(path, NULL);
	zv_rng_init(&rng, 1);
	fprintf(file, "key,org_inn,item,cas,qty,unit,tolerance,requirements,region,due,price\n");
	for (long i = 0; i < rows; i++) {
		int item = (int)zv_rng_below(&rng, ITEMS);

		inn_of(inn, (int)zv_rng_below(&rng, ORGS));
		cas_of(cas, item);
		fprintf(file, "N%ld,%s,реагент %d,%s,\"%d,%d\",кг,%d кг,чистота >= %d.0 %%,RU-OMS,2026-%02d-%02d,%d ₽/кг\n", i, inn, item, cas,
			(int)zv_rng_below(&rng, 900) + 1, (int)zv_rng_below(&rng, 10), (int)zv_rng_below(&rng, 20), 90 + item % 10,
			(int)zv_rng_below(&rng, 12) + 1, (int)zv_rng_below(&rng, 28) + 1, (int)zv_rng_below(&rng, 9000) + 1000);
	}
	(void)fclose(file);
}

static void run(const char *what, struct zv_db *db, const char *kind, const char *path, bool dry_run)
{
	struct zv_import_options options = { .actor = "bench", .dry_run = dry_run };
	struct zv_import_report report;
	struct zv_err err;
	struct rusage self, child;

	if (zv_import(&report, db, kind, path, &options, &err) != ZV_OK)
		die(what, &err);
	(void)getrusage(RUSAGE_SELF, &self);
	(void)getrusage(RUSAGE_CHILDREN, &child);
	printf("%-12s %9lld rows  %6.2f s  %6.2f s cpu  %8.0f rows/s cpu  peak %4ld MB  reader %6.2f s %3ld MB  new %lld changed %lld same %lld "
	       "error %lld\n",
	       what, (long long)report.rows, (double)report.wall_ms / 1000, (double)report.cpu_ms / 1000,
	       report.cpu_ms > 0 ? (double)report.rows * 1000 / (double)report.cpu_ms : 0, self.ru_maxrss / 1024,
	       (double)child.ru_utime.tv_sec + (double)child.ru_utime.tv_usec / 1e6, child.ru_maxrss / 1024, (long long)report.n_new,
	       (long long)report.n_changed, (long long)report.n_same, (long long)report.n_error);
	if (report.n_error > 0)
		printf("  first: line %lld %.*s\n", (long long)report.faults[0].line, ZV_STR_FMT(report.faults[0].text));
	zv_import_report_done(&report);
}

int main(int argc, char **argv)
{
	long rows = argc > 1 ? atol(argv[1]) : ROWS;
	const char *url = argc > 2 ? argv[2] : "bench-import.db";
	const char *path = argc > 3 ? argv[3] : "bench-needs.csv";
	int orgs = argc > 4 ? atoi(argv[4]) : ORGS;
	struct zv_db *db;
	struct zv_err err;

	write_orgs("bench-orgs.csv", orgs);
	write_needs(path, rows);
	if (zv_database_open(&db, url, ZV_DATABASE_CREATE, &err) != ZV_OK)
		die(url, &err);
	run("enterprises", db, "enterprises", "bench-orgs.csv", false);
	run("needs, dry", db, "needs", path, true);
	run("needs", db, "needs", path, false);
	run("needs again", db, "needs", path, false);
	zv_database_close(db);
	(void)unlink("bench-orgs.csv");
	return 0;
}
