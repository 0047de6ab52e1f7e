// What a trace is to those who take part in it. The collector's protocol is elsewhere, so that a process without traces loads
// none of it: it has no `Tracing` at all.

/** A span's place in its trace, as the header `traceparent` of W3C Trace Context has it. */
export type TraceContext = string;

/** Facts about a span. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/** How a span begins. */
export type SpanStart = {
  /** `server`: a request is answered. `consumer`: a job is worked on. `internal`: a part of such work. */
  readonly kind: "server" | "consumer" | "internal";
  /** The span that caused it. Without one, or if it can't be read, the span begins a trace. */
  readonly parent?: TraceContext | undefined;
  /** Other spans that it belongs to. */
  readonly links?: readonly (TraceContext | undefined)[];
  readonly facts?: SpanFacts;
  /**
   * For an attempt at work that `parent` caused: what is attempted, and the number of the attempt, from 1. A later one links
   * to the one before it and does not lie in it.
   */
  readonly attempt?: { readonly of: string; readonly number: number };
};

/** A span that has begun. */
export type TracedSpan = {
  readonly context: TraceContext;
  /** Ends it. With `error`, it has failed. */
  end(facts?: SpanFacts, error?: unknown): void;
};

/** The traces of a process. */
export type Tracing = {
  start(name: string, options: SpanStart): TracedSpan;
  /** Sends what has ended. Resolves within `deadlineMs`, even if the collector does not answer. */
  close(deadlineMs: number): Promise<void>;
};
