/* Kept files: whole or not there, whatever happens between two steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/files.h"
#include "base/date.h"
#include "base/rng.h"

static char dir[200];
static struct zv_files *files;
static struct zv_err err;

static int open_dir(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/zveno-files-XXXXXX", tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(dir));
	assert_int_equal(zv_files_open(&files, dir, &err), ZV_OK);
	return 0;
}

static int close_dir(void **state)
{
	char command[260];

	(void)state;
	zv_files_close(files);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	return system(command);
}

static int source_of(const void *bytes, size_t n)
{
	char path[260];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/source", dir);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	(void)unlink(path);
	return fd;
}

static void put(char digest[ZV_DIGEST_HEX], const char *text)
{
	int fd = source_of(text, strlen(text));
	int64_t size = 0;

	assert_int_equal(zv_files_put(digest, &size, files, fd, 0, &err), ZV_OK);
	assert_int_equal(size, strlen(text));
	(void)close(fd);
}

static void assert_holds(const char *digest, const char *text)
{
	char room[100] = {0};
	int fd = -1;

	assert_int_equal(zv_files_get(&fd, files, zv_str_c(digest), &err), ZV_OK);
	assert_int_equal(read(fd, room, sizeof(room)), (ssize_t)strlen(text));
	assert_string_equal(room, text);
	(void)close(fd);
}

static void what_is_put_can_be_got_under_its_digest(void **state)
{
	char digest[ZV_DIGEST_HEX], want[ZV_DIGEST_HEX], again[ZV_DIGEST_HEX];

	(void)state;
	put(digest, "one file");
	zv_digest_hex(want, ZV_STR("one file"));
	assert_string_equal(digest, want);
	assert_holds(digest, "one file");
	put(again, "one file");
	assert_string_equal(again, digest);
	put(again, "");
	assert_holds(again, "");
}

static void what_is_not_there_is_said_so(void **state)
{
	static const char *const names[] = {"", "..", "../../etc/passwd", "ab", "zz00000000000000000000000000000000000000000000000000000000000000",
					    "0000000000000000000000000000000000000000000000000000000000000000"};
	int fd = -1;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(names); i++)
		assert_int_equal(zv_files_get(&fd, files, zv_str_c(names[i]), &err), ZV_E_NOTFOUND);
}

static void bytes_that_the_disk_lost_are_noticed_and_replaced(void **state)
{
	char digest[ZV_DIGEST_HEX], path[300];
	int fd = -1;

	(void)state;
	put(digest, "whole and good");
	(void)snprintf(path, sizeof(path), "%s/%.2s/%s", dir, digest, digest + 2);
	assert_int_equal(truncate(path, 5), 0);
	assert_int_equal(zv_files_get(&fd, files, zv_str_c(digest), &err), ZV_E_IO);
	put(digest, "whole and good");
	assert_holds(digest, "whole and good");
}

static void more_than_is_allowed_leaves_nothing(void **state)
{
	char digest[ZV_DIGEST_HEX], path[260];
	int fd = source_of("0123456789", 10);
	struct dirent *entry;
	int64_t size;
	DIR *folder;

	(void)state;
	assert_int_equal(zv_files_put(digest, &size, files, fd, 9, &err), ZV_E_LIMIT);
	assert_int_equal(zv_files_put(digest, &size, files, fd, 10, &err), ZV_OK);
	(void)close(fd);
	(void)snprintf(path, sizeof(path), "%s/new", dir);
	folder = opendir(path);
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		assert_true(entry->d_name[0] == '.');
	(void)closedir(folder);
}

static bool keep_one(void *context, struct zv_str digest)
{
	return zv_str_eq_c(digest, context);
}

static void what_nobody_refers_to_is_swept_when_it_is_old_enough(void **state)
{
	char kept[ZV_DIGEST_HEX], gone[ZV_DIGEST_HEX];
	size_t removed = 9;
	int fd = -1;

	(void)state;
	put(kept, "referred to");
	put(gone, "forgotten");
	assert_int_equal(zv_files_sweep(&removed, files, 3600, keep_one, kept, &err), ZV_OK);
	assert_int_equal(removed, 0);
	assert_int_equal(zv_files_sweep(&removed, files, 0, keep_one, kept, &err), ZV_OK);
	assert_int_equal(removed, 1);
	assert_holds(kept, "referred to");
	assert_int_equal(zv_files_get(&fd, files, zv_str_c(gone), &err), ZV_E_NOTFOUND);
}

/* Each child is killed at another moment of its work; what is then in its place is whole. */
static void a_kill_between_any_two_steps_leaves_no_half_file(void **state)
{
	enum { ROUNDS = 60, BYTES = 3 << 20 };
	static char bytes[BYTES];
	struct zv_rng rng;
	uint64_t seed;
	int64_t started_us, whole_us, size = 0;
	char first[ZV_DIGEST_HEX];
	int whole = 0, source = source_of(bytes, BYTES);

	(void)state;
	zv_random_bytes(&seed, sizeof(seed));
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	started_us = zv_tick_us();
	assert_int_equal(zv_files_put(first, &size, files, source, 0, &err), ZV_OK);
	whole_us = zv_tick_us() - started_us;
	(void)close(source);
	for (int round = 0; round < ROUNDS; round++) {
		char digest[ZV_DIGEST_HEX];
		int fd, got = -1;
		pid_t child;
		enum zv_code code;

		for (size_t i = 0; i < BYTES; i += 4096)
			bytes[i] = (char)zv_rng_next(&rng);
		fd = source_of(bytes, BYTES);
		zv_digest_hex(digest, (struct zv_str){bytes, BYTES});
		(void)fflush(NULL);
		child = fork();
		if (child == 0) {
			char mine[ZV_DIGEST_HEX];

			_exit(zv_files_put(mine, &size, files, fd, 0, &err) == ZV_OK ? 0 : 1);
		}
		for (int64_t until = zv_tick_us() + (int64_t)zv_rng_below(&rng, (uint64_t)whole_us * 2 + 1); zv_tick_us() < until;)
			;
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
		code = zv_files_get(&got, files, zv_str_c(digest), &err);
		assert_true(code == ZV_OK || code == ZV_E_NOTFOUND);
		whole += code == ZV_OK;
		if (got >= 0)
			(void)close(got);
		(void)close(fd);
	}
	print_message("%d of %d were there, whole\n", whole, ROUNDS);
}

