/* The child that parses: its cage, its limits, its death. */
#include "help.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "format/budget.h"
#include "format/sandbox.h"

static const struct zv_rows_options plain = {0};

typedef void deed(void);

static void open_a_file(void)
{
	(void)open("/etc/passwd", O_RDONLY);
}

static void create_a_file(void)
{
	(void)open("/tmp/zveno-must-not-exist", O_CREAT | O_WRONLY, 0600);
}

static void open_a_socket(void)
{
	(void)socket(AF_INET, SOCK_STREAM, 0);
}

static void fork_again(void)
{
	(void)fork();
}

static void run_a_program(void)
{
	(void)execl("/bin/true", "true", (char *)NULL);
}

static void write_elsewhere(void)
{
	if (write(5, "x", 1) < 0)
		_exit(7);
}

static void read_elsewhere(void)
{
	char c;

	if (read(5, &c, 1) < 0)
		_exit(7);
}

static void map_code(void)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void kill_its_parent(void)
{
	(void)kill(getppid(), 0);
}

static void lift_its_limits(void)
{
	(void)fcntl(0, F_SETFL, O_NONBLOCK);
}

/* The status with which a caged child ends after the deed. */
static int after(deed *act)
{
	int ends[2];
	int in = help_file(ZV_STR("abc"));
	int status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	(void)fflush(NULL);
	child = fork();
	if (child == 0) {
		char c;

		if (!zv_sandbox_enter(in, ends[1], 5))
			_exit(9);
		if (lseek(0, 0, SEEK_SET) != 0 || read(0, &c, 1) != 1 || c != 'a' || write(1, "y", 1) != 1)
			_exit(8);
		if (act != NULL)
			act();
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	(void)close(in);
	(void)close(ends[0]);
	(void)close(ends[1]);
	return status;
}

static void the_cage_lets_it_read_its_file_and_write_its_pipe(void **state)
{
	int status = after(NULL);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void any_other_deed_kills_it(void **state)
{
	static const struct {
		const char *name;
		deed *act;
	} deeds[] = {
		{"open_a_file", open_a_file},         {"create_a_file", create_a_file},     {"open_a_socket", open_a_socket},
		{"fork_again", fork_again},           {"run_a_program", run_a_program},     {"write_elsewhere", write_elsewhere},
		{"read_elsewhere", read_elsewhere},   {"map_code", map_code},               {"kill_its_parent", kill_its_parent},
		{"lift_its_limits", lift_its_limits},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(deeds); i++) {
		int status = after(deeds[i].act);

		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
			fail_msg("%s: status %d", deeds[i].name, status);
	}
	assert_int_equal(access("/tmp/zveno-must-not-exist", F_OK), -1);
}

static void take_too_much_memory(void)
{
	free(zv_alloc(300 << 20));
}

static void too_much_memory_ends_it(void **state)
{
	int status;

	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	skip(); /* ASan needs terabytes of addresses; the limit holds in every other build */
#endif
	status = after(take_too_much_memory);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
}

static void a_missing_file_is_said_so(void **state)
{
	struct zv_rows *rows;
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_rows_open(&rows, "/no/such/file.csv", &plain, &err), ZV_E_NOTFOUND);
	assert_non_null(strstr(err.text, "/no/such/file.csv"));
}

static void a_folder_is_refused(void **state)
{
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;

	(void)state;
	assert_int_equal(zv_rows_open(&rows, "/", &plain, &err), ZV_OK);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_E_IO);
	zv_rows_close(rows);
}

static void it_can_be_closed_before_the_end(void **state)
{
	struct zv_buf in;
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;
	int fd;

	(void)state;
	zv_buf_init(&in, 0);
	for (int i = 0; i < 500000; i++)
		zv_buf_add_c(&in, "some;cells;of;a;row\n");
	fd = help_file(zv_buf_str(&in));
	assert_int_equal(zv_rows_open_fd(&rows, fd, &plain, &err), ZV_OK);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_OK);
	assert_true(more);
	zv_rows_close(rows);
	zv_rows_close(NULL);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
	assert_int_equal(errno, ECHILD);
	(void)close(fd);
	zv_buf_done(&in);
}

static pid_t only_child(void)
{
	FILE *f = fopen("/proc/thread-self/children", "r");
	int pid = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "%d", &pid) != 1)
		pid = 0;
	(void)fclose(f);
	return pid;
}

/* A pipe that stays open keeps the child waiting, so that it can be killed at a known point. */
static void the_death_of_the_child_is_one_clear_error(void **state)
{
	int ends[2];
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(zv_rows_open_fd(&rows, ends[0], &plain, &err), ZV_OK);
	child = only_child();
	if (child == 0) {
		zv_rows_close(rows);
		skip();
	}
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "broke its reader"));
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_E_INVALID); /* and again */
	zv_rows_close(rows);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* Neither works nor sends: no limit on processor time would ever end it. After its first row no other child can take its place. */
