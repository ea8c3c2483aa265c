/* Records of an XML document as rows (see zv_record_spec). */
#ifndef ZV_FORMAT_XML_READ_H
#define ZV_FORMAT_XML_READ_H

#include "format/parse.h"

/* ZV_E_INVALID: not well-formed, or a document type declaration; ZV_E_UNSUPPORTED: no spec, or an unknown encoding. */
ZV_MUST_CHECK enum zv_code zv_xml_read(struct zv_parse *parse, struct zv_err *err);

#endif
