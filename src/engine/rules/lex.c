/* Bytes to words. Blanks and comments go; a column counts characters. */
#include "engine/rules/lex.h"

#include <string.h>

#include "base/utf8.h"

void rules_lexer_init(struct rules_lexer *lexer, struct zv_str text)
{
	*lexer = (struct rules_lexer){.text = text, .line = 1, .column = 1, .fresh = true};
	if (zv_str_starts(text, ZV_STR("\xef\xbb\xbf")))
		lexer->at = 3;
}

static char at(const struct rules_lexer *lexer, size_t ahead)
{
	return lexer->at + ahead < lexer->text.n ? lexer->text.p[lexer->at + ahead] : '\0';
}

static void step(struct rules_lexer *lexer)
{
	char c = lexer->text.p[lexer->at++];

	if (c == '\n') {
		lexer->line++;
		lexer->column = 1;
		lexer->fresh = true;
	} else if (((unsigned char)c & 0xc0) != 0x80) {
		lexer->column++;
	}
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_word(char c)
{
	return is_letter(c) || zv_is_digit(c);
}

static void skip_blanks(struct rules_lexer *lexer)
{
	while (lexer->at < lexer->text.n) {
		char c = at(lexer, 0);

		if (c == '#') {
			while (lexer->at < lexer->text.n && at(lexer, 0) != '\n')
				step(lexer);
		} else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
			step(lexer);
		} else if (zv_str_starts(zv_str_from(lexer->text, lexer->at), ZV_STR("\xc2\xa0"))) { /* pasted with no-break blanks */
			step(lexer);
			step(lexer);
		} else {
			return;
		}
	}
}

static void take(struct rules_lexer *lexer, size_t n)
{
	for (; n > 0; n--)
		step(lexer);
}

static void lex_name(struct rules_lexer *lexer)
{
	while (is_word(at(lexer, 0)) || (at(lexer, 0) == '.' && is_letter(at(lexer, 1))))
		step(lexer);
}

static bool is_date(const struct rules_lexer *lexer)
{
	static const char shape[] = "dddd-dd-dd";

	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		if (shape[i] == 'd' ? !zv_is_digit(at(lexer, i)) : at(lexer, i) != '-')
			return false;
	}
	return !is_word(at(lexer, sizeof(shape) - 1));
}

static enum rules_token_kind lex_number(struct rules_lexer *lexer)
{
	if (is_date(lexer)) {
		take(lexer, 10);
		return RULES_DATE;
	}
	while (zv_is_digit(at(lexer, 0)))
		step(lexer);
	if (at(lexer, 0) == '.' && zv_is_digit(at(lexer, 1))) {
		step(lexer);
		while (zv_is_digit(at(lexer, 0)))
			step(lexer);
	}
	return RULES_NUMBER;
}

static enum rules_token_kind lex_text(struct rules_lexer *lexer)
{
	step(lexer);
	while (lexer->at < lexer->text.n && at(lexer, 0) != '\n') {
		char c = at(lexer, 0);

		step(lexer);
		if (c == '"')
			return RULES_TEXT;
		if (c == '\\' && lexer->at < lexer->text.n && at(lexer, 0) != '\n')
			step(lexer);
	}
	return RULES_OPEN_TEXT;
}

static enum rules_token_kind lex_mark(struct rules_lexer *lexer)
{
	static const char *const two[] = {"..", "!=", "<=", ">="};

	for (size_t i = 0; i < ZV_LEN(two); i++) {
		if (at(lexer, 0) == two[i][0] && at(lexer, 1) == two[i][1]) {
			take(lexer, 2);
			return RULES_MARK;
		}
	}
	if (at(lexer, 0) != '\0' && strchr("{}(),:+-*/=<>~%", at(lexer, 0)) != NULL) {
		step(lexer);
		return RULES_MARK;
	}
	step(lexer);
	while (((unsigned char)at(lexer, 0) & 0xc0) == 0x80)
		step(lexer);
	return RULES_STRANGE;
}

struct rules_token rules_lex(struct rules_lexer *lexer)
{
	struct rules_token token;
	char c;

	skip_blanks(lexer);
	token = (struct rules_token){.kind = RULES_END, .at = lexer->at, .line = lexer->line, .column = lexer->column, .first = lexer->fresh};
	lexer->fresh = false;
	if (lexer->at >= lexer->text.n)
		return token;
	c = at(lexer, 0);
	if (is_letter(c)) {
		lex_name(lexer);
		token.kind = RULES_NAME;
	} else if (zv_is_digit(c)) {
		token.kind = lex_number(lexer);
	} else {
		token.kind = c == '"' ? lex_text(lexer) : lex_mark(lexer);
	}
	token.text = (struct zv_str){lexer->text.p + token.at, lexer->at - token.at};
	return token;
}

struct rules_token rules_lex_id(struct rules_lexer *lexer, const struct rules_token *token)
{
	struct rules_token id = *token;

	lexer->at = token->at;
	lexer->line = token->line;
	lexer->column = token->column;
	while (is_word(at(lexer, 0)) || (at(lexer, 0) == '-' && is_word(at(lexer, 1))) || (at(lexer, 0) == '.' && is_word(at(lexer, 1))))
		step(lexer);
	lexer->fresh = false;
	id.text = (struct zv_str){lexer->text.p + token->at, lexer->at - token->at};
	id.kind = RULES_NAME;
	return id;
}

bool rules_token_is(const struct rules_token *token, const char *word)
{
	return (token->kind == RULES_NAME || token->kind == RULES_MARK) && zv_str_eq_c(token->text, word);
}
