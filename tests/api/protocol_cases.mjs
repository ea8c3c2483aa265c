// Requests that two readers could understand differently, and the statuses of all answers to the bytes. P: a path that takes a body; G: one that is read.
export const P = "/echo";
const H = "Host: localhost\r\n";
const get = (target = "/", fields = "") => `GET ${target} HTTP/1.1\r\n${H}${fields}\r\n`;
const post = (fields, body = "", target = P) => `POST ${target} HTTP/1.1\r\n${H}${fields}\r\n${body}`;
const chunked = (body) => post("Transfer-Encoding: chunked\r\n", body);
const next = get("/next");
const cases = [];
// A case: what the server must answer; `methods` only where HEAD is among them.
const add = (name, bytes, statuses, methods) => cases.push({ name, bytes, statuses, methods });
const bad = (name, bytes, status = 400) => add(name, bytes + (bytes.endsWith("\r\n") ? "" : "\r\n\r\n") + next, [status]);

// Lengths. What stands behind a refused one is never a request.
for (const value of ["", "+5", "-5", "-0", "5,5", "5, 5", "5 5", "0x5", "5.0", "1e1", "5;", "5\x00", "\x0b5", "5\x0c", "five", "5a", "a5", "\xd9\xa5", "\xef\xbc\x95", "''", "\"5\"", "5\\", "NaN", "Infinity", "0b101", "0o5", "5_0", "\xa05", "5\x85",
	"9223372036854775808", "18446744073709551615", "18446744073709551616", "18446744073709551618", "18446744073709551626", "18446744073709551621", "340282366920938463463374607431768211461", "99999999999999999999", "-18446744073709551611", "4294967301,", ",5"])
	bad(`Content-Length: ${JSON.stringify(value)}`, post(`Content-Length: ${value}\r\n`, "hello"));
for (const value of ["4294967301", "9223372036854775807", "1048577"]) bad(`a length above the limit: ${value}`, post(`Content-Length: ${value}\r\n`, "hello"), 413);
for (const value of ["5", "05", "0000000005", " 5", "5 ", "\t5\t"]) add(`Content-Length: ${JSON.stringify(value)}`, post(`Content-Length:${value}\r\n`, "hello") + next, [200, 200]);
add("Content-Length: 0", post("Content-Length: 0\r\n") + next, [200, 200]);
add("no length: no body", post("") + next, [200, 200]);
for (const [name, fields] of [["the same twice", "Content-Length: 5\r\nContent-Length: 5\r\n"], ["two", "Content-Length: 5\r\nContent-Length: 6\r\n"], ["two in other letters", "Content-Length: 5\r\ncontent-length: 0\r\n"], ["two apart", "Content-Length: 5\r\nX: y\r\nCONTENT-LENGTH: 5\r\n"], ["zero and five", "Content-Length: 0\r\nContent-Length: 5\r\n"]])
	bad(`lengths: ${name}`, post(fields, "hello"));
for (const name of ["Content-Length ", "Content-Length\t", " Content-Length", "Content Length", "Content-Length\x00", "Content-Length\x0b", "\x00Content-Length", "Content-Length\r", "\xefContent-Length", "(Content-Length", "Content-Length)", "Content[Length", "\"Content-Length\""])
	bad(`a field called ${JSON.stringify(name)}`, post(`${name}: 5\r\n`, "hello"));
// A field that is not one of ours has no meaning: what follows the head is the next request.
for (const name of ["Content_Length", "Content-Length-", "X-Content-Length", "Contentlength", "Content.Length"])
	add(`a field called ${name} is no length`, post(`${name}: 5\r\n`) + next, [200, 200]);

// Codings.
const empty = "0\r\n\r\n";
for (const value of ["", "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked,", ",chunked", "chunked;q=1", "xchunked", "chunkedx", "x-chunked", "chun ked", "\x0bchunked", "chunked\x0b", "\"chunked\"", "'chunked'", "chunked\x00", "chunKed\xa0", "\xe2\x80\x8bchunked", "c\x68unked;", "chunked, identity", "identity, chunked", "deflate", "cow", "[chunked]", "chunked\x0c"])
	bad(`Transfer-Encoding: ${JSON.stringify(value)}`, post(`Transfer-Encoding: ${value}\r\n`, empty));
