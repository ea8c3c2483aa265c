/* Passes calls through, counts them, makes some fail, and keeps a record of writes, truncations, syncs and deletions. */
#include "shim.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"

enum { SECTOR = 512, FILES_MAX = 8, PATH = 700 };

enum op_kind { OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_DELETE };

struct op {
	enum op_kind kind;
	int file;
	int64_t at; /* offset, or the length after a truncation */
	unsigned char *bytes;
	size_t n;
};

struct shim_file {
	sqlite3_file base;
	int file; /* in the record, -1: not recorded */
	sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static struct {
	enum shim_call call;
	int left; /* calls until the failure; 0: off */
	bool forever, full, failed;
} fault;
static struct {
	char path[PATH];
	char names[FILES_MAX][PATH];
	int n_files;
	bool on;
	ZV_VEC(struct op) ops;
} record;

const char *shim_call_name(enum shim_call call)
{
	static const char *const names[] = {"write", "sync", "open", "read", "truncate"};

	return names[call];
}

void shim_fail(enum shim_call call, int n, bool forever, bool full)
{
	fault.call = call;
	fault.left = n;
	fault.forever = forever;
	fault.full = full;
	fault.failed = false;
}

bool shim_failed(void)
{
	return fault.failed;
}

static bool fails(enum shim_call call)
{
	if (fault.left == 0 || fault.call != call)
		return false;
	if (fault.left > 1) {
		fault.left--;
		return false;
	}
	fault.left = fault.forever ? 1 : 0;
	fault.failed = true;
	return true;
}

static struct shim_file *shim_of(sqlite3_file *file)
{
	return (struct shim_file *)file;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return shim_of(file)->real;
}

static void note(int file, enum op_kind kind, int64_t at, const void *bytes, size_t n)
{
	struct op op = {.kind = kind, .file = file, .at = at, .n = n};

	if (file < 0 || !record.on)
		return;
	if (n > 0) {
		op.bytes = zv_alloc(n);
		memcpy(op.bytes, bytes, n);
	}
	zv_vec_push(&record.ops, op);
}

static int file_of(const char *name)
{
	if (name == NULL || !record.on || strncmp(name, record.path, strlen(record.path)) != 0)
		return -1;
	for (int i = 0; i < record.n_files; i++) {
		if (strcmp(record.names[i], name) == 0)
			return i;
	}
	if (record.n_files == FILES_MAX)
		abort();
	(void)snprintf(record.names[record.n_files], PATH, "%s", name);
	return record.n_files++;
}

static int on_close(sqlite3_file *file)
{
	int rc = real_of(file)->pMethods->xClose(real_of(file));

	free(real_of(file));
	return rc;
}

static int on_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	if (fails(SHIM_READ))
		return SQLITE_IOERR_READ;
	return real_of(file)->pMethods->xRead(real_of(file), to, n, at);
}

static int on_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	if (fails(SHIM_WRITE))
		return fault.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	note(shim_of(file)->file, OP_WRITE, at, from, (size_t)n);
	return real_of(file)->pMethods->xWrite(real_of(file), from, n, at);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	if (fails(SHIM_TRUNCATE))
		return SQLITE_IOERR_TRUNCATE;
	note(shim_of(file)->file, OP_TRUNCATE, size, NULL, 0);
	return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/* The real sync is left out: the record says what it would have kept, and the tests are faster. */
static int on_sync(sqlite3_file *file, int flags)
{
	(void)flags;
	if (fails(SHIM_SYNC))
		return SQLITE_IOERR_FSYNC;
	note(shim_of(file)->file, OP_SYNC, 0, NULL, 0);
	return SQLITE_OK;
}

static int on_size(sqlite3_file *file, sqlite3_int64 *out)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), out);
}