static void what_a_dead_program_left_goes_at_the_next_start(void **state)
{
	struct zv_files *again;
	char path[260], old[300];
	struct timespec long_ago[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};
	int fd;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/new/0123456789abcdef", dir);
	(void)snprintf(old, sizeof(old), "%s/new/fedcba9876543210", dir);
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	fd = open(old, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(utimensat(AT_FDCWD, old, long_ago, 0), 0);
	assert_int_equal(zv_files_open(&again, dir, &err), ZV_OK);
	assert_int_equal(access(path, F_OK), 0); /* it may be of a put that is under way */
	assert_int_equal(access(old, F_OK), -1);
	zv_files_close(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_put_can_be_got_under_its_digest, open_dir, close_dir),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_said_so, open_dir, close_dir),
		cmocka_unit_test_setup_teardown(bytes_that_the_disk_lost_are_noticed_and_replaced, open_dir, close_dir),
		cmocka_unit_test_setup_teardown(more_than_is_allowed_leaves_nothing, open_dir, close_dir),
		cmocka_unit_test_setup_teardown(what_nobody_refers_to_is_swept_when_it_is_old_enough, open_dir, close_dir),
		cmocka_unit_test_setup_teardown(a_kill_between_any_two_steps_leaves_no_half_file, open_dir, close_dir),
		cmocka_unit_test_setup_teardown(what_a_dead_program_left_goes_at_the_next_start, open_dir, close_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
