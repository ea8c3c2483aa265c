/* Purity grades of reagents (GOST 13867-68) and their order. The table is data/purity_grades.csv. */
#ifndef ZV_MODEL_GRADE_H
#define ZV_MODEL_GRADE_H

#include "base/str.h"

struct zv_grade {
	struct zv_str key;            /* "chda" */
	struct zv_str mark_ru;        /* «ч.д.а.» */
	struct zv_str name_ru, name_en;
	int rank;                     /* a higher one serves a need for a lower one */
	int64_t purity_min_ppm;       /* rule of thumb; 0: none */
};

/* «ч.д.а.», «чда», «Ч. Д. А.», "p.a.", «чистый для анализа»; NULL when it is no grade. */
const struct zv_grade *zv_grade_find(struct zv_str text);

size_t zv_grade_count(void);
const struct zv_grade *zv_grade_at(size_t i); /* best first */

#endif
