// Receives webhooks of Tallyman and prints their events. WEBHOOK_SECRET is the endpoint's secret, PORT the port (8787).

import { createServer } from "node:http";
import { verifyWebhook } from "tallyman/client";

const secret = process.env.WEBHOOK_SECRET ?? "";
const port = Number(process.env.PORT ?? 8787);

/** The longest body that is read, in bytes. */
const bytesMax = 1_000_000;

const server = createServer(async (request, response) => {
  try {
    const { id, event } = await verifyWebhook({
      headers: request.headers,
      body: await readBody(request),
      secret,
    });
    // The same event may come twice. Keep the ids that were processed, and skip them.
    console.log(`${id} ${event.type} ${JSON.stringify(event.data)}`);
    response.writeHead(204).end();
  } catch (error) {
    console.error(`refused: ${error.message}`);
    response.writeHead(400).end();
  }
});

async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > bytesMax) throw new Error(`the body has more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

server.listen(port, "127.0.0.1", () => console.log(`Waiting for webhooks on port ${port}.`));
