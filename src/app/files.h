/*
 * Files that came in, kept beside the database under the digest of their bytes: DIR/ab/cdef... A file is there whole or not at all, and
 * on the disk before anything is acknowledged. Any thread may use all of it.
 */
#ifndef ZV_APP_FILES_H
#define ZV_APP_FILES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct zv_files;

/* Where the files of a database are by default: its own name and ".files"; of a server, "zveno.files" in the current folder. */
struct zv_str zv_files_dir(const char *db_url, struct zv_arena *arena);

/* Inside the folder `dir`: where files are while they come in. What an interrupted program leaves there goes with the next zv_files_open. */
struct zv_str zv_files_scratch(const char *dir, struct zv_arena *arena);

/* How people know a file that came in: one line, without its folders; "file" when nothing is left. */
struct zv_str zv_files_name(struct zv_str name, struct zv_arena *arena);

/* Makes the folder when it is not there, and removes what an interrupted zv_files_put left. ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_files_open(struct zv_files **out, const char *dir, struct zv_err *err);
void zv_files_close(struct zv_files *files); /* NULL is allowed */

/*
 * Copies what `fd` holds from its start: written beside its place, synced, renamed, the folder synced. The same bytes again cost a
 * read. ZV_E_LIMIT: more than `max` bytes (0: no bound), or the disk is full; ZV_E_IO.
 */
ZV_MUST_CHECK enum zv_code zv_files_put(char digest[ZV_DIGEST_HEX], int64_t *size, struct zv_files *files, int fd, int64_t max,
					struct zv_err *err);

/* Opens for reading; the caller closes. The bytes are checked against the name: ZV_E_NOTFOUND, ZV_E_IO when they are others. */
ZV_MUST_CHECK enum zv_code zv_files_get(int *fd, struct zv_files *files, struct zv_str digest, struct zv_err *err);

/*
 * Removes every file that `keep` says no to and that has lain for `age_s` seconds at least (one that was put but is not referred to
 * yet must stay). *removed counts.
 */
ZV_MUST_CHECK enum zv_code zv_files_sweep(size_t *removed, struct zv_files *files, int64_t age_s,
					  bool (*keep)(void *context, struct zv_str digest), void *context, struct zv_err *err);

#endif
