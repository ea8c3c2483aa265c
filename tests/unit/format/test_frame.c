/* The reading side of the pipe believes nothing. */
#include "help.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "format/frame.h"

static const struct zv_str cells[] = {ZV_STR_INIT("a"), ZV_STR_INIT(""), ZV_STR_INIT("яя")};
static const struct zv_row row = {.line = 7, .cells = cells, .n = 3, .fault_column = 1, .fault = ZV_STR_INIT("#N/A")};

/* The frames of one row, an info and an error, as bytes. */
static struct zv_buf frames(void)
{
	struct zv_frame_writer writer;
	struct zv_rows_info info = {.type = ZV_FILE_CSV, .encoding = "utf-8", .separator = ';'};

	zv_frame_writer_init(&writer, -1);
	assert_int_equal(zv_frame_row(&writer, &row, NULL), ZV_OK);
	assert_int_equal(zv_frame_info(&writer, &info, NULL), ZV_OK);
	return writer.buf;
}

/* Reads until the end or the first bad frame; the number of good ones. */
static int read_all(struct zv_str bytes)
{
	int fd = help_file(bytes);
	struct zv_frame_reader reader;
	struct zv_frame *frame = zv_calloc(1, sizeof(*frame)); /* so that ASan sees each read past it */
	int n = 0;
	size_t seen = 0;

	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	zv_frame_reader_init(&reader, fd);
	while (zv_frame_next(frame, &reader)) {
		n++;
		for (size_t i = 0; frame->kind == ZV_FRAME_ROW && i < frame->row.n; i++) {
			for (size_t at = 0; at < frame->row.cells[i].n; at++)
				seen += (unsigned char)frame->row.cells[i].p[at];
		}
	}
	assert_true(seen < SIZE_MAX);
	zv_frame_reader_done(&reader);
	free(frame);
	(void)close(fd);
	return n;
}

static void a_row_arrives_as_it_was_sent(void **state)
{
	struct zv_buf bytes = frames();
	int fd = help_file(zv_buf_str(&bytes));
	struct zv_frame_reader reader;
	struct zv_frame frame;

	(void)state;
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	zv_frame_reader_init(&reader, fd);
	assert_true(zv_frame_next(&frame, &reader));
	assert_int_equal(frame.kind, ZV_FRAME_ROW);
	assert_int_equal(frame.row.line, 7);
	assert_int_equal(frame.row.n, 3);
	assert_true(zv_str_eq(frame.row.cells[2], cells[2]));
	assert_int_equal(frame.row.fault_column, 1);
	assert_true(zv_str_eq(frame.row.fault, ZV_STR("#N/A")));
	assert_true(zv_frame_next(&frame, &reader));
	assert_int_equal(frame.kind, ZV_FRAME_INFO);
	assert_string_equal(frame.info.encoding, "utf-8");
	assert_false(zv_frame_next(&frame, &reader));
	zv_frame_reader_done(&reader);
	(void)close(fd);
	zv_buf_done(&bytes);
}

static void another_pipe_is_read_from_its_first_frame(void **state)
{
	struct zv_buf bytes = frames();
	int cut = help_file(zv_str_first(zv_buf_str(&bytes), bytes.n - 1));
	int whole = help_file(zv_buf_str(&bytes));
	struct zv_frame_reader reader;
	struct zv_frame frame;

	(void)state;
	assert_int_equal(lseek(cut, 0, SEEK_SET), 0);
	assert_int_equal(lseek(whole, 0, SEEK_SET), 0);
	zv_frame_reader_init(&reader, cut);
	assert_true(zv_frame_next(&frame, &reader));
	assert_false(zv_frame_next(&frame, &reader)); /* a piece of the second stays behind */
	zv_frame_reader_follow(&reader, whole);
	assert_true(zv_frame_next(&frame, &reader));
	assert_int_equal(frame.kind, ZV_FRAME_ROW);
	assert_int_equal(frame.row.line, 7);
	assert_true(zv_frame_next(&frame, &reader));
	assert_false(zv_frame_next(&frame, &reader));
	zv_frame_reader_done(&reader);
	(void)close(cut);
	(void)close(whole);
	zv_buf_done(&bytes);
}

/* Overwrites four bytes at `at` with `value`. */
static int with(size_t at, uint32_t value)
{
	struct zv_buf bytes = frames();
	int n;

	memcpy(bytes.p + at, &value, sizeof(value));
	n = read_all(zv_buf_str(&bytes));
	zv_buf_done(&bytes);
	return n;
}

static void a_false_length_count_or_kind_is_refused(void **state)
{
	(void)state;
	assert_int_equal(with(0, ZV_FRAME_ROW), 2);
	assert_int_equal(with(0, 77), 0);         /* kind */
	assert_int_equal(with(4, UINT32_MAX), 0); /* length */
	assert_int_equal(with(4, 3), 0);
	assert_int_equal(with(16, 5), 0);          /* fault column beyond the cells */
	assert_int_equal(with(16, (uint32_t)-2), 0);
	assert_int_equal(with(20, 4), 0);          /* one cell more */
	assert_int_equal(with(20, UINT32_MAX), 0);
	assert_int_equal(with(24, UINT32_MAX), 0); /* length of the fault */
	assert_int_equal(with(28, 2), 0);          /* lengths of cells: the third would begin inside я */
	assert_int_equal(with(28, UINT32_MAX), 0);
}

static void text_that_is_no_utf8_is_refused(void **state)
{
	struct zv_buf bytes = frames();
	ptrdiff_t at = zv_str_find(zv_buf_str(&bytes), ZV_STR("яя"));

	(void)state;
	bytes.p[at] = (char)0xff;
	assert_int_equal(read_all(zv_buf_str(&bytes)), 0);
	bytes.p[at] = '\0';
	bytes.p[at + 1] = 'a';
	assert_int_equal(read_all(zv_buf_str(&bytes)), 0);
	zv_buf_done(&bytes);
}

static void random_damage_never_breaks_the_reader(void **state)
{
	struct zv_rng rng;

	(void)state;
	print_message("seed 39\n");
	zv_rng_init(&rng, 39);
	for (int i = 0; i < 5000; i++) {
		struct zv_buf bytes = frames();

		for (uint64_t n = 1 + zv_rng_below(&rng, 4); n > 0; n--)
			bytes.p[zv_rng_below(&rng, bytes.n)] = (char)zv_rng_next(&rng);
		assert_true(read_all(zv_str_first(zv_buf_str(&bytes), zv_rng_below(&rng, bytes.n + 1))) <= 2);
		zv_buf_done(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_arrives_as_it_was_sent),
		cmocka_unit_test(another_pipe_is_read_from_its_first_frame),
		cmocka_unit_test(a_false_length_count_or_kind_is_refused),
		cmocka_unit_test(text_that_is_no_utf8_is_refused),
		cmocka_unit_test(random_damage_never_breaks_the_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
