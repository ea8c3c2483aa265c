/* The table of purity grades (generated from data/purity_grades.csv). */
#include "model/grade.h"

#include <pthread.h>

#include "base/decimal.h"
#include "base/map.h"
#include "base/utf8.h"
#include "grades.inc.h"

enum { GRADE_COUNT = ZV_LEN(grades_table), PPM_DECIMALS = 4 };

static struct zv_grade grades[GRADE_COUNT];
static struct zv_map by_writing;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Folded, without blanks and points: «Ч. Д. А.» is «чда». */
static void writing(struct zv_buf *out, struct zv_str text)
{
	size_t kept = 0;

	zv_utf8_fold(out, zv_str_trim(text));
	for (size_t i = 0; i < out->n; i++) {
		if (out->p[i] != '.' && out->p[i] != ' ' && out->p[i] != '-')
			out->p[kept++] = out->p[i];
	}
	out->n = kept;
}

static void add_writing(struct zv_str text, size_t grade)
{
	struct zv_buf key;

	zv_buf_init(&key, 0);
	writing(&key, text);
	if (key.n > 0)
		zv_map_put(&by_writing, zv_buf_str(&key), (int64_t)grade);
	zv_buf_done(&key);
}

static void load(void)
{
	zv_map_init(&by_writing);
	for (size_t i = 0; i < GRADE_COUNT; i++) {
		const struct zv_str *row = grades_table[i];
		struct zv_str rest = row[GRADES_SYNONYMS];
		struct zv_str part;
		int64_t rank = 0;

		if (!zv_str_int(&rank, row[GRADES_RANK]))
			assert(!"rank in data/purity_grades.csv");
		grades[i] = (struct zv_grade){.key = row[GRADES_KEY],
					      .mark_ru = row[GRADES_MARK_RU],
					      .name_ru = row[GRADES_NAME_RU],
					      .name_en = row[GRADES_NAME_EN],
					      .rank = (int)rank};
		if (row[GRADES_PURITY_MIN_PCT].n > 0 &&
		    zv_decimal_parse(&grades[i].purity_min_ppm, row[GRADES_PURITY_MIN_PCT], PPM_DECIMALS, "", NULL) != ZV_OK)
			assert(!"purity in data/purity_grades.csv");
		for (int c = GRADES_MARK_RU; c <= GRADES_NAME_EN; c++)
			add_writing(row[c], i);
		add_writing(row[GRADES_KEY], i);
		while (zv_str_split(&part, &rest, '|'))
			add_writing(part, i);
	}
}

const struct zv_grade *zv_grade_find(struct zv_str text)
{
	struct zv_buf key;
	int64_t i;
	bool found;

	(void)pthread_once(&once, load);
	zv_buf_init(&key, 0);
	writing(&key, text);
	found = zv_map_get(&i, &by_writing, zv_buf_str(&key));
	zv_buf_done(&key);
	return found ? &grades[i] : NULL;
}

size_t zv_grade_count(void)
{
	return GRADE_COUNT;
}

const struct zv_grade *zv_grade_at(size_t i)
{
	(void)pthread_once(&once, load);
	return &grades[i];
}
