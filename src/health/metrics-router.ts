// `/metrics`, for Prometheus: open to everybody who reaches it, or only to those who have its key.

import { createHash, timingSafeEqual } from "node:crypto";
import { Router } from "express";
import { addScrapedGauges, type Scraped } from "./scraped-gauges.ts";
import { sharing } from "./sharing.ts";

/** Answers scrapes. With a key it answers 401 to requests without `Authorization: Bearer` and this key. */
export function metricsRouter(context: Scraped, key?: string): Router {
  const router = Router();
  const { registry, addProcessMetrics } = context.metrics;
  const refresh = sharing(addScrapedGauges(context));
  const expected = key === undefined ? undefined : digest(`Bearer ${key}`);
  router.get("/metrics", async (request, response) => {
    if (
      expected !== undefined &&
      !timingSafeEqual(digest(request.get("authorization")), expected)
    ) {
      response
        .status(401)
        .set("WWW-Authenticate", 'Bearer realm="metrics"')
        .type("text/plain")
        .send("Expected `Authorization: Bearer` with the key of the setting METRICS_KEY.\n");
      return;
    }
    addProcessMetrics();
    await refresh();
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

/** Digests have one length, so a comparison takes equally long for any text. */
function digest(text = ""): Buffer {
  return createHash("sha256").update(text).digest();
}
