import { Socket } from "node:net";
import express from "express";
import { expect, it } from "vitest";
import { messageClassesOf } from "../../src/runtime/message-classes.ts";

it("requests and responses are born with the prototypes that Express would give them", () => {
  const app = express();
  app.set("trust proxy", true);
  const { IncomingMessage, ServerResponse } = messageClassesOf(app);
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  expect(Object.getPrototypeOf(request)).toBe(app.request);
  expect(Object.getPrototypeOf(response)).toBe(app.response);
  expect(request).toBeInstanceOf(IncomingMessage);
  // What Express itself put there is still found.
  expect(app.request.app).toBe(app);
  expect(app.response.app).toBe(app);
  expect(response).toHaveProperty("json", express.response.json);
});
