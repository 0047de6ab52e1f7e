// The routes of one's own account are no endpoints, so the router does not note their requests for the record.

import type { RequestHandler } from "express";
import { stranger, withinRequest } from "../../db/request-scope.ts";
import { requestIdOf } from "../http/request-id.ts";

/** Has what the handler records name its request. Who acts is a stranger until the handler knows better. */
export function withItsId(handle: RequestHandler): RequestHandler {
  return (request, response, next) =>
    withinRequest(requestIdOf(request, response), stranger, () => handle(request, response, next));
}
