/* The write command that the fault tests run: batches of new rows and changes, each in one transaction. */
#ifndef ZV_TESTS_FAULT_WORK_H
#define ZV_TESTS_FAULT_WORK_H

#include "fixture.h"

/* A database with the schema and a little data, closed, at `path`; the fixture's fx.url names it. */
void work_ground(const char *path);

/* Opens fx.url for writing, does one batch, closes. The first failure comes back. `again` then tells what a further write gives. */
enum zv_code work_once(int number, enum zv_code *again);

/* One batch through fx.db. */
enum zv_code work_batch(int number);

void work_copy(const char *from, const char *to); /* with -wal; what else `to` had goes */
void work_remove(const char *path);

/* Opens fx.url without faults, proves that it is whole, and gives its digest. */
void work_digest(char out[65]);

#endif
