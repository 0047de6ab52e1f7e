// Checks and renders templates on a thread of their own. Whoever may write a template can write one that takes very
// long, and nobody else may wait for that. So the thread has a deadline and a limit of memory, and is ended if it
// exceeds one of them.

import { Worker } from "node:worker_threads";
import { withDeadline } from "../../flow/deadline.ts";
import { createTicketLock } from "../../flow/ticket-lock.ts";
import type { RenderWords } from "./render-override.ts";
import { type TemplateWork, type ThreadMessage, threadMessageSchema } from "./template-messages.ts";
import type { OverrideValidation, TemplateOverride } from "./check-override.ts";
import { TemplateProblem } from "./template-problem.ts";

/** A thread, started by its first work. */
export type TemplateThread = {
  /** Checks an override before it is saved. Rejects with a `ThreadBusyError`, or if the thread can't work. */
  check(override: TemplateOverride): Promise<OverrideValidation>;
  /** Rejects with a `TemplateProblem` if the words can't be used, a `ThreadBusyError`, or if the thread can't work. */
  readonly render: RenderWords;
  /** Ends the thread. Work that is under way fails. */
  close(): Promise<void>;
};

/** How long one piece of work may take, and how many may be asked for at once. */
export type TemplateThreadLimits = { readonly workMs: number; readonly asksMax: number };

/** More was asked for at once than the thread has room for. */
export class ThreadBusyError extends Error {
  override readonly name = "ThreadBusyError";
}

/** The limits of the thread's memory. A mail needs far less. */
const memory = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** Nothing of the process's own settings, which name passwords. */
const env = { NODE_ENV: "production" };

/** How long a thread may take to start, on a machine that is very busy. */
const startMs = 30_000;

/** Next to this file, compiled or not. */
const body = new URL(
  import.meta.url.endsWith(".ts") ? "./template-thread-body.ts" : "./template-thread-body.js",
  import.meta.url,
);

/** How work ended. Work that had to be stopped has ended its thread, or must. */
type Outcome = { readonly message: ThreadMessage; readonly isStopped: boolean };

/** Creates a thread, which does one piece of work after the other. */
export function createTemplateThread({ workMs, asksMax }: TemplateThreadLimits): TemplateThread {
  const takeTicket = createTicketLock();
  let asks = 0;
  let worker: Worker | undefined;
  let isClosed = false;

  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };

  const launch = async (): Promise<Worker> => {
    const launched = await startWorker();
    worker = launched;
    // One that ended between two pieces of work is not asked again.
    launched.once("exit", () => {
      if (worker === launched) worker = undefined;
    });
    if (!isClosed) return launched;
    await end();
    throw new Error("The template thread was closed: this process is stopping.");
  };

  const perform = async (work: TemplateWork): Promise<ThreadMessage> => {
    if (asks >= asksMax) throw new ThreadBusyError(`${asks} templates are being worked on.`);
    asks += 1;
    const ticket = takeTicket();
    try {
      await ticket.served;
      const asked = worker ?? (await launch());
      const { message, isStopped } = await askWorker(asked, work, workMs);
      if (isStopped) await end();
      return message;
    } finally {
      asks -= 1;
      ticket.release();
    }
  };

  return {
    async check(override) {
      const outcome = await perform({ kind: "check", override });
      if (outcome.kind === "checked") return outcome.validation;
      const { field, problem } = problemIn(outcome);
      const { line, column, message } = problem;
      const given = override.body === null ? "subject" : "body";
      return { ok: false, problems: [{ field: field ?? given, line, column, message }] };
    },
    async render(override, data) {
      const outcome = await perform({ kind: "render", override, data });
      if (outcome.kind === "rendered") return outcome.words;
      throw problemIn(outcome).problem;
    },
    async close() {
      isClosed = true;
      await end();
    },
  };
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(body, { resourceLimits: memory, execArgv: [], env });
  const ready = Promise.withResolvers<void>();
  worker.once("message", () => ready.resolve());
  // It also hears errors that come later, such as a thread that runs out of memory: unheard, one ends the process.
  worker.on("error", (error) => ready.reject(error));
  try {
    await withDeadline(ready.promise, startMs, "the template thread");
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  worker.unref();
  return worker;
}

function askWorker(worker: Worker, work: TemplateWork, workMs: number): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  let field: "subject" | "body" | null = null;
  const stop = (why: string) => {
    const message = { kind: "problem", field, line: null, column: null, message: why } as const;
    resolve({ message, isStopped: true });
  };
  const onMessage = (raw: unknown) => {
    const read = threadMessageSchema.safeParse(raw);
    if (!read.success) reject(new Error("The template thread answered what nobody can read."));
    else if (read.data.kind === "began") field = read.data.field;
    else resolve({ message: read.data, isStopped: false });
  };
  const onError = (error: Error) => {
    if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      stop("The template takes more memory than a mail may.");
    } else reject(error);
  };
  const onExit = () => reject(new Error("The template thread was ended in the midst of its work."));
  const timer = setTimeout(
    () => stop(`The template takes longer than ${workMs} ms. Let it repeat less.`),
    workMs,
  );
  worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  // A process that has nothing else to do may end, except while the thread works.
  worker.ref();
  worker.postMessage(work);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.unref();
    worker.off("message", onMessage).off("error", onError).off("exit", onExit);
  });
}

function problemIn(outcome: ThreadMessage) {
  if (outcome.kind !== "problem") throw new Error(`Expected an outcome; got "${outcome.kind}".`);
  const { field, line, column, message } = outcome;
  return { field, problem: new TemplateProblem(message, line, column) };
}
