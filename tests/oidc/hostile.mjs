// A provider that lies, each time as the code that it is asked with says: a token that must be refused, or an answer that must not be waited for.
import { createHmac, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";

const b64 = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export function hostile(clientId) {
	const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
	const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const jwk = (pair, kid, alg) => ({ ...pair.publicKey.export({ format: "jwk" }), kid, alg, use: "sig" });
	const state = { nonce: "", asked: 0, forms: [] };
	let issuer;

	const rs256 = (pair) => (text) => sign("sha256", Buffer.from(text), pair.privateKey).toString("base64url");
	const es256 = (text) => sign("sha256", Buffer.from(text), { key: ec.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
	const token = (header, claims, signer) => {
		const text = `${b64(header)}.${b64(claims)}`;
		return `${text}.${signer(text)}`;
	};
	const good = () => {
		const now = Math.floor(Date.now() / 1000);
		return { iss: issuer, aud: clientId, sub: "mallory", nonce: state.nonce, iat: now, exp: now + 300, groups: ["zveno-admins"], preferred_username: "mallory" };
	};
	const kinds = {
		good: () => token({ alg: "RS256", kid: "rsa" }, good(), rs256(rsa)),
		"good-es256": () => token({ alg: "ES256", kid: "ec" }, good(), es256),
		"good-audiences": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), aud: [clientId, "other"], azp: clientId }, rs256(rsa)),
		none: () => `${b64({ alg: "none" })}.${b64(good())}.`,
		"none-padded": () => `${b64({ alg: "none" })}.${b64(good())}.AAAA`,
		None: () => token({ alg: "None", kid: "rsa" }, good(), rs256(rsa)),
		"no-alg": () => token({ kid: "rsa" }, good(), rs256(rsa)),
		// The public key as the secret of a MAC.
		hs256: () => {
			const pem = createPublicKey(rsa.privateKey).export({ type: "spki", format: "pem" });
			return token({ alg: "HS256", kid: "rsa" }, good(), (text) => createHmac("sha256", pem).update(text).digest("base64url"));
		},
		"wrong-key": () => token({ alg: "RS256", kid: "rsa" }, good(), rs256(other)),
		"unknown-kid": () => token({ alg: "RS256", kid: "nobody" }, good(), rs256(rsa)),
		"small-key": () => token({ alg: "RS256", kid: "small" }, good(), rs256(small)),
		"rs256-as-es256": () => token({ alg: "ES256", kid: "rsa" }, good(), rs256(rsa)),
		rs512: () => token({ alg: "RS512", kid: "rsa" }, good(), (text) => sign("sha512", Buffer.from(text), rsa.privateKey).toString("base64url")),
		// A key that the token brings along.
		"own-key": () => token({ alg: "RS256", jwk: jwk(other, "x", "RS256") }, good(), rs256(other)),
		crit: () => token({ alg: "RS256", kid: "rsa", crit: ["b64"], b64: false }, good(), rs256(rsa)),
		tampered: () => {
			const parts = token({ alg: "RS256", kid: "rsa" }, { ...good(), sub: "mallory" }, rs256(rsa)).split(".");
			return `${parts[0]}.${b64({ ...good(), sub: "admin" })}.${parts[2]}`;
		},
		"wrong-iss": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), iss: "https://elsewhere.example" }, rs256(rsa)),
		"wrong-aud": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), aud: "other" }, rs256(rsa)),
		"many-aud-without-azp": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), aud: [clientId, "other"] }, rs256(rsa)),
		"wrong-azp": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), azp: "other" }, rs256(rsa)),
		expired: () => token({ alg: "RS256", kid: "rsa" }, { ...good(), exp: good().iat - 120 }, rs256(rsa)),
		"no-exp": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), exp: undefined }, rs256(rsa)),
		"text-exp": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), exp: "9999999999" }, rs256(rsa)),
		"old-iat": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), iat: good().iat - 3600 }, rs256(rsa)),
		"future-iat": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), iat: good().iat + 3600 }, rs256(rsa)),
		"future-nbf": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), nbf: good().iat + 3600 }, rs256(rsa)),
		"wrong-nonce": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), nonce: "x".repeat(43) }, rs256(rsa)),
		"no-nonce": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), nonce: undefined }, rs256(rsa)),
		"no-sub": () => token({ alg: "RS256", kid: "rsa" }, { ...good(), sub: "" }, rs256(rsa)),
		"doubled-claim": () => {
			const text = `${b64({ alg: "RS256", kid: "rsa" })}.${b64(JSON.stringify(good()).replace("{", '{"sub":"admin",'))}`;
			return `${text}.${rs256(rsa)(text)}`;
		},
		"two-parts": () => "a.b",
		"five-parts": () => "a.b.c.d.e",
		empty: () => "",
		long: () => `${"a".repeat(100000)}.b.c`,
	};
	const answers = {
		hang: () => {}, // until the client goes away
		redirect: (response) => response.writeHead(302, { location: `${issuer}/token-elsewhere` }).end(),
		huge: (response) => response.writeHead(200, { "content-type": "application/json" }).end(`{"id_token":"${"a".repeat(2 << 20)}"}`),
		"not-json": (response) => response.writeHead(200, { "content-type": "application/json" }).end("<html>"),
		"http-500": (response) => response.writeHead(500).end("{}"),
		"no-token": (response) => response.writeHead(200).end("{}"),
		"number-token": (response) => response.writeHead(200).end('{"id_token":5}'),
	};

	const server = createServer((request, response) => {
		const url = new URL(request.url, issuer);
		const json = (value) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
		if (url.pathname === "/.well-known/openid-configuration")
			return json({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` });
		if (url.pathname === "/jwks") return json({ keys: [jwk(rsa, "rsa", "RS256"), jwk(ec, "ec", "ES256"), jwk(small, "small", "RS256")] });
		if (url.pathname === "/token-elsewhere") return json({ id_token: kinds.good() });
		let body = "";
		request.on("data", (data) => (body += data));
		request.on("end", () => {
			const form = new URLSearchParams(body);
			const kind = form.get("code");
			state.asked++;
			state.forms.push({ form, authorization: request.headers.authorization });
			if (answers[kind]) return answers[kind](response);
			json({ access_token: "x", token_type: "Bearer", id_token: kinds[kind]() });
		});
	});
	return new Promise((resolve) => {
		server.listen(0, "127.0.0.1", () => {
			issuer = `http://127.0.0.1:${server.address().port}`;
			resolve({ issuer, state, refused: Object.keys(kinds).filter((kind) => !kind.startsWith("good")), broken: Object.keys(answers).filter((kind) => kind !== "hang"), close: () => (server.closeAllConnections(), server.close()) });
		});
	});
}
