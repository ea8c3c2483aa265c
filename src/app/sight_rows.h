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

#endif
