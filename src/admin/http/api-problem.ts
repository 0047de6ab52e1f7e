// A problem that the API replied with (RFC 9457), with texts for a store manager.

import * as z from "zod";
import { http as text } from "../words/en/http.ts";
import type { wordsOf } from "../words/problem-words.ts";

const problemBody = z.looseObject({
  type: z.string().default(""),
  title: z.string().default(""),
  detail: z.string().default(""),
  errors: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })).default([]),
});

/** One fault. `pointer` is a JSON pointer into the request's body. */
export type FieldProblem = {
  readonly pointer: string;
  /** A sentence for the person who filled the form. */
  readonly words: string;
  /** The fault's other members, such as a line. */
  readonly [extra: string]: unknown;
};

/** The texts of a problem that are shown. */
type ShownWords = {
  readonly title: string;
  readonly text: string;
  /** The sentences of the faults, in their order. */
  readonly fields: readonly string[];
};

/** A request that the API refused, or that got no answer (status 0). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** The last part of the problem's type, such as `stale-version`. */
  readonly kind: string;
  readonly title: string;
  readonly errors: readonly FieldProblem[];
  /** The problem's other members, such as `current` of a stale version. */
  readonly extra: Readonly<Record<string, unknown>>;

  /** Without `words`, the texts are those of the body, so leave them out only for a body that the app wrote itself. */
  constructor(status: number, body: unknown, words?: typeof wordsOf) {
    const parsed = problemBody.safeParse(body);
    const { type, title, detail, errors, ...extra } = parsed.success ? parsed.data : unreadable;
    const kind = type.split("/").at(-1) ?? "";
    const shown: ShownWords = words?.({ kind, detail, errors, extra }) ?? {
      title,
      text: detail,
      fields: errors.map((error) => error.detail),
    };
    super(shown.text);
    this.status = status;
    this.kind = kind;
    this.title = shown.title;
    this.errors = errors.map(({ detail: _detail, ...error }, at) => ({
      ...error,
      words: shown.fields[at] ?? "",
    }));
    this.extra = extra;
  }
}

const unreadable = { type: "", ...text.unreadable, errors: [] };

/**
 * The problem of a refusal by the API, with its Retry-After in seconds. The sentences are loaded when the first problem
 * comes, as most visits have none.
 */
export async function refusedBy(
  status: number,
  body: unknown,
  retryAfter: string | null = null,
): Promise<ApiProblem> {
  const told = z.looseObject({}).safeParse(body);
  const isWaitKnown = told.success && /^\d{1,6}$/.test(retryAfter ?? "");
  const withWait = isWaitKnown ? { waitSeconds: Number(retryAfter), ...told.data } : body;
  return new ApiProblem(status, withWait, await loadWords());
}

async function loadWords(): Promise<typeof wordsOf> {
  try {
    return (await import("../words/problem-words.ts")).wordsOf;
  } catch {
    // After an update of the service this file is gone.
    return ({ errors }) => ({ ...text.refused, fields: errors.map(() => text.refused.field) });
  }
}

/** The problem of a request that got no reply. */
export function unreachable(): ApiProblem {
  return new ApiProblem(0, { type: "unreachable", ...text.unreachable });
}

/** The problem of a change that waited for the network, and was given up. It was never sent. */
export function offline(): ApiProblem {
  return new ApiProblem(0, { type: "offline", ...text.offline });
}

/** The problem of a request that timed out. It may have had its effect. */
export function unanswered(): ApiProblem {
  return new ApiProblem(0, { type: "unanswered", ...text.unanswered });
}

/** Converts any error to a problem that can be shown. Errors of the app itself are logged to the console. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem(-1, { type: "app-error", ...text.appError });
}
