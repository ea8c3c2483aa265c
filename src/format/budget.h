/* Budgets of files that strangers give us (security.md T18-T20, T39), all in one place. Past one: ZV_E_LIMIT with what, where and the limit. */
#ifndef ZV_FORMAT_BUDGET_H
#define ZV_FORMAT_BUDGET_H

#include <stdint.h>

/* Of the child that parses. Memory is what it may take on top of the process it was forked from. */
#define ZV_LIMIT_CPU_S 10
#define ZV_LIMIT_MEMORY ((int64_t)256 << 20)
#define ZV_LIMIT_STILL_S 30
#define ZV_LIMIT_START_S 5 /* the same before its first row: it is started anew, ZV_LIMIT_STARTS times in all, the last with all the time above */
#define ZV_LIMIT_STARTS 6

/* Bytes of text after unpacking. */
#define ZV_LIMIT_PLAIN ((int64_t)4 << 30) /* of a file as it is; it is streamed, so only time is at stake */
#define ZV_LIMIT_GZIP ((int64_t)1 << 30)
#define ZV_LIMIT_ZIP ((int64_t)256 << 20) /* all members of a workbook together, as stated and as found */
#define ZV_LIMIT_MEMBERS 1000

/* Unpacked : packed. Counts only from ZV_LIMIT_RATIO_FROM bytes on: small members of honest files pass it easily. */
#define ZV_LIMIT_RATIO 100
#define ZV_LIMIT_RATIO_FROM ((int64_t)16 << 20)

/* Of a row, in UTF-8; a record of XML or JSON counts as a row. */
#define ZV_LIMIT_ROW (4 << 20)
#define ZV_LIMIT_FIELD (1 << 20)
#define ZV_LIMIT_COLUMNS 4096

/* Text given out : text read. Past ZV_LIMIT_REPEAT_FROM bytes: a shared text, or a value of the record, repeated without end. */
#define ZV_LIMIT_REPEAT 32
#define ZV_LIMIT_REPEAT_FROM ((int64_t)256 << 20)

/* Elements in elements, values in values. */
#define ZV_LIMIT_DEPTH 64

/* The table of texts that the cells of a workbook share: bytes, and how many. */
#define ZV_LIMIT_SHARED ((int64_t)96 << 20)
#define ZV_LIMIT_SHARED_COUNT (4 << 20)

#endif
