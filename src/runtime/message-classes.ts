// The classes of the requests and responses that an app is given.

import { IncomingMessage, ServerResponse } from "node:http";
import type { Express } from "express";

/** What Node's `createServer` takes as options. */
export type MessageClasses = {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
};

/**
 * Makes classes whose instances have the app's prototypes from the start, and gives the app the classes' own.
 * Express gives its prototypes to each request and response that has others, and V8 takes longer for that than
 * for all of the app's routing.
 */
export function messageClassesOf(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse<R extends IncomingMessage> extends ServerResponse<R> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
