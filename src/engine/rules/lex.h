/* Words of a rule pack with their places. One word at a time, nothing kept: copying the struct is a look ahead. */
#ifndef ZV_ENGINE_RULES_LEX_H
#define ZV_ENGINE_RULES_LEX_H

#include "base/str.h"

enum rules_token_kind {
	RULES_END,
	RULES_NAME,   /* letters, digits, _, parted by points: members.role */
	RULES_NUMBER, /* 10, 0.3 */
	RULES_DATE,   /* 2026-01-01 */
	RULES_TEXT,   /* with its quotes */
	RULES_MARK,   /* one or two signs: { } ( ) , : .. + - * / = != < <= > >= ~ % */
	RULES_OPEN_TEXT, /* the quotes are not closed on the line */
	RULES_STRANGE    /* a character that has no meaning here */
};

struct rules_token {
	enum rules_token_kind kind;
	struct zv_str text;
	size_t at;        /* offset in the pack */
	int line, column; /* from 1, column in characters */
	bool first;       /* of its line */
};

struct rules_lexer {
	struct zv_str text; /* valid UTF-8 */
	size_t at;
	int line, column;
	bool fresh; /* nothing yet on this line */
};

void rules_lexer_init(struct rules_lexer *lexer, struct zv_str text);
struct rules_token rules_lex(struct rules_lexer *lexer);

/* Reads the token again as an id (letters, digits, _ - .), the lexer standing behind it. */
struct rules_token rules_lex_id(struct rules_lexer *lexer, const struct rules_token *token);

bool rules_token_is(const struct rules_token *token, const char *word);

#endif
