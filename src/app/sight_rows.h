/* Ways in which people come to see rows, each a query over an index. Inside app/sight*.c. */
#ifndef ZV_APP_SIGHT_ROWS_H
#define ZV_APP_SIGHT_ROWS_H

#include "app/sight.h"
#include "base/vec.h"

#define ZV_SIGHT_OWN "1099511627776" /* ids of centre 0 are below it (store/id.h) */

struct zv_sight_way {
	const char *sql; /* $1 after which id, $2 limit, $3 the number that the way is about; ids in their order */
	int64_t number;  /* -1: of nothing in particular */
};
typedef ZV_VEC(struct zv_sight_way) zv_sight_ways;

static inline void zv_sight_way(zv_sight_ways *out, const char *sql, int64_t number)
{
	zv_vec_push(out, ((struct zv_sight_way){sql, number}));
}

/* Of items that are not of the shared catalogue, and of pairs of items that are. */
void zv_sight_ways_to_items(zv_sight_ways *out, const struct zv_who *who);
void zv_sight_ways_to_substitutes(zv_sight_ways *out);

/* Of clusters, contracts, projects and what belongs to them (sight_records.c). */
enum zv_action zv_sight_related_action(const struct zv_register *reg, bool write);
void zv_sight_ways_to_related(zv_sight_ways *out, const struct zv_who *who, const struct zv_register *reg);
bool zv_sight_open_related(const struct zv_who *who, const struct zv_register *reg);
ZV_MUST_CHECK enum zv_code zv_sight_may_related(bool *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
						const struct zv_record *record, bool write, struct zv_err *err);

#endif
