/* Expat with the rules of the house: no document type, a depth limit, a token limit, local names, Cyrillic encodings. */
#ifndef ZV_FORMAT_XML_H
#define ZV_FORMAT_XML_H

#include "base/buf.h"
#include "format/stream.h"

struct zv_xml;

/* Any may be NULL. A failure stops the parsing and is handed on. `name` is local, without its prefix. */
struct zv_xml_handlers {
	enum zv_code (*start)(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err);
	enum zv_code (*end)(void *arg, struct zv_xml *xml, const char *name, struct zv_err *err);
	enum zv_code (*text)(void *arg, struct zv_xml *xml, struct zv_str text, struct zv_err *err);
	void *arg;
};

/*
 * Parses the whole stream. `what` names the document in messages ("xl/workbook.xml"); NULL: "the file". *encoding, which
 * may be NULL, becomes the declared encoding, "" if none is declared. *bytes, which may be NULL, counts as it goes.
 */
ZV_MUST_CHECK enum zv_code zv_xml_parse(struct zv_stream *in, const char *what, const struct zv_xml_handlers *handlers,
					char encoding[24], int64_t *bytes, struct zv_err *err);

/* From inside a handler. */
int zv_xml_depth(const struct zv_xml *xml);       /* of the element being started or ended, from 1 */
int64_t zv_xml_line(const struct zv_xml *xml);

/* The name without its prefix. */
const char *zv_xml_local(const char *name);

/* Value of an attribute by local name, or NULL. */
const char *zv_xml_attribute(const char **attributes, const char *name);

#endif