for (const value of ["chunked", "Chunked", "CHUNKED", "\tchunked", "chunked \t"]) add(`Transfer-Encoding:${JSON.stringify(value)}`, post(`Transfer-Encoding:${value}\r\n`, empty) + next, [200, 200]);
bad("chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", empty));
bad("chunked and identity apart", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", empty));
bad("chunked by HTTP/1.0", `POST ${P} HTTP/1.0\r\n${H}Transfer-Encoding: chunked\r\n\r\n${empty}`);
for (const name of ["Transfer-Encoding ", "Transfer-Encoding\t", " Transfer-Encoding", "Transfer\x00-Encoding", "Transfer-Encoding\x0b"]) bad(`a field called ${JSON.stringify(name)}`, post(`${name}: chunked\r\n`, empty));
bad("a coding behind a line feed", post("X: y\nTransfer-Encoding: chunked\r\n", empty));
bad("a coding behind a carriage return", post("X: y\rTransfer-Encoding: chunked\r\n", empty));
bad("a folded coding", post("Transfer-Encoding:\r\n chunked\r\n", empty));
for (const name of ["Transfer_Encoding", "Transfer-Encodings", "TE", "X-Transfer-Encoding"]) add(`${name} is no coding: the chunks are no request`, post(`${name}: chunked\r\n`, empty) + next, [200, 400]);

// Both framings.
for (const [length, coding] of [["Content-Length: 5", "Transfer-Encoding: chunked"], ["content-length: 0", "transfer-encoding: Chunked"], ["Content-Length: 5", "Transfer-Encoding: identity"], ["Content-Length: 5", "Transfer-Encoding: "], ["Content-Length: 5", "Transfer-Encoding: xchunked"]])
	for (const fields of [`${length}\r\n${coding}\r\n`, `${coding}\r\n${length}\r\n`]) bad(`both: ${fields.replaceAll("\r\n", "; ")}`, post(fields, empty));

// Chunks.
for (const [name, body] of [["no size", "\r\nhello\r\n0\r\n\r\n"], ["a letter", "g\r\nhello\r\n0\r\n\r\n"], ["a minus", "-5\r\nhello\r\n0\r\n\r\n"], ["a plus", "+5\r\nhello\r\n0\r\n\r\n"], ["0x", "0x5\r\nhello\r\n0\r\n\r\n"], ["a blank before", " 5\r\nhello\r\n0\r\n\r\n"], ["a blank after", "5 \r\nhello\r\n0\r\n\r\n"], ["a tab after", "5\t\r\nhello\r\n0\r\n\r\n"], ["an underscore", "0_5\r\nhello\r\n0\r\n\r\n"], ["nine digits", "000000005\r\nhello\r\n0\r\n\r\n"], ["2^32 + 5", "100000005\r\nhello\r\n0\r\n\r\n"], ["2^64 + 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"], ["an extension", "5;a=b\r\nhello\r\n0\r\n\r\n"], ["an extension with a line feed", "5;a\nhello\r\n0\r\n\r\n"], ["an extension in quotes", "5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n"], ["an extension at the end", "5\r\nhello\r\n0;a\r\n\r\n"], ["a line feed after the size", "5\nhello\r\n0\r\n\r\n"], ["a carriage return after the size", "5\rhello\r\n0\r\n\r\n"], ["two carriage returns", "5\r\r\nhello\r\n0\r\n\r\n"], ["a line feed after the data", "5\r\nhello\n0\r\n\r\n"], ["nothing after the data", "5\r\nhello0\r\n\r\n"], ["longer data", "5\r\nhello!\r\n0\r\n\r\n"], ["shorter data", "6\r\nhello\r\n0\r\n\r\n"], ["a trailer", "5\r\nhello\r\n0\r\nX: y\r\n\r\n"], ["a trailer that frames", "5\r\nhello\r\n0\r\nContent-Length: 50\r\n\r\n"], ["a trailer that names a host", "0\r\nHost: b\r\n\r\n"], ["a line feed at the end", "0\r\n\n"], ["a NUL in the size", "5\x00\r\nhello\r\n0\r\n\r\n"], ["a full-width digit", "\xef\xbc\x95\r\nhello\r\n0\r\n\r\n"], ["a size in quotes", "\"5\"\r\nhello\r\n0\r\n\r\n"], ["a comma", "5,\r\nhello\r\n0\r\n\r\n"], ["a point", "5.0\r\nhello\r\n0\r\n\r\n"]])
	bad(`chunks: ${name}`, chunked(body));
for (const [name, body] of [["2^32 - 1", "ffffffff\r\nhello"], ["above the limit", "100001\r\nhello"], ["above the limit in the second", `fffff\r\n${"a".repeat(0xfffff)}\r\n2\r\nab\r\n0\r\n\r\n`]]) bad(`chunks: ${name}`, chunked(body), 413);
for (const [name, body] of [["one", "5\r\nhello\r\n0\r\n\r\n"], ["zeros before", "00000005\r\nhello\r\n000\r\n\r\n"], ["one byte each", "1\r\nh\r\n1\r\ne\r\n0\r\n\r\n"], ["line ends inside", "4\r\n\r\n\r\n\r\n0\r\n\r\n"], ["a request inside", `${next.length.toString(16)}\r\n${next}\r\n0\r\n\r\n`], ["none", "0\r\n\r\n"], ["a capital letter", `A\r\n0123456789\r\n0\r\n\r\n`]])
	add(`chunks: ${name}`, chunked(body) + next, [200, 200]);

// Hosts.
for (const value of ["", "a b", "a,b", "a/b", "a@b", "user:pass@a", "a:99999", "a:-1", "a:b", "a:80:80", "[::1", "::1", "[]", "[::1]x", "a\x00b", "http://a", "\xef\xbd\x81", "a%00", "a?b", "a#b", "a\\b", "a;b", "a<b>", "a\tb", `${"a".repeat(256)}`]) bad(`Host: ${JSON.stringify(value.slice(0, 40))}`, `GET / HTTP/1.1\r\nHost: ${value}\r\n\r\n`);
bad("no Host", "GET / HTTP/1.1\r\n\r\n");
bad("two Hosts", `GET / HTTP/1.1\r\n${H}Host: b\r\n\r\n`);
bad("the same Host twice", `GET / HTTP/1.1\r\n${H}${H}\r\n`);
bad("Host with a blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
bad("another site's name", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421);
bad("another site's name with a port", "GET / HTTP/1.1\r\nHost: evil.example:80\r\n\r\n", 421);

// Targets.
for (const target of ["", "index", "http://", "http:///", "http://localhost", "https://localhost/", "ftp://localhost/", "http://user@localhost/", "http://local host/", "http://evil.example/", "http://localhost:99999/", "*", "localhost:80", "//", "/a b", "/a\tb", "/\x00", "/\x7f", "/\xd0\xb0", "/<", "/\"", "/#a", "/a#b", "/[", "/{", "/|", "/\\", "/^", "/`"])
	target === "//" ? add("an empty segment is a name like others", get(target) + next, [200, 200]) : bad(`target ${JSON.stringify(target)}`, get(target));
for (const target of ["/../etc/passwd", "/a/../b", "/..", "/.", "/./a", "/%2e%2e/a", "/%2E%2e/a", "/.%2e/a", "/a%2fb", "/a%2Fb", "/a%5cb", "/%00", "/a%00.html", "/a%0d%0aX:y", "/%7f", "/%", "/%4", "/%zz", "/%c0%ae%c0%ae/", "/%e0%80%af", "/%ff", "/%ed%a0%80", "/%f4%90%80%80", "/%u002e", "/%1f", "/?a=%00", "/?a=%", "/?a=1&a=2", "/?=1", "/?a=%ff", "/?a=%0a"])
	bad(`target ${target}`, get(target));
for (const target of ["/%252e%252e/etc", "/a%20b", "/%d0%b0", "/...", "/a..b", "/.git", "/~root", "/a;b=c", "/?a[]=1", "/?&&a=1", "http://localhost/a"]) add(`target ${target} is a name like others`, get(target) + next, [200, 200]);

// Request lines, versions, methods.
for (const line of ["GET /", "GET / ", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET\t/\tHTTP/1.1", "GET / http/1.1", "GET / HTTP/1.", "GET / HTTP/1", "GET / HTTP/1.10", "GET / HTTP/01.1", "GET / HTTP/1,1", "GET / HTTP /1.1", "GET / HTTPS/1.1", "GET / FTP/1.1", "GE:T / HTTP/1.1", "GE(T / HTTP/1.1", "GE\x00T / HTTP/1.1", "G\xc3\x89T / HTTP/1.1", "/ GET HTTP/1.1", "HTTP/1.1 200 OK", "\x16\x03\x01\x02", "{\"a\":1}", "GET / HTTP/1.1\x0b"]) bad(`line ${JSON.stringify(line)}`, `${line}\r\n${H}\r\n`);
for (const version of ["HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9"]) bad(`version ${version}`, `GET / ${version}\r\n${H}\r\n`, 505);
for (const method of ["OPTIONS", "TRACE", "TRACK", "DEBUG", "PROPFIND", "BREW", "get", "Get", "GETT", "M-SEARCH", "POSTGET"]) add(`method ${method}`, `${method} / HTTP/1.1\r\n${H}\r\n${next}`, [405, 200]);
add("method CONNECT", `CONNECT a:1 HTTP/1.1\r\n${H}\r\n${next}`, [405, 200]);
add("OPTIONS *", `OPTIONS * HTTP/1.1\r\n${H}\r\n${next}`, [405, 200]);
for (const method of ["GET", "HEAD", "OPTIONS", "TRACE", "BREW"]) add(`${method} with a body`, `${method} / HTTP/1.1\r\n${H}Content-Length: ${next.length}\r\n\r\n${next}`, [method === "GET" || method === "HEAD" ? 400 : 405], [method]);
for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method"]) add(`${name} is nothing to us`, get("/a", `${name}: DELETE\r\n`) + next, [200, 200]);
add("_method is a parameter like others", get("/a?_method=DELETE") + next, [200, 200]);
for (const name of ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded"]) add(`${name} is nothing to us`, get("/a", `${name}: /admin\r\n`) + next, [200, 200]);

// Fields.
for (const [name, fields] of [["folded", "X: a\r\n b\r\n"], ["folded by a tab", "X: a\r\n\tb\r\n"], ["folded at first", " X: a\r\n"], ["no colon", "X\r\n"], ["no name", ": a\r\n"], ["a blank in the name", "X Y: a\r\n"], ["NUL", "X: a\x00b\r\n"], ["a bell", "X: \x07\r\n"], ["DEL", "X: \x7f\r\n"], ["8 bits", "X: \xff\r\n"], ["UTF-8", "X: \xd0\xb0\r\n"], ["a bare CR", "X: a\rb\r\n"], ["a bare LF", "X: a\nb\r\n"], ["CR CR LF", "X: a\r\r\n"], ["LF CR", "X: a\n\r"], ["a vertical tab", "X: \x0b\r\n"]]) bad(`fields: ${name}`, get("/", fields));
bad("only line feeds", "GET / HTTP/1.1\nHost: a\n\n");
bad("two empty lines before", `\r\n\r\n${get()}`);
add("one empty line before", `\r\n${get()}${next}`, [200, 200]);
bad("65 fields", get("/", "X: y\r\n".repeat(64)), 431);
add("64 fields", get("/", "X: y\r\n".repeat(63)) + next, [200, 200]);
bad("a field of 9 KiB", get("/", `X: ${"y".repeat(9000)}\r\n`), 431);
bad("fields of 66 KiB", get("/", `X: ${"y".repeat(8000)}\r\n`.repeat(9)), 431);
bad("a target of 9 KiB", get(`/${"y".repeat(9000)}`), 414);
bad("a method of 9 KiB", `${"G".repeat(9000)} / HTTP/1.1\r\n${H}\r\n`, 414);
bad("a name of 9 KiB", get("/", `${"X".repeat(9000)}: y\r\n`), 431);
bad("33 parameters", get(`/?${Array.from({ length: 33 }, (_, i) => `p${i}=1`).join("&")}`));

// Expectations, upgrades, ranges.
for (const value of ["100", "200-ok", "100-continue, x", "", "continue"]) bad(`Expect: ${value}`, post(`Expect: ${value}\r\nContent-Length: 5\r\n`, "hello"), 417);
add("Expect with the body at once", post("Expect: 100-continue\r\nContent-Length: 5\r\n", "hello") + next, [200, 200]);
add("Expect without a body", get("/", "Expect: 100-continue\r\n") + next, [200, 200]);
for (const fields of ["Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n", "Range: bytes=0-0\r\n", "Range: bytes=18446744073709551615-\r\n", `Range: bytes=${"0-,".repeat(1300)}0-\r\n`, "Accept-Encoding: br;q=0, *;q=1.5\r\n", "If-None-Match: \"\r\n", "If-None-Match: W/\r\n", "Accept-Language: ,,,;;;q=\r\n", "Cookie: ;;;=\r\n", "Trailer: Host\r\n", "Keep-Alive: timeout=-1\r\n", "Content-Encoding: gzip\r\n", "Proxy-Connection: close\r\n"]) add(`fields ${JSON.stringify(fields.slice(0, 60))} change nothing`, get("/", fields) + next, [200, 200]);
for (const coding of ["gzip", "br", "deflate, gzip", "x"]) bad(`a body coded by ${coding}`, post(`Content-Encoding: ${coding}\r\nContent-Length: 5\r\n`, "hello"), 415);
add("Connection: close ends it", get("/", "Connection: close\r\n") + next, [200]);
add("Connection: Close among others ends it", get("/", "Connection: keep-alive, Close\r\n") + next, [200]);
add("HTTP/1.0 ends it", `GET / HTTP/1.0\r\n\r\n${next}`, [200]);
add("HTTP/1.0 that wants to stay", `GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n${next}`, [200, 200]);

// In a row.
add("fifty in a row", get("/a").repeat(50), Array(50).fill(200));
add("HEAD between", `${get("/a")}HEAD /b HTTP/1.1\r\n${H}\r\n${get("/c")}`, [200, 200, 200], ["GET", "HEAD", "GET"]);
add("a bad one after good ones", get("/a").repeat(3) + "GET / HTTP/1.1\r\nHost : a\r\n\r\n" + next, [200, 200, 200, 400]);
add("bodies of both framings in a row", post("Content-Length: 5\r\n", "hello") + chunked("5\r\nhello\r\n0\r\n\r\n") + post("Content-Length: 0\r\n") + next, [200, 200, 200, 200]);
add("a deferred answer keeps its place", post("Content-Length: 5\r\n", "hello", "/later") + next + post("Content-Length: 2\r\n", "ab", "/later") + next, [200, 200, 200, 200]);
add("half a head", "GET / HTTP/1.1\r\nHost: a", []);
add("half a body", post("Content-Length: 5\r\n", "he"), [400]);
add("half a chunk", chunked("5\r\nhe"), [400]);
add("nothing", "", []);
add("a line end", "\r\n", []);

// Each of the 256 bytes in each place of a request: what the grammar allows there, and nothing else.
const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]/;
const inPath = /[A-Za-z0-9/?._~!$&'()*+,;=:@-]/;
const inQuery = /[A-Za-z0-9/?._~!$&'()*+,;=:@[\]{}|^`-]/;
export const everyByte = [];
for (let code = 0; code < 256; code++) {
	const byte = String.fromCharCode(code);
	const text = code >= 0x20 && code < 0x7f;
	const put = (place, bytes, status) => everyByte.push({ name: `byte ${code} in ${place}`, bytes: bytes + next, statuses: status < 400 || status === 405 ? [status, 200] : [status] });
	put("a method", `G${byte}ET / HTTP/1.1\r\n${H}\r\n`, token.test(byte) ? 405 : 400);
	put("a path", get(`/a${byte}b`), inPath.test(byte) ? 200 : 400);
	put("a query", get(`/?a=1${byte}b`), inQuery.test(byte) ? 200 : 400);
	put("a version", `GET / HTTP/1${byte}1\r\n${H}\r\n`, byte === "." ? 200 : 400);
	put("a name", get("/", `X${byte}Y: a\r\n`), token.test(byte) || byte === ":" ? 200 : 400);
	put("a value", get("/", `X: a${byte}b\r\n`), text || byte === "\t" ? 200 : 400);
	put("the place of a line end", get("/", `X: a${byte}\nY: b\r\n`), byte === "\r" ? 200 : 400);
	put("a host", `GET / HTTP/1.1\r\nHost: a${byte}b\r\n\r\n`, byte === "." ? 421 : /[A-Za-z0-9_-]/.test(byte) ? 200 : 400);
	put("a length", post(`Content-Length: ${byte}5\r\n`, "hello"), byte === " " || byte === "\t" || byte === "0" ? 200 : /[1-9]/.test(byte) ? 0 : 400);
	put("a coding", post(`Transfer-Encoding: ${byte}chunked\r\n`, empty), byte === " " || byte === "\t" ? 200 : 400);
	put("a size of a chunk", chunked(`${byte}5\r\nhello\r\n0\r\n\r\n`), byte === "0" ? 200 : 400);
	put("the end of a chunk", chunked(`5\r\nhello${byte}\n0\r\n\r\n`), byte === "\r" ? 200 : 400);
	put("the end of a body", chunked(`5\r\nhello\r\n0\r\n${byte}\n`), byte === "\r" ? 200 : 400);
}

export default cases;