static void a_child_that_stands_still_is_ended(void **state)
{
	struct zv_rows_options options = {.still_s = 2};
	struct zv_buf in;
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	enum zv_code code = ZV_OK;
	bool more = true;
	pid_t child;
	int fd;

	(void)state;
	zv_buf_init(&in, 0);
	for (int i = 0; i < 500000; i++)
		zv_buf_add_c(&in, "some;cells;of;a;row\n");
	fd = help_file(zv_buf_str(&in));
	assert_int_equal(zv_rows_open_fd(&rows, fd, &options, &err), ZV_OK);
	child = only_child();
	if (child == 0) {
		zv_rows_close(rows);
		skip();
	}
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_OK);
	assert_int_equal(kill(child, SIGSTOP), 0);
	while (code == ZV_OK && more)
		code = zv_rows_next(&more, &row, rows, &err);
	assert_int_equal(code, ZV_E_LIMIT);
	assert_non_null(strstr(err.text, "stood still"));
	zv_rows_close(rows);
	(void)close(fd);
	zv_buf_done(&in);
}

static int forks_to_stop; /* the next so many children stand still from their first moment */

static void count_fork(void)
{
	forks_to_stop--;
}

static void stop_child(void)
{
	if (forks_to_stop >= 0)
		(void)raise(SIGSTOP);
}

/* Reads all; the number of rows, or -1 when the reader stood still to the end. */
static int read_with_stopped(int stopped, int fd)
{
	struct zv_rows_options options = {.still_s = 1};
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more = true;
	enum zv_code code = ZV_OK;
	int n = 0;

	forks_to_stop = stopped;
	assert_int_equal(zv_rows_open_fd(&rows, fd, &options, &err), ZV_OK);
	while (more && code == ZV_OK) {
		code = zv_rows_next(&more, &row, rows, &err);
		n += code == ZV_OK && more;
	}
	if (code != ZV_OK) {
		assert_int_equal(code, ZV_E_LIMIT);
		assert_non_null(strstr(err.text, "stood still for 1 seconds"));
		n = -1;
	}
	zv_rows_close(rows);
	forks_to_stop = 0;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
	assert_int_equal(errno, ECHILD);
	return n;
}

static void a_child_that_stands_still_at_its_start_is_replaced(void **state)
{
	int fd = help_file(ZV_STR("a;b\n1;2\n3;4\n"));

	(void)state;
	assert_int_equal(pthread_atfork(count_fork, NULL, stop_child), 0);
	assert_int_equal(read_with_stopped(0, fd), 3);
	assert_int_equal(read_with_stopped(1, fd), 3);
	assert_int_equal(read_with_stopped(ZV_LIMIT_STARTS - 1, fd), 3);
	assert_int_equal(read_with_stopped(ZV_LIMIT_STARTS, fd), -1);
	(void)close(fd);
}

static atomic_bool busy;

/* What threads of a server do all the time: memory, texts, streams. */
static void *make_noise(void *context)
{
	(void)context;
	while (atomic_load(&busy)) {
		char *p = zv_alloc(1 + (size_t)(rand() % 5000));
		FILE *f = fopen("/dev/null", "w");

		if (f != NULL) {
			(void)fprintf(f, "%p", (void *)p);
			(void)fclose(f);
		}
		free(p);
	}
	return NULL;
}

/*
 * The child is forked while other threads hold whatever locks they hold. glibc hands its own to the child free; the allocator of the
 * sanitizer does not, so that there a child may wait for a lock for ever. Then another takes its place, and every file is read.
 */
static void readers_are_forked_beside_busy_threads(void **state)
{
	enum { NOISE = 6, READERS = 120 };
	struct zv_rows_options options = {.still_s = 2};
	pthread_t noise[NOISE];
	struct zv_buf in;
	int fd;

	(void)state;
	zv_buf_init(&in, 0);
	for (int i = 0; i < 200; i++)
		zv_buf_add_c(&in, "some;cells;of;a;row\n");
	fd = help_file(zv_buf_str(&in));
	atomic_store(&busy, true);
	for (size_t i = 0; i < NOISE; i++)
		assert_int_equal(pthread_create(&noise[i], NULL, make_noise, NULL), 0);
	for (int i = 0; i < READERS; i++) {
		struct zv_rows *rows;
		struct zv_row row;
		struct zv_err err;
		bool more = true;
		int n = 0;

		enum zv_code code = ZV_OK;

		assert_int_equal(zv_rows_open_fd(&rows, fd, &options, &err), ZV_OK);
		while (more && code == ZV_OK) {
			code = zv_rows_next(&more, &row, rows, &err);
			n += code == ZV_OK && more;
		}
		assert_int_equal(code, ZV_OK);
		assert_int_equal(n, 200);
		zv_rows_close(rows);
	}
	atomic_store(&busy, false);
	for (size_t i = 0; i < NOISE; i++)
		assert_int_equal(pthread_join(noise[i], NULL), 0);
	(void)close(fd);
	zv_buf_done(&in);
}

