/* An SQLite VFS over the real one that makes calls fail, and that writes down what reaches the disk and when. */
#ifndef ZV_TESTS_FAULT_SHIM_H
#define ZV_TESTS_FAULT_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum shim_call { SHIM_WRITE, SHIM_SYNC, SHIM_OPEN, SHIM_READ, SHIM_TRUNCATE, SHIM_CALLS };

const char *shim_call_name(enum shim_call call);

/* Becomes the default VFS of the process. */
void shim_install(void);

/* The n-th call (from 1) of this kind fails, and with `forever` all after it; `full`: as on a full disk. 0 switches faults off. */
void shim_fail(enum shim_call call, int n, bool forever, bool full);

/* True when a call has failed since shim_fail. */
bool shim_failed(void);

/* Starts to write down all that happens to files whose name begins with `path`; the old record goes. NULL stops. */
void shim_record(const char *path);

/* A point in the record: what happened before it has happened. */
size_t shim_now(void);

/*
 * Makes the files `to`, `to`-wal as a power cut at `point` may have left them: what was synced is there; of what came after the
 * last sync of a file, any part, and any sectors of a write. `random` decides.
 */
void shim_cut(const char *to, size_t point, uint64_t (*random)(void *context), void *context);

void shim_forget(void);

#endif