static int on_lock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int on_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int on_reserved(sqlite3_file *file, int *out)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int on_control(sqlite3_file *file, int op, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int on_sector(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

/* The disk promises nothing. */
static int on_character(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static int on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int on_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void on_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int on_shm_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = on_close,
	.xRead = on_read,
	.xWrite = on_write,
	.xTruncate = on_truncate,
	.xSync = on_sync,
	.xFileSize = on_size,
	.xLock = on_lock,
	.xUnlock = on_unlock,
	.xCheckReservedLock = on_reserved,
	.xFileControl = on_control,
	.xSectorSize = on_sector,
	.xDeviceCharacteristics = on_character,
	.xShmMap = on_shm_map,
	.xShmLock = on_shm_lock,
	.xShmBarrier = on_shm_barrier,
	.xShmUnmap = on_shm_unmap,
};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct shim_file *shim = shim_of(file);
	int rc;

	(void)vfs;
	shim->base.pMethods = NULL;
	if (fails(SHIM_OPEN))
		return SQLITE_CANTOPEN;
	shim->file = file_of(name);
	shim->real = zv_calloc(1, (size_t)real_vfs->szOsFile);
	rc = real_vfs->xOpen(real_vfs, name, shim->real, flags, out_flags);
	if (rc != SQLITE_OK) {
		free(shim->real);
		return rc;
	}
	shim->base.pMethods = &methods;
	return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	note(file_of(name), OP_DELETE, 0, NULL, 0);
	(void)sync;
	return real_vfs->xDelete(real_vfs, name, 0);
}

void shim_install(void)
{
	static sqlite3_vfs shim;

	real_vfs = sqlite3_vfs_find(NULL);
	shim = *real_vfs;
	shim.pNext = NULL;
	shim.szOsFile = (int)sizeof(struct shim_file);
	shim.zName = "zveno-shim";
	shim.xOpen = on_open;
	shim.xDelete = on_delete;
	(void)sqlite3_vfs_register(&shim, 1);
}

void shim_forget(void)
{
	for (size_t i = 0; i < record.ops.n; i++)
		free(record.ops.p[i].bytes);
	zv_vec_done(&record.ops);
	record.n_files = 0;
}

void shim_record(const char *path)
{
	if (path == NULL) {
		record.on = false;
		return;
	}
	shim_forget();
	(void)snprintf(record.path, sizeof(record.path), "%s", path);
	record.on = true;
}

size_t shim_now(void)
{
	return record.ops.n;
}

struct image {
	unsigned char *bytes;
	size_t n, cap;
};

static void put(struct image *image, int64_t at, const unsigned char *bytes, size_t n)
{
	size_t end = (size_t)at + n;

	if (end > image->cap) {
		image->cap = end * 2;
		image->bytes = zv_realloc(image->bytes, image->cap);
	}
	if ((size_t)at > image->n)
		memset(image->bytes + image->n, 0, (size_t)at - image->n);
	if (n > 0)
		memcpy(image->bytes + at, bytes, n);
	image->n = end > image->n ? end : image->n;
}

static void apply(struct image *image, const struct op *op)
{
	if (op->kind == OP_WRITE)
		put(image, op->at, op->bytes, op->n);
	else if (op->kind == OP_TRUNCATE && (size_t)op->at < image->n)
		image->n = (size_t)op->at;
	else if (op->kind == OP_TRUNCATE)
		put(image, op->at, NULL, 0);
	else if (op->kind == OP_DELETE)
		image->n = 0;
}

/* Some of the sectors of a write arrive. */
static void apply_torn(struct image *image, const struct op *op, uint64_t (*random)(void *context), void *context)
{
	for (size_t at = 0; at < op->n; at += SECTOR) {
		size_t n = op->n - at < SECTOR ? op->n - at : SECTOR;

		if (random(context) % 2 == 0)
			put(image, op->at + (int64_t)at, op->bytes + at, n);
	}
}

static void cut_file(struct image *image, int file, size_t point, uint64_t (*random)(void *context), void *context)
{
	size_t synced = 0;
	uint64_t keep = random(context) % 4; /* 0 nothing that was not synced, 3 all of it, else some */

	for (size_t i = 0; i < point; i++) {
		if (record.ops.p[i].file == file && record.ops.p[i].kind == OP_SYNC)
			synced = i;
	}
	for (size_t i = 0; i < point; i++) {
		const struct op *op = &record.ops.p[i];
		uint64_t luck;

		if (op->file != file || op->kind == OP_SYNC)
			continue;
		luck = random(context) % 4;
		/* A new file of the name is another one: what was in the old cannot come back under what is written to the new. */
		if (op->kind == OP_DELETE || i < synced || keep == 3 || (keep != 0 && luck < 2))
			apply(image, op);
		else if (keep != 0 && luck == 2 && op->kind == OP_WRITE)
			apply_torn(image, op, random, context);
	}
}

static void save(const char *name, const struct image *image)
{
	FILE *f = fopen(name, "wb");

	if (f == NULL || fwrite(image->bytes, 1, image->n, f) != image->n || fclose(f) != 0)
		abort();
}

void shim_cut(const char *to, size_t point, uint64_t (*random)(void *context), void *context)
{
	static const char *const endings[] = {"-wal", "-shm", "-journal", ""};
	char name[PATH * 2];

	for (size_t i = 0; i < ZV_LEN(endings); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", to, endings[i]);
		(void)unlink(name);
	}
	for (int file = 0; file < record.n_files; file++) {
		struct image image = {0};

		cut_file(&image, file, point, random, context);
		(void)snprintf(name, sizeof(name), "%s%s", to, record.names[file] + strlen(record.path));
		if (image.n > 0)
			save(name, &image);
		free(image.bytes);
	}
}