/* Feeds rows for ever, as a compressed file of any length could. */
static pid_t feed(int fd)
{
	pid_t feeder;

	(void)fflush(NULL);
	feeder = fork();
	if (feeder == 0) {
		static char block[65536];

		(void)signal(SIGPIPE, SIG_DFL);
		for (size_t i = 0; i < sizeof(block); i++)
			block[i] = i % 8 == 7 ? '\n' : i % 2 == 0 ? 'a' : ';';
		while (write(fd, block, sizeof(block)) > 0)
			;
		_exit(0);
	}
	return feeder;
}

static void too_much_processor_time_ends_it(void **state)
{
	struct zv_rows_options options = {.cpu_s = 1};
	int ends[2];
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more = true;
	pid_t feeder;
	enum zv_code code;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	feeder = feed(ends[1]);
	(void)close(ends[1]);
	assert_int_equal(zv_rows_open_fd(&rows, ends[0], &options, &err), ZV_OK);
	(void)close(ends[0]);
	while ((code = zv_rows_next(&more, &row, rows, &err)) == ZV_OK && more)
		;
	assert_int_equal(code, ZV_E_LIMIT);
	assert_non_null(strstr(err.text, "more than 1 seconds of processor time"));
	zv_rows_close(rows);
	(void)kill(feeder, SIGKILL);
	assert_int_equal(waitpid(feeder, NULL, 0), feeder);
}

static void a_pipe_is_read_as_well_as_a_file(void **state)
{
	int ends[2];
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a;b\n1;2\n", 8), 8);
	(void)close(ends[1]);
	assert_int_equal(zv_rows_open_fd(&rows, ends[0], &plain, &err), ZV_OK);
	(void)close(ends[0]);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_OK);
	assert_int_equal(row.n, 2);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_OK);
	assert_true(zv_str_eq(row.cells[1], ZV_STR("2")));
	assert_int_equal(zv_rows_info(rows)->separator, ';');
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_OK);
	assert_false(more);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_OK);
	assert_false(more);
	zv_rows_close(rows);
}

static void a_workbook_in_a_pipe_is_refused(void **state)
{
	int ends[2];
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "PK\3\4....", 8), 8);
	(void)close(ends[1]);
	assert_int_equal(zv_rows_open_fd(&rows, ends[0], &plain, &err), ZV_OK);
	(void)close(ends[0]);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_E_UNSUPPORTED);
	assert_non_null(strstr(err.text, "not a pipe"));
	zv_rows_close(rows);
}

static void a_line_of_a_gigabyte_is_refused_at_once(void **state)
{
	int fd = memfd_create("sparse", MFD_CLOEXEC);
	struct zv_rows_options options = {.cpu_s = 5};
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)1 << 30), 0);
	assert_int_equal(zv_rows_open_fd(&rows, fd, &options, &err), ZV_OK);
	assert_int_equal(zv_rows_next(&more, &row, rows, &err), ZV_E_LIMIT);
	assert_non_null(strstr(err.text, "Line 1, column 1: a field is longer than 1024 KiB"));
	zv_rows_close(rows);
	(void)close(fd);
}

static void the_ending_of_the_name_decides_between_texts(void **state)
{
	struct zv_rows_options named = {.name = "list.CSV.gz"};

	(void)state;
	help_rows(ZV_STR("{a;b}\n[1;2]\n"), &named, "1:{a|b}\n2:[1|2]\n");
	named.name = "x.json";
	help_fails(ZV_STR("a;b\n"), &named, ZV_E_UNSUPPORTED, "This is JSON");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cage_lets_it_read_its_file_and_write_its_pipe),
		cmocka_unit_test(any_other_deed_kills_it),
		cmocka_unit_test(too_much_memory_ends_it),
		cmocka_unit_test(a_missing_file_is_said_so),
		cmocka_unit_test(a_folder_is_refused),
		cmocka_unit_test(it_can_be_closed_before_the_end),
		cmocka_unit_test(the_death_of_the_child_is_one_clear_error),
		cmocka_unit_test(a_child_that_stands_still_is_ended),
		cmocka_unit_test(a_child_that_stands_still_at_its_start_is_replaced),
		cmocka_unit_test(readers_are_forked_beside_busy_threads),
		cmocka_unit_test(too_much_processor_time_ends_it),
		cmocka_unit_test(a_pipe_is_read_as_well_as_a_file),
		cmocka_unit_test(a_workbook_in_a_pipe_is_refused),
		cmocka_unit_test(a_line_of_a_gigabyte_is_refused_at_once),
		cmocka_unit_test(the_ending_of_the_name_decides_between_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
