/* Whole files under their digest: written beside their place, synced, renamed, and the folder synced, in this order. */
#include "app/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/utf8.h"

enum { DIGEST = ZV_DIGEST_HEX - 1, FOLDER = 2, NAME_ROOM = 128, COPY = 256 * 1024, LEFT_S = 3600, NAME_MAX_BYTES = 800 };

static const char waiting[] = "new"; /* what is being written */

struct zv_files {
	int dir; /* of all files */
	int put; /* of those being written */
	char *path;
};

struct zv_str zv_files_dir(const char *db_url, struct zv_arena *arena)
{
	struct zv_str url = zv_str_c(db_url);

	if (zv_str_starts(url, ZV_STR("postgres://")) || zv_str_starts(url, ZV_STR("postgresql://")))
		return ZV_STR("zveno.files");
	return zv_arena_strf(arena, "%s.files", db_url);
}

struct zv_str zv_files_scratch(const char *dir, struct zv_arena *arena)
{
	return zv_arena_strf(arena, "%s/%s", dir, waiting);
}

struct zv_str zv_files_name(struct zv_str name, struct zv_arena *arena)
{
	struct zv_buf text;
	struct zv_str clean;

	zv_buf_init(&text, 0);
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\')
			zv_buf_reset(&text);
		else if ((unsigned char)name.p[i] >= ' ')
			zv_buf_add(&text, &name.p[i], 1);
	clean = zv_str_dup(arena, zv_utf8_first(zv_buf_str(&text), NAME_MAX_BYTES));
	zv_buf_done(&text);
	return clean.n > 0 ? clean : ZV_STR("file");
}

static enum zv_code fail_io(struct zv_err *err, const struct zv_files *files, int number)
{
	if (number == ENOSPC || number == EDQUOT)
		return zv_fail(err, ZV_E_LIMIT, "", N_("The disk of the folder %s is full; nothing was kept. Make room and send the file again."),
			       files->path);
	return zv_fail(err, ZV_E_IO, "", N_("The folder of files %s does not work: %s."), files->path, strerror(number));
}

/* Opens a folder, made when it is not there; its entry in the parent is on the disk afterwards. */
static int folder_at(int parent, const char *name)
{
	bool made = mkdirat(parent, name, 0700) == 0;

	if (!made && errno != EEXIST)
		return -1;
	if (made && parent >= 0 && fsync(parent) != 0)
		return -1;
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Left by a program that died while it wrote: nobody was told of them. Younger ones may be another thread's. */
static void remove_waiting(struct zv_files *files)
{
	int fd = fcntl(files->put, F_DUPFD_CLOEXEC, 0);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
		struct stat about;

		if (entry->d_name[0] != '.' && fstatat(files->put, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
		    about.st_mtime < time(NULL) - LEFT_S)
			(void)unlinkat(files->put, entry->d_name, 0);
	}
	if (dir != NULL)
		(void)closedir(dir);
	else if (fd >= 0)
		(void)close(fd);
}

enum zv_code zv_files_open(struct zv_files **out, const char *dir, struct zv_err *err)
{
	struct zv_files *files = zv_calloc(1, sizeof(*files));
	enum zv_code code;

	files->path = zv_strdup(dir);
	files->put = -1;
	files->dir = folder_at(AT_FDCWD, dir);
	if (files->dir >= 0)
		files->put = folder_at(files->dir, waiting);
	if (files->put < 0) {
		code = fail_io(err, files, errno);
		zv_files_close(files);
		return code;
	}
	remove_waiting(files);
	*out = files;
	return ZV_OK;
}

void zv_files_close(struct zv_files *files)
{
	if (files == NULL)
		return;
	if (files->put >= 0)
		(void)close(files->put);
	if (files->dir >= 0)
		(void)close(files->dir);
	free(files->path);
	free(files);
}

static bool is_digest(struct zv_str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!((text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] >= 'a' && text.p[i] <= 'f')))
			return false;
	return text.n == DIGEST;
}

/* "ab/cdef..." */
static void place_of(char out[NAME_ROOM], const char *digest)
{
	(void)snprintf(out, NAME_ROOM, "%.2s/%.*s", digest, DIGEST - FOLDER, digest + FOLDER);
}

static bool digest_of(char out[ZV_DIGEST_HEX], int fd)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return zv_digest_file(out, path);
}

/* All bytes of `from`, from its start; errno says why not. */
static bool copy_all(int to, int from, int64_t max, int64_t *size)
{
	char *room = zv_alloc(COPY);
	ssize_t n = 0;

	*size = 0;
	while ((n = pread(from, room, COPY, *size)) > 0) {
		ssize_t written = 0;

		while (written < n) {
			ssize_t step = write(to, room + written, (size_t)(n - written));

			if (step < 0 && errno != EINTR)
				break;
			written += step > 0 ? step : 0;
		}
		if (written < n) {
			n = -1;
			break;
		}
		*size += n;
		if (max > 0 && *size > max) {
			errno = EFBIG;
			n = -1;
			break;
		}
	}
	free(room);
	return n == 0;
}

