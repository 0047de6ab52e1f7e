// Checks and renders overrides on a thread of their own. Anybody who may write an override can write one that takes very
// long, and nobody else may wait for that. So the thread has a deadline and a memory limit, and is ended if it exceeds
// one of them.

import { Worker } from "node:worker_threads";
import type { TemplateOverride } from "../../domain/template-override.ts";
import { withDeadline } from "../../flow/deadline.ts";
import { createTicketLock } from "../../flow/ticket-lock.ts";
import { type TemplateWork, type ThreadMessage, threadMessageSchema } from "./template-messages.ts";
import type { OverrideField, OverrideValidation } from "./check-override.ts";
import type { MailTemplate } from "./mail-template.ts";
import type { RenderOverride } from "./render-override.ts";
import { TemplateProblem } from "./template-problem.ts";

/** A thread. Its first work starts it. */
export type TemplateThread = {
  /** Checks an override before it is saved. Rejects with a `ThreadBusyError`, or if the thread fails. */
  check(template: MailTemplate, override: TemplateOverride): Promise<OverrideValidation>;
  /**
   * Renders an override with the data of one mail. Rejects with a `TemplateProblem` if the override can't be used, with
   * a `ThreadBusyError`, or if the thread fails.
   */
  readonly render: RenderOverride;
  /** Ends the thread. Work in progress fails. */
  close(): Promise<void>;
};

/** How long one piece of work may take, and how many may be in progress or waiting. */
export type TemplateThreadLimits = { readonly workMs: number; readonly pendingMax: number };

/** As much work as the thread accepts is in progress or waiting. */
export class ThreadBusyError extends Error {
  override readonly name = "ThreadBusyError";
}

/** The thread's memory limits. A mail needs far less. */
const memory = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** The process's own environment holds passwords, so the thread gets none of it. */
const env = { NODE_ENV: "production" };

/** How long a thread may take to start. It needs so long only if the machine is very busy. */
const startMs = 30_000;

/** The thread's own file: next to this one, built or not. `bin/vite.config.ts` puts it there. */
const body = new URL(
  import.meta.url.endsWith(".ts") ? "./template-thread-body.ts" : "./template-thread-body.js",
  import.meta.url,
);

/** How work ended. If it was stopped, its thread must be ended, unless it has ended already. */
type Outcome = { readonly message: ThreadMessage; readonly isStopped: boolean };

/** Creates a thread. It does one piece of work after the other, in the order of the calls. */
export function createTemplateThread({ workMs, pendingMax }: TemplateThreadLimits): TemplateThread {
  const takeTicket = createTicketLock();
  let pending = 0;
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
    // A thread that ended between two pieces of work gets no more work.
    launched.once("exit", () => {
      if (worker === launched) worker = undefined;
    });
    if (!isClosed) return launched;
    await end();
    throw new Error("The template thread was closed, because this process is stopping.");
  };

  const perform = async (work: TemplateWork): Promise<ThreadMessage> => {
    if (pending >= pendingMax) {
      throw new ThreadBusyError(
        `The template thread has ${pending} overrides in progress or waiting; try again later.`,
      );
    }
    pending += 1;
    const ticket = takeTicket();
    try {
      await ticket.served;
      const current = worker ?? (await launch());
      const { message, isStopped } = await runOn(current, work, workMs);
      if (isStopped) await end();
      return message;
    } finally {
      pending -= 1;
      ticket.release();
    }
  };

  return {
    async check(template, override) {
      const outcome = await perform({ kind: "check", templateCode: template.code, override });
      if (outcome.kind === "checked") return outcome.validation;
      const { field, problem } = problemIn(outcome);
      const { line, column, message } = problem;
      // If it failed before a field was read, the problem is reported at the body, or at the subject if there is none.
      const given = override.body === null ? "subject" : "body";
      return { ok: false, problems: [{ field: field ?? given, line, column, message }] };
    },
    async render({ template, voice, data }, override) {
      const templateCode = template.code;
      const outcome = await perform({ kind: "render", templateCode, data, voice, override });
      if (outcome.kind === "rendered") return outcome.rendered;
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
  // This also listens for later errors, such as a thread that runs out of memory. Without a listener, an error event ends
  // the process.
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

/** Sends work to the thread. Rejects if the thread fails for a reason that is not in the work. */
function runOn(worker: Worker, work: TemplateWork, workMs: number): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  let field: OverrideField | null = null;
  const stop = (why: string) => {
    const message = { kind: "problem", field, line: null, column: null, message: why } as const;
    resolve({ message, isStopped: true });
  };
  const onMessage = (raw: unknown) => {
    const read = threadMessageSchema.safeParse(raw);
    if (!read.success)
      reject(new Error("Expected a message of the template thread; got one of another form."));
    else if (read.data.kind === "began") field = read.data.field;
    else resolve({ message: read.data, isStopped: false });
  };
  const onError = (error: Error) => {
    if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      stop("The template takes more memory than a mail may.");
    } else reject(error);
  };
  const onExit = () => reject(new Error("The template thread ended before its work was done."));
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
