/* The one place that talks to expat. */
#include "format/xml.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/rng.h"
#include "format/budget.h"
#include "format/charset.h"

enum { CHUNK = 64 * 1024, ENCODING_MAX = 24 };

struct zv_xml {
	XML_Parser parser;
	const struct zv_xml_handlers *h;
	const char *what;
	char *encoding; /* of the caller; may be NULL */
	int depth;
	enum zv_code failed;
	struct zv_err *err;
};

const char *zv_xml_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

const char *zv_xml_attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i] != NULL; i += 2) {
		if (strcmp(zv_xml_local(attributes[i]), name) == 0)
			return attributes[i + 1];
	}
	return NULL;
}

int zv_xml_depth(const struct zv_xml *xml)
{
	return xml->depth;
}

int64_t zv_xml_line(const struct zv_xml *xml)
{
	return (int64_t)XML_GetCurrentLineNumber(xml->parser);
}

static void stop(struct zv_xml *xml, enum zv_code code)
{
	if (code != ZV_OK && xml->failed == ZV_OK) {
		xml->failed = code;
		(void)XML_StopParser(xml->parser, XML_FALSE);
	}
}

static void XMLCALL on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct zv_xml *xml = arg;

	if (xml->failed != ZV_OK)
		return;
	if (++xml->depth > ZV_LIMIT_DEPTH)
		stop(xml, zv_fail(xml->err, ZV_E_LIMIT, NULL, N_("%s, line %lld: elements are nested deeper than %d."), xml->what,
				  (long long)zv_xml_line(xml), ZV_LIMIT_DEPTH));
	else if (xml->h->start != NULL)
		stop(xml, xml->h->start(xml->h->arg, xml, zv_xml_local(name), attributes, xml->err));
}

static void XMLCALL on_end(void *arg, const XML_Char *name)
{
	struct zv_xml *xml = arg;

	if (xml->failed != ZV_OK)
		return;
	if (xml->h->end != NULL)
		stop(xml, xml->h->end(xml->h->arg, xml, zv_xml_local(name), xml->err));
	xml->depth--;
}

static void XMLCALL on_text(void *arg, const XML_Char *p, int n)
{
	struct zv_xml *xml = arg;

	if (xml->failed == ZV_OK)
		stop(xml, xml->h->text(xml->h->arg, xml, (struct zv_str){p, (size_t)n}, xml->err));
}

static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	struct zv_xml *xml = arg;

	(void)system;
	(void)public;
	(void)internal;
	if (strcasecmp(name, "html") == 0)
		stop(xml, zv_fail(xml->err, ZV_E_UNSUPPORTED, NULL,
				  N_("%s is a web page, not a table; download the file itself."), xml->what));
	else
		stop(xml, zv_fail(xml->err, ZV_E_INVALID, NULL,
				  N_("%s, line %lld: a document type declaration (<!DOCTYPE>) is not accepted, as it can be an attack; remove it."),
				  xml->what, (long long)zv_xml_line(xml)));
}

static void XMLCALL on_declaration(void *arg, const XML_Char *version, const XML_Char *encoding, int standalone)
{
	struct zv_xml *xml = arg;

	(void)version;
	(void)standalone;
	if (xml->encoding != NULL && encoding != NULL)
		(void)snprintf(xml->encoding, ENCODING_MAX, "%.*s", ENCODING_MAX - 1, encoding);
}

static int XMLCALL on_encoding(void *arg, const XML_Char *name, XML_Encoding *info)
{
	const uint16_t *high = zv_charset_high(zv_charset_find(name));

	(void)arg;
	if (high == NULL)
		return XML_STATUS_ERROR;
	for (int i = 0; i < 256; i++)
		info->map[i] = i < 0x80 ? i : high[i - 0x80] != 0 ? high[i - 0x80] : -1;
	info->data = NULL;
	info->convert = NULL;
	info->release = NULL;
	return XML_STATUS_OK;
}

static XML_Parser new_parser(struct zv_xml *xml)
{
	XML_Parser parser = XML_ParserCreate(NULL);
	unsigned long salt;

	if (parser == NULL)
		return NULL;
	zv_random_bytes(&salt, sizeof(salt)); /* otherwise expat looks for randomness in files, which the cage forbids */
	(void)XML_SetHashSalt(parser, salt | 1);
	XML_SetUserData(parser, xml);
	XML_SetElementHandler(parser, on_start, on_end);
	if (xml->h->text != NULL)
		XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	XML_SetXmlDeclHandler(parser, on_declaration);
	XML_SetUnknownEncodingHandler(parser, on_encoding, NULL);
	return parser;
}

static enum zv_code explain(struct zv_xml *xml)
{
	enum XML_Error error = XML_GetErrorCode(xml->parser);
	long long line = (long long)zv_xml_line(xml);

	if (xml->failed != ZV_OK)
		return xml->failed;
	if (error == XML_ERROR_NO_MEMORY)
		return zv_fail(xml->err, ZV_E_LIMIT, NULL, N_("There is not enough memory to read %s."), xml->what);
	if (error == XML_ERROR_UNKNOWN_ENCODING || error == XML_ERROR_INCORRECT_ENCODING)
		return zv_fail(xml->err, ZV_E_UNSUPPORTED, NULL,
			       N_("%s is in an encoding that is not read; save it as UTF-8 or windows-1251."), xml->what);
	return zv_fail(xml->err, ZV_E_INVALID, NULL, N_("%s, line %lld, character %lld: not well-formed XML (%s)."), xml->what, line,
		       (long long)XML_GetCurrentColumnNumber(xml->parser) + 1, XML_ErrorString(error));
}

/* One tag or attribute that never ends would be gathered in memory and read again and again. */
static bool token_too_long(const struct zv_xml *xml, int64_t fed)
{
	XML_Index at = XML_GetCurrentByteIndex(xml->parser);

	return at >= 0 && fed - at > ZV_LIMIT_ROW;
}

static enum zv_code feed(struct zv_xml *xml, struct zv_stream *in, int64_t *bytes)
{
	int64_t fed = 0;
	size_t got = CHUNK;

	while (got == CHUNK) {
		void *chunk = XML_GetBuffer(xml->parser, CHUNK);
		enum zv_code code;

		if (chunk == NULL)
			return explain(xml);
		code = zv_stream_read(&got, in, chunk, CHUNK, xml->err);
		if (code != ZV_OK)
			return code;
		fed += (int64_t)got;
		if (bytes != NULL)
			*bytes = fed;
		if (XML_ParseBuffer(xml->parser, (int)got, got < CHUNK) != XML_STATUS_OK)
			return explain(xml);
		if (token_too_long(xml, fed))
			return zv_fail(xml->err, ZV_E_LIMIT, NULL, N_("%s, line %lld: a tag is longer than %d MiB."), xml->what,
				       (long long)zv_xml_line(xml), ZV_LIMIT_ROW >> 20);
	}
	return ZV_OK;
}

enum zv_code zv_xml_parse(struct zv_stream *in, const char *what, const struct zv_xml_handlers *handlers, char encoding[24],
			  int64_t *bytes, struct zv_err *err)
{
	struct zv_err own;
	struct zv_xml xml = {.h = handlers, .what = what != NULL ? what : "XML", .encoding = encoding, .err = err != NULL ? err : &own};
	enum zv_code code;

	if (encoding != NULL)
		encoding[0] = '\0';
	xml.parser = new_parser(&xml);
	if (xml.parser == NULL)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("There is not enough memory to read %s."), xml.what);
	code = feed(&xml, in, bytes);
	XML_ParserFree(xml.parser);
	return code;
}
