// Slow and idle clients that hold on: hold.mjs BASE SLOW IDLE. Says "ready" when all are there, then goes on until it is ended; whom the server ends comes again.
import { connect } from "node:net";

const { hostname: host, port } = new URL(process.argv[2]);
const head = `GET / HTTP/1.1\r\nHost: ${"a".repeat(60)}`;
let waiting = 0;

function dial(slow) {
	waiting++;
	let at = 0;
	let timer;
	const socket = connect({ host, port: Number(port), noDelay: true }, () => {
		if (--waiting === 0) console.log("ready");
		if (slow) timer = setInterval(() => at < head.length && socket.write(head[at++]), 1000);
	});
	socket.on("data", () => {});
	socket.on("error", () => {});
	socket.on("close", () => {
		clearInterval(timer);
		setTimeout(() => dial(slow), 50);
	});
}

for (let i = 0; i < Number(process.argv[3]); i++) dial(true);
for (let i = 0; i < Number(process.argv[4]); i++) dial(false);
