/* Records of XML. */
#include "rows_law.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const columns[] = {"code", "qty/@unit", "../no", "/customer/inn", "../@id", ".", "/@v"};
	static const struct zv_record_spec spec = {"item", "lines/line", columns, ZV_LEN(columns)};
	static const struct zv_record_spec children = {NULL, NULL, columns, ZV_LEN(columns)};
	struct zv_rows_options options = {.type = ZV_FILE_XML, .xml = n % 2 == 0 ? &spec : &children};

	(void)zv_fuzz_parse((struct zv_str){(const char *)p, n}, &options);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("<p:plan xmlns:p='u'><customer><inn>77</inn></customer><p:item id='1'><no>1</no><lines><line><code>2</code><qty unit='кг'>5</qty></line>"
			    "<line/></lines></p:item><item/></p:plan>"),
		ZV_STR_INIT("<?xml version='1.0' encoding='windows-1251'?><a v='1'><item><lines><line><code>\xcc\xe8\xf0</code></line></lines></item></a>"),
		ZV_STR_INIT("<a><item><![CDATA[x]]>&amp;&#1103;<lines/>y</item></a>"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"<item>", "</item>", "<lines>", "<line>", "</line>", "</lines>", "<code>", "</code>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;",
				     "<!DOCTYPE", "<!ENTITY", " id=''", NULL};
