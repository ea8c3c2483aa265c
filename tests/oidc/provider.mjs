// A certified identity provider on a free port of this machine. Prints its issuer; REDIRECT is where its clients come back to.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const people = {
	olga: { groups: ["zveno-operators-rya"], name: "Ольга Орлова", email: "olga@example.test" },
	boris: { groups: ["zveno-buyers"], name: "Борис Быков", inn: process.env.INN },
	nobody: { groups: ["other"], name: "Никто" },
	admin: { groups: ["zveno-admins"], name: "Чужой администратор" },
};
// What a test may change while it runs: GET /test/groups?who=olga&groups=a,b
const key = (type, options, alg) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }), alg, use: "sig", kid: alg });
const client = (id, alg, method) => ({
	client_id: id,
	client_secret: method === "none" ? undefined : "a secret: with/odd+characters %",
	redirect_uris: [process.env.REDIRECT],
	response_types: ["code"],
	grant_types: ["authorization_code"],
	token_endpoint_auth_method: method,
	id_token_signed_response_alg: alg,
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
	const issuer = `http://127.0.0.1:${server.address().port}`;
	const provider = new Provider(issuer, {
		clients: [client("zveno", "RS256", "client_secret_basic"), client("zveno-es", "ES256", "client_secret_basic"), client("zveno-open", "RS256", "none")],
		jwks: { keys: [key("rsa", { modulusLength: 2048 }, "RS256"), key("ec", { namedCurve: "P-256" }, "ES256")] },
		claims: { openid: ["sub"], profile: ["name", "preferred_username", "groups", "inn"], email: ["email"] },
		conformIdTokenClaims: false,
		pkce: { required: () => true, methods: ["S256"] },
		cookies: { keys: ["one key for tests"] },
		ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
		async findAccount(context, id) {
			return { accountId: id, claims: async () => ({ sub: id, preferred_username: id, ...people[id] }) };
		},
	});
	const answer = provider.callback();
	server.on("request", (request, response) => {
		const url = new URL(request.url, issuer);
		if (url.pathname !== "/test/groups") return answer(request, response);
		people[url.searchParams.get("who")].groups = url.searchParams.get("groups").split(",");
		response.end("ok");
	});
	process.stdout.write(`issuer ${issuer}\n`);
});
