// The endpoints of webhooks, in the order of the OpenAPI document.

import {
  changeWebhookEndpoint,
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  listWebhookAttemptsEndpoint,
  listWebhooksEndpoint,
  readWebhookEndpoint,
} from "./webhook-endpoints.ts";
import {
  disableWebhookEndpoint,
  pauseWebhookEndpoint,
  replayWebhookEndpoint,
  resumeWebhookEndpoint,
  rotateWebhookSecretEndpoint,
} from "./webhook-act-endpoints.ts";
import { testWebhookEndpoint } from "./test-webhook-endpoint.ts";

/** Each by the name of its function. */
export const webhookEndpoints = {
  listWebhooksEndpoint,
  createWebhookEndpoint,
  readWebhookEndpoint,
  changeWebhookEndpoint,
  deleteWebhookEndpoint,
  pauseWebhookEndpoint,
  resumeWebhookEndpoint,
  disableWebhookEndpoint,
  replayWebhookEndpoint,
  rotateWebhookSecretEndpoint,
  testWebhookEndpoint,
  listWebhookAttemptsEndpoint,
};