/* The file is whole under the name `name` of the folder `put`; gives it its place. */
static bool give_place(struct zv_files *files, const char *name, const char *digest)
{
	char short_name[FOLDER + 1] = {digest[0], digest[1], '\0'};
	int folder = folder_at(files->dir, short_name);
	bool ok = folder >= 0 && renameat(files->put, name, folder, digest + FOLDER) == 0 && fsync(folder) == 0;
	int number = errno;

	if (folder >= 0)
		(void)close(folder);
	errno = number;
	return ok;
}

/* True when the same bytes lie in their place. */
static bool is_there(struct zv_files *files, const char *digest)
{
	char place[NAME_ROOM], found[ZV_DIGEST_HEX];
	int fd;
	bool same;

	place_of(place, digest);
	fd = openat(files->dir, place, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	same = digest_of(found, fd) && strcmp(found, digest) == 0;
	(void)close(fd);
	return same;
}

static enum zv_code write_new(char digest[ZV_DIGEST_HEX], int64_t *size, struct zv_files *files, int from, int64_t max, struct zv_err *err)
{
	char name[40];
	uint64_t drawn;
	bool ok;
	int fd, number;

	zv_random_bytes(&drawn, sizeof(drawn));
	(void)snprintf(name, sizeof(name), "%016" PRIx64, drawn);
	fd = openat(files->put, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_io(err, files, errno);
	ok = copy_all(fd, from, max, size) && fsync(fd) == 0 && digest_of(digest, fd) && give_place(files, name, digest);
	number = errno;
	(void)close(fd);
	if (ok)
		return ZV_OK;
	(void)unlinkat(files->put, name, 0);
	if (number == EFBIG)
		return zv_fail(err, ZV_E_LIMIT, "", N_("The file is larger than %lld bytes. Split it."), (long long)max);
	return fail_io(err, files, number);
}

enum zv_code zv_files_put(char digest[ZV_DIGEST_HEX], int64_t *size, struct zv_files *files, int fd, int64_t max, struct zv_err *err)
{
	char found[ZV_DIGEST_HEX];
	struct stat about;

	if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && (max == 0 || about.st_size <= max) && digest_of(found, fd) &&
	    is_there(files, found)) {
		memcpy(digest, found, ZV_DIGEST_HEX);
		*size = about.st_size;
		return ZV_OK;
	}
	return write_new(digest, size, files, fd, max, err);
}

enum zv_code zv_files_get(int *fd, struct zv_files *files, struct zv_str digest, struct zv_err *err)
{
	char place[NAME_ROOM], found[ZV_DIGEST_HEX];
	int opened = -1;

	if (is_digest(digest)) {
		place_of(place, digest.p);
		opened = openat(files->dir, place, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	}
	if (opened < 0 && (errno == ENOENT || !is_digest(digest)))
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("The file is not kept any more. Send it again."));
	if (opened < 0)
		return fail_io(err, files, errno);
	if (!digest_of(found, opened) || strncmp(found, digest.p, DIGEST) != 0) {
		(void)close(opened);
		return zv_fail(err, ZV_E_IO, "", N_("The kept file is not what was sent: the disk has lost bytes of %s. Send it again."), place);
	}
	*fd = opened;
	return ZV_OK;
}

struct sweep {
	struct zv_files *files;
	time_t before;
	bool (*keep)(void *context, struct zv_str digest);
	void *context;
	size_t removed;
};

static void sweep_file(struct sweep *sweep, int folder, const char *first, const char *name)
{
	char digest[ZV_DIGEST_HEX + 8];
	struct stat about;

	(void)snprintf(digest, sizeof(digest), "%.2s%.64s", first, name);
	if (!is_digest(zv_str_c(digest)) || fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0 || about.st_mtime > sweep->before)
		return;
	if (!sweep->keep(sweep->context, zv_str_c(digest)) && unlinkat(folder, name, 0) == 0)
		sweep->removed++;
}

static void sweep_folder(struct sweep *sweep, const char *first)
{
	int fd = openat(sweep->files->dir, first, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
		sweep_file(sweep, dirfd(dir), first, entry->d_name);
	if (dir != NULL)
		(void)closedir(dir);
	else if (fd >= 0)
		(void)close(fd);
}

enum zv_code zv_files_sweep(size_t *removed, struct zv_files *files, int64_t age_s, bool (*keep)(void *context, struct zv_str digest),
			    void *context, struct zv_err *err)
{
	struct sweep sweep = {.files = files, .before = time(NULL) - (time_t)age_s, .keep = keep, .context = context};
	int fd = openat(files->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (dir == NULL) {
		enum zv_code code = fail_io(err, files, errno);

		if (fd >= 0)
			(void)close(fd);
		return code;
	}
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		if (strlen(entry->d_name) == FOLDER && entry->d_name[0] != '.')
			sweep_folder(&sweep, entry->d_name);
	(void)closedir(dir);
	*removed = sweep.removed;
	return ZV_OK;
}
