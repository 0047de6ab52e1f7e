// Bull Board's own app with this service's rules: no header that names the framework, and no internal details in its
// errors.

import { createBullBoard } from "@bull-board/api";
import { ExpressAdapter } from "@bull-board/express";
import type { AppViewRoute } from "@bull-board/api/typings/app";
import type { Express, NextFunction, Request, Response } from "express";
import type { Logger } from "pino";
import type { QueueBackend } from "../../queues/backend.ts";
import { classifyFailure } from "../http/classify-failure.ts";
import { boardQueue } from "./board-queue.ts";

/** The path at which the board is mounted. */
export const boardPath = "/admin/queues";

/** What a board shows, and whether it allows changes. */
export type BoardOptions = {
  readonly backend: QueueBackend;
  readonly readOnly: boolean;
  readonly log: Logger;
};

/** How often the page reads the queues, in seconds. */
const pollSeconds = 5;

class BoardAdapter extends ExpressAdapter {
  readonly #log: Logger;

  constructor(log: Logger) {
    super();
    this.#log = log;
    this.app.disable("x-powered-by");
  }

  get mountable(): Express {
    return this.app;
  }

  /** Takes out of the page what its policy refuses: a web font, and the styles of the words "Loading". */
  override setEntryRoute({ method, route, handler }: AppViewRoute): this {
    this.app[method](route, (_request: Request, response: Response, next: NextFunction) => {
      const { name, params } = handler({ basePath: this.basePath, uiConfig: this.uiConfig });
      response.render(name, params, (error: Error | null, html?: string) => {
        if (error === null && html !== undefined) response.send(withoutStyles(html));
        else next(error);
      });
    });
    return this;
  }

  /** Replaces the board's own handler, which sends the message of any error to the client. */
  override setErrorHandler(): this {
    return super.setErrorHandler((error) => {
      const { status, message } = answerTo(error);
      if (status >= 500) this.#log.error({ err: error }, "the board could not answer");
      return { status, body: { error: { key: "ERRORS.INTERNAL_SERVER_ERROR" }, message } };
    });
  }
}

/** The page without the content of its root, which the board's script draws, and without files of other servers. */
function withoutStyles(html: string): string {
  return html
    .replace(/<link href="https:[^>]*>/, "")
    .replace(/(<div id="root">)[^]*(<\/div>\s*<script)/, "$1$2");
}

/** The reply to an error. The board's type has few statuses, so every mistake of a client is a 400. */
function answerTo(error: unknown): { status: 400 | 500; message: string } {
  const { kind } = classifyFailure(error);
  if (kind === "refused") return { status: 400, message: "The request could not be read." };
  if (kind === "unfit-value") {
    return { status: 400, message: "The queue store can't hold a value of this request." };
  }
  return kind === "away"
    ? { status: 500, message: "The queue store does not answer just now." }
    : { status: 500, message: "It was logged." };
}

/** Creates a board of all queues. */
export function createBoardApp({ backend, readOnly, log }: BoardOptions): Express {
  const serverAdapter = new BoardAdapter(log);
  serverAdapter.setBasePath(boardPath);
  createBullBoard({
    queues: Object.values(backend.queues).map((queue) => boardQueue(queue, readOnly)),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: "Tallyman",
        environment: {
          textColor: "#ffffff",
          ...(readOnly
            ? { label: `${backend.kind}, read only`, color: "#3d4753" }
            : { label: backend.kind, color: "#1f5fbf" }),
        },
        hideDocsLink: true,
        hideRedisDetails: backend.kind === "PostgreSQL",
        miscLinks: [
          { text: "Back to the admin app", url: "/admin" },
          { text: "API documentation", url: "/docs" },
          { text: "Log out", url: "/admin/logout" },
        ],
        pollingInterval: { showSetting: true, forceInterval: pollSeconds },
      },
    },
  });
  return serverAdapter.mountable;
}
