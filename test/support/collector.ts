// An OpenTelemetry collector for a test: it takes what is posted to `/v1/traces` as JSON, and keeps the spans.

import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";

const valueSchema = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.coerce.number() }).transform(({ intValue }) => intValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
]);

const attributesSchema = z
  .array(z.object({ key: z.string(), value: valueSchema }))
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value])));

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes: attributesSchema,
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }),
});

const messageSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

/** A span, as the collector got it. */
export type ReceivedSpan = z.output<typeof spanSchema>;

/** Starts it at a free port. */
export async function startCollector() {
  const spans: ReceivedSpan[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      for (const part of messageSchema.parse(JSON.parse(body)).resourceSpans) {
        resources.push({
          ...part.resource.attributes,
          path: request.url,
          key: request.headers["x-key"],
        });
        spans.push(...part.scopeSpans.flatMap((scope) => scope.spans));
      }
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    resources,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A trace as text: each span below the one that caused it, with its length and its facts. */
export function drawTrace(spans: readonly ReceivedSpan[], parent?: string, depth = 0): string {
  return spans
    .filter((span) =>
      depth === 0
        ? !spans.some((other) => other.spanId === span.parentSpanId)
        : span.parentSpanId === parent,
    )
    .map((span) => {
      const ms = Number(span.endTimeUnixNano - span.startTimeUnixNano) / 1e6;
      const links = span.links.map(({ spanId }) => ` ->${spanId}`).join("");
      const line = `${"  ".repeat(depth)}${span.name} [${span.spanId}] ${ms.toFixed(1)} ms ${JSON.stringify(span.attributes)}${links}\n`;
      return line + drawTrace(spans, span.spanId, depth + 1);
    })
    .join("");
}
