# Turns a CSV of data/ into a C table of texts, so that data/ is the truth and the program needs no file at run time.
# Usage: awk -v name=units -f csv2c.awk units.csv. Reads RFC 4180 without line breaks inside cells; bytes pass unchanged.

function quote(s)
{
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	gsub(/\?/, "\\?", s) # no trigraphs
	return "\"" s "\""
}

# Cells of `line` into cell[1..]; their number.
function split_csv(line, cell,    n, i, c, quoted, text)
{
	n = 0
	text = ""
	quoted = 0
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (quoted) {
			if (c != "\"")
				text = text c
			else if (substr(line, i + 1, 1) == "\"") {
				text = text c
				i++
			} else
				quoted = 0
		} else if (c == "\"")
			quoted = 1
		else if (c == ",") {
			cell[++n] = text
			text = ""
		} else
			text = text c
	}
	if (quoted) {
		print FILENAME ":" NR ": a cell is not closed" > "/dev/stderr"
		exit 1
	}
	cell[++n] = text
	return n
}

{
	sub(/\r$/, "")
	n = split_csv($0, cell)
}

NR == 1 {
	columns = n
	printf "enum {"
	for (i = 1; i <= n; i++)
		printf " %s_%s,", toupper(name), toupper(cell[i])
	printf " %s_COLUMNS };\n", toupper(name)
	printf "static const struct zv_str %s_table[][%s_COLUMNS] = {\n", name, toupper(name)
	next
}

n != columns {
	print FILENAME ":" NR ": " n " cells, the header has " columns > "/dev/stderr"
	exit 1
}

{
	printf "\t{"
	for (i = 1; i <= n; i++)
		printf "ZV_STR_INIT(%s), ", quote(cell[i])
	print "},"
}

END {
	print "};"
}
