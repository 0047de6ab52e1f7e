// Classes for Node's requests and responses that have Express's prototypes from the start. The bench's `intake` shows
// the difference.

import { IncomingMessage, ServerResponse } from "node:http";
import type { Express } from "express";

/** Options of Node's `createServer`. */
export type MessageClasses = {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
};

/**
 * Creates the classes and makes the app use their prototypes as its own. Without this, Express changes the prototype
 * of every request and response, and V8 takes longer for that than for all of the app's routing.
 */
export function messageClassesOf(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse<R extends IncomingMessage> extends ServerResponse<R> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
