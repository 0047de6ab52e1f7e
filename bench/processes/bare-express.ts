// The yardstick of `intake`: an Express 5 that parses the same JSON, answers 202, and does nothing else.

import express from "express";

const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.post("/api/v1/orders", express.json(), (request, response) => {
  const body: unknown = request.body;
  const reference =
    typeof body === "object" && body !== null && "reference" in body ? body.reference : null;
  response
    .status(202)
    .set("Location", "/api/v1/orders/0")
    .json({ id: "00000000-0000-7000-8000-000000000000", reference, status: "pending" });
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) process.send?.({ port: address.port });
});
process.once("SIGTERM", () => process.exit(0));
