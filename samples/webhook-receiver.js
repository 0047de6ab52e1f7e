// A small receiver of webhooks: it verifies each, and prints its event as a line of JSON. `PORT=4000
// WEBHOOK_SECRET=whsec_... node samples/webhook-receiver.js` starts it.

import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { verifyWebhook } from "tallyman/client";

const { PORT = "4000", WEBHOOK_SECRET: secret = "" } = process.env;

// The ids of what was done already. A real receiver stores them together with what it has done.
/** @type {Set<string>} */
const seen = new Set();

/** @param {import("node:http").IncomingMessage} request */
async function receive(request) {
  const body = await buffer(request);
  const { id, event } = await verifyWebhook({ headers: request.headers, body, secret });
  if (seen.has(id)) return;
  process.stdout.write(`${JSON.stringify(event)}\n`);
  seen.add(id);
}

const server = createServer((request, response) => {
  receive(request).then(
    // Answer as soon as the event is stored, and do what takes time afterwards.
    () => response.writeHead(204).end(),
    (error) => response.writeHead(400).end(String(error)),
  );
});
server.listen(Number(PORT), "127.0.0.1", () => {
  process.stderr.write(`Webhooks are received at http://127.0.0.1:${PORT}/\n`);
});
