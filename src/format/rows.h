/*
 * Rows of a foreign file: CSV, XLSX, XML or JSON, plain or gzipped, as one stream. The bytes are parsed in a child process
 * that can do nothing but read this file and write rows, so a flaw in a parser costs one import and no more.
 */
#ifndef ZV_FORMAT_ROWS_H
#define ZV_FORMAT_ROWS_H

#include "base/err.h"
#include "base/str.h"

enum zv_file_type { ZV_FILE_AUTO, ZV_FILE_CSV, ZV_FILE_XLSX, ZV_FILE_XML, ZV_FILE_JSON };

/* One row. Valid UTF-8 without NUL, borrowed until the next call. Blank lines and sheet rows without any text are left out. */
struct zv_row {
	int64_t line; /* CSV: line where the row starts, from 1; XLSX: row of the sheet; XML, JSON: ordinal of the record, 0 for the header */
	const struct zv_str *cells;
	size_t n;                /* ragged: each row has its own */
	int32_t fault_column;    /* XLSX: the first cell that holds a spreadsheet error, from 0; the cell itself is empty. -1: none */
	struct zv_str fault;     /* "#N/A" */
};

/*
 * How records of an XML or JSON document become rows. The first row given out is `columns`, as a header.
 *
 * A column is a path of local names (namespaces are ignored): "a/b" from the list element, or from the record when there is
 * no list; "../a/b" from the record; "/a/b" the latest value seen outside records whose path in the document ends so.
 * The last step may be "@name" (an attribute in XML); "." is the text of the element itself. Of several matches the first
 * counts. In JSON an array under a key is that key repeated, and a record that is a member of an object has its key as "@key".
 */
struct zv_record_spec {
	const char *record; /* XML: name of the element. JSON: key of the array (or object), "*" for the members of the top object, NULL for each top-level value or element of the top-level array */
	const char *list;   /* path in the record of a repeated element that gives one row each (a record without it gives one row); NULL: one row a record */
	const char *const *columns;
	size_t n_columns;
};

/* All zero means: find out. What it points to must live until the first row is given. */
struct zv_rows_options {
	enum zv_file_type type;
	const char *name;     /* of the file: its ending tells CSV, XML and JSON apart. zv_rows_open takes the path */
	const char *encoding; /* "utf-8", "windows-1251", "koi8-r", "ibm866", "utf-16"; CSV only */
	char separator;       /* , ; TAB or |; CSV only */
	bool no_quotes;       /* CSV: a quote is a character like any other */
	const char *sheet;    /* XLSX: name; otherwise "Data", «Данные» or the first visible one */
	const struct zv_record_spec *xml;  /* without it an XML file is refused */
	const struct zv_record_spec *json; /* without it a JSON file is refused */
	int cpu_s;            /* processor seconds that the child may use; 0: ZV_LIMIT_CPU_S */
	int still_s;          /* a child that neither sends nor works so long over a file is ended (before its first row: started anew); 0: ZV_LIMIT_STILL_S. Pipes may be slow */
};

/* How the encoding is known. */
enum zv_encoding_source {
	ZV_ENCODING_ASSUMED,  /* nothing but ASCII seen so far, or a format that says it itself (XLSX, JSON) */
	ZV_ENCODING_NAMED,    /* by the options */
	ZV_ENCODING_MARK,     /* by a byte order mark */
	ZV_ENCODING_STRICT,   /* the bytes are well-formed UTF-8 */
	ZV_ENCODING_DECLARED, /* by the XML declaration */
	ZV_ENCODING_LETTERS   /* Windows-1251, guessed by its letters: tell the user */
};

enum { ZV_SHEET_NAME_MAX = 128, ZV_ENCODING_NAME_MAX = 24 };

struct zv_rows_info {
	enum zv_file_type type;
	enum zv_encoding_source encoding_source;
	char encoding[ZV_ENCODING_NAME_MAX];
	char separator; /* CSV; 0: one column */
	bool gzip;
	char sheet[ZV_SHEET_NAME_MAX]; /* XLSX */
	int64_t bytes;                 /* of the unpacked text read so far; XLSX: of the sheet */
};

struct zv_rows;

/*
 * Opens the file and forks the reader. Errors of the file itself show at the first zv_rows_next. ZV_E_NOTFOUND, ZV_E_IO.
 * The fork needs no exec: the child uses nothing but malloc, which glibc makes safe after fork even when the process has threads. Where
 * another allocator leaves a lock behind (AddressSanitizer's does), the child stands still at its start and is started anew.
 */
ZV_MUST_CHECK enum zv_code zv_rows_open(struct zv_rows **out, const char *path, const struct zv_rows_options *options,
					struct zv_err *err);

/* The same for an open descriptor, which stays the caller's (an upload in a memory file, a pipe). XLSX needs one that can seek. */
ZV_MUST_CHECK enum zv_code zv_rows_open_fd(struct zv_rows **out, int fd, const struct zv_rows_options *options,
					   struct zv_err *err);

/*
 * The next row, or *more = false at the end. ZV_E_INVALID: the file breaks its format; ZV_E_LIMIT: a budget of
 * format/budget.h; ZV_E_UNSUPPORTED: a kind of file that is not read. After a failure every further call fails alike.
 */
ZV_MUST_CHECK enum zv_code zv_rows_next(bool *more, struct zv_row *row, struct zv_rows *rows, struct zv_err *err);

/* Known after the first row; the encoding and `bytes` may still change until the end. Borrowed. */
const struct zv_rows_info *zv_rows_info(const struct zv_rows *rows);

/* Ends the child if it still runs. NULL is allowed. */
void zv_rows_close(struct zv_rows *rows);

#endif
