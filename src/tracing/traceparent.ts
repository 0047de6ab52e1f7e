// Reads and writes a span's place in its trace, as W3C Trace Context has it. A text that can't be read counts as none: it may
// come from anybody's header.

import { isSpanContextValid, type SpanContext } from "@opentelemetry/api";
import type { TraceContext } from "../flow/tracing.ts";

const form = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/;

/** The place that the text names; undefined if it names none. */
export function readTraceparent(text: TraceContext | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = form.exec(text ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : undefined;
}

/** The text that names the place. */
export function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): TraceContext {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}
