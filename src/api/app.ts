// The Express app: all routes of the service, in the order in which a request is matched.

import express, { type Express } from "express";
import { adminAppRouter } from "./admin-app/admin-app-router.ts";
import { adminRouter } from "./admin-router.ts";
import { createRefusalLog } from "./auth/access-log.ts";
import type { ApiContext } from "./context.ts";
import { docsRouter } from "./docs/docs-router.ts";
import { problemsRouter } from "./docs/problems-router.ts";
import { createEndpoints, type EndpointParts } from "./endpoints.ts";
import { healthRouter } from "../health/health-router.ts";
import { metricsRouter } from "../health/metrics-router.ts";
import { answerProblems } from "./http/answer-problems.ts";
import { addPlainHeaders, tlsOnly } from "./http/plain-headers.ts";
import { Problem } from "./http/problem.ts";
import { createBodyReader } from "./http/read-body.ts";
import { requestIdHeader, requestIdOf } from "./http/request-id.ts";
import { measureRequest } from "./http/request-times.ts";
import { createRouter, noSuchAddress } from "./http/router.ts";
import { unsubscribeRouter } from "./unsubscribe/unsubscribe-router.ts";
import { sessionOperations } from "./login/session-operations.ts";

/** The parts that the app needs besides the common context. */
export type AppParts = EndpointParts & {
  readonly version: string;
  readonly isStopping: () => boolean;
};

/** Creates the app. */
export function createApp(context: ApiContext, parts: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  // Endpoints set an ETag for a resource's version. Express would hash every body, which costs time for no use.
  app.disable("etag");
  app.set("trust proxy", context.config.TRUST_PROXY);
  app.set("query parser", "simple");

  const endpoints = createEndpoints(context, parts);
  const bodies = createBodyReader();
  const { onAnswer } = context.metrics;
  const logRefusal = createRefusalLog(context.log);
  if (context.config.PUBLIC_URL?.startsWith("https:") === true) {
    app.use((_request, response, next) => {
      response.setHeader(...tlsOnly);
      next();
    });
  }
  // The API's endpoints come first, so that an order passes through as few handlers as possible.
  app.use(createRouter(endpoints, parts.auth.authenticate, bodies, onAnswer, context.tracing));
  app.use((request, response, next) => {
    measureRequest(request, response, onAnswer);
    addPlainHeaders(response);
    response.setHeader(requestIdHeader, requestIdOf(request, response));
    next();
  });
  app.use(adminRouter(context, { auth: parts.auth, bodies, logRefusal }));
  app.use(unsubscribeRouter(context));
  app.use("/api/v1", noSuchAddress(parts.auth.authenticate));
  app.use(adminAppRouter(parts.auth));
  const { orderPool, intake } = parts;
  app.use(
    healthRouter({ ...context, orderPool, oldestOrderMs: intake.oldestMs }, parts.isStopping),
  );
  const { METRICS_PORT, METRICS_KEY } = context.config;
  if (METRICS_PORT === undefined) app.use(metricsRouter(context, METRICS_KEY));
  app.use(docsRouter(endpoints, sessionOperations, parts.version));
  app.use(problemsRouter([...endpoints, ...sessionOperations]));
  app.get("/", (_request, response) => {
    response.redirect(302, "/admin");
  });
  app.use((request) => {
    throw new Problem(
      "not-found",
      `There is no ${request.path}. The API is below /api/v1; see /docs.`,
    );
  });
  app.use(answerProblems(context.log, logRefusal));
  return app;
}
