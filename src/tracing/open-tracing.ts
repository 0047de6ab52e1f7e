// Traces for an OpenTelemetry collector, over OTLP by HTTP. This file loads OpenTelemetry's packages: import it only if
// traces are wanted. Nobody waits for the collector: what it does not take in time is dropped.

import { hash } from "node:crypto";
import {
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { settlesInTime } from "../flow/deadline.ts";
import type { SpanStart, Tracing } from "../flow/tracing.ts";
import { readTraceparent, writeTraceparent } from "./traceparent.ts";
import { readPairs, type TracingSettings } from "./tracing-settings.ts";

/**
 * Spans that wait to be sent: about 4 MB at most; more are dropped. Then how many go in one message, how long the first waits
 * for others, and how long the collector may take, in milliseconds.
 */
const limits = { waiting: 4_096, together: 512, lingerMs: 2_000, answerMs: 3_000 };

/** The most orders of one batch, each of which its span links to. */
const linksMax = 2_000;

const kinds = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const satisfies Record<SpanStart["kind"], SpanKind>;

/** What the traces are told besides the settings. */
export type TracingOptions = {
  /** The address of the collector, to which `/v1/traces` is added. */
  readonly endpoint: string;
  readonly version: string;
  /** Gets each failure to send. The spans are dropped. */
  readonly onFailure: (error: unknown) => void;
};

/** Opens the traces of this process. Nothing is sent yet, and nothing fails. */
export function openTracing(
  settings: TracingSettings,
  { endpoint, version, onFailure }: TracingOptions,
): Tracing {
  const ids = createIds();
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers: { ...readPairs(settings.OTEL_EXPORTER_OTLP_HEADERS ?? "") },
    timeoutMillis: limits.answerMs,
  });
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    idGenerator: ids,
    spanLimits: { linkCountLimit: linksMax },
    resource: resourceFromAttributes({
      ...readPairs(settings.OTEL_RESOURCE_ATTRIBUTES ?? ""),
      "service.name": settings.OTEL_SERVICE_NAME,
      "service.version": version,
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: telling(exporter, onFailure),
        maxQueueSize: limits.waiting,
        maxExportBatchSize: limits.together,
        scheduledDelayMillis: limits.lingerMs,
        exportTimeoutMillis: limits.answerMs,
      }),
    ],
  });
  const tracer = provider.getTracer("tallyman", version);

  return {
    start(name, { kind, parent, links = [], facts = {}, attempt }) {
      const above = readTraceparent(parent);
      const linked = links.flatMap((link) => readTraceparent(link) ?? []);
      if (above !== undefined && attempt !== undefined) {
        ids.nextSpanId(spanIdOf(attempt.of, attempt.number));
        if (attempt.number > 1) {
          linked.push({ ...above, spanId: spanIdOf(attempt.of, attempt.number - 1) });
        }
      }
      const span = tracer.startSpan(
        name,
        {
          kind: kinds[kind],
          attributes: facts,
          links: linked.map((context: SpanContext) => ({ context })),
          root: above === undefined,
        },
        above === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, above),
      );
      return {
        context: writeTraceparent(span.spanContext()),
        end(more = {}, error) {
          span.setAttributes(more);
          if (error !== undefined) {
            span.setStatus({ code: SpanStatusCode.ERROR, message: kindOf(error) });
          }
          span.end();
        },
      };
    },
    async close(deadlineMs) {
      await settlesInTime(provider.shutdown(), deadlineMs);
    },
  };
}

/**
 * What kind of error it is: its name, and its code if it has one. What an error says may have a person's address in it, or
 * what another server wrote; the log has it.
 */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "Error";
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? `${error.name} ${code}` : error.name;
}

/** The id of the span of an attempt, so that the next one, maybe in another process, can link to it. */
function spanIdOf(work: string, attempt: number): string {
  return hash("sha256", `${work} ${attempt}`, "hex").slice(0, 16);
}

/** Random ids, but for spans whose id was given just before. */
function createIds() {
  const random = new RandomIdGenerator();
  let given: string | undefined;
  return {
    nextSpanId(id: string): void {
      given = id;
    },
    generateTraceId: () => random.generateTraceId(),
    generateSpanId(): string {
      const id = given ?? random.generateSpanId();
      given = undefined;
      return id;
    },
  };
}

/** The exporter, telling each failure. */
function telling(exporter: SpanExporter, onFailure: (error: unknown) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error !== undefined) onFailure(result.error);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

function samplerOf({
  OTEL_TRACES_SAMPLER: name,
  OTEL_TRACES_SAMPLER_ARG: share,
}: TracingSettings): Sampler {
  switch (name) {
    case "always_on":
      return new AlwaysOnSampler();
    case "always_off":
      return new AlwaysOffSampler();
    case "traceidratio":
      return new TraceIdRatioBasedSampler(share);
    case "parentbased_always_on":
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case "parentbased_always_off":
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case "parentbased_traceidratio":
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) });
  }
}
