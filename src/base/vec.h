/* A growing array of any type: `ZV_VEC(struct zv_need) needs = {0}; zv_vec_push(&needs, need); ... zv_vec_done(&needs);` */
#ifndef ZV_BASE_VEC_H
#define ZV_BASE_VEC_H

#include <stdlib.h>

#include "base/mem.h"

#define ZV_VEC(type)        \
	struct {            \
		type *p;    \
		size_t n;   \
		size_t cap; \
	}

#define zv_vec_grow(v, extra)                                                                        \
	((v)->n + (extra) > (v)->cap                                                                 \
		 ? (void)((v)->cap = (v)->cap * 2 > (v)->n + (extra) ? (v)->cap * 2 : (v)->n + (extra) + 8, \
			  (v)->p = zv_reallocarray((v)->p, (v)->cap, sizeof(*(v)->p)))               \
		 : (void)0)

#define zv_vec_push(v, value) (zv_vec_grow((v), 1), (void)((v)->p[(v)->n++] = (value)))
#define zv_vec_done(v) (free((v)->p), (v)->p = NULL, (v)->n = (v)->cap = 0)

#endif
