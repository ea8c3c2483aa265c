/* Texts and numbers of XML documents that the program writes itself (SVG, GraphML): escaped, and nothing that XML 1.0 forbids. */
#ifndef ZV_FORMAT_XML_WRITE_H
#define ZV_FORMAT_XML_WRITE_H

#include "base/buf.h"

/*
 * A text for content or for an attribute in either kind of quotes: < > & " ' become references; control characters, lone bytes and U+FFFE, U+FFFF
 * become U+FFFD; a line break or tab becomes a blank.
 */
void zv_xml_text(struct zv_buf *out, struct zv_str s);

/* ' name="value"', escaped. */
void zv_xml_key(struct zv_buf *out, const char *name, struct zv_str value);
void zv_xml_key_int(struct zv_buf *out, const char *name, int64_t value);

#endif
