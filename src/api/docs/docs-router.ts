// Serves the API's documentation: the OpenAPI document and a page that shows it, without files from other servers.

import { createRequire } from "node:module";
import { dirname } from "node:path";
import express, { Router } from "express";
import type { NamedEndpoint } from "../http/endpoint.ts";
import type { SelfServedOperation } from "./described.ts";
import { createOpenApi } from "./openapi.ts";

/** The page can run only its own scripts, and connect only to this server. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Tallyman API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });
`;

/** Serves `/openapi.json` and `/docs`. */
export function docsRouter(
  endpoints: readonly NamedEndpoint[],
  selfServed: readonly SelfServedOperation[],
  version: string,
): Router {
  const router = Router();
  // A buffer, which all replies share; a string would be encoded for each of them. It is made when somebody asks for it,
  // because that takes longer than most of what a start does.
  let document: Buffer | undefined;
  const files = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

  router.get("/openapi.json", (_request, response) => {
    document ??= Buffer.from(JSON.stringify(createOpenApi(endpoints, selfServed, version)));
    response.type("application/json").send(document);
  });
  router.use("/docs", (_request, response, next) => {
    response.set("Content-Security-Policy", contentSecurityPolicy);
    next();
  });
  router.get("/docs", (_request, response) => {
    response.type("html").send(page);
  });
  router.get("/docs/start.js", (_request, response) => {
    response.type("js").send(start);
  });
  router.use("/docs", express.static(files, { index: false, maxAge: "1h" }));
  return router;
}
