// Holds unit tests to what their name says: what starts a process or opens a socket fails.

import { ChildProcess } from "node:child_process";
import { Server, Socket } from "node:net";
import { afterAll, vi } from "vitest";

function refuse(): never {
  throw new Error(
    "Expected a unit test to need no process and no socket; this one does. Name its file .test.ts instead of .unit.test.ts.",
  );
}

const refusals = [
  vi.spyOn(Socket.prototype, "connect").mockImplementation(refuse),
  vi.spyOn(Server.prototype, "listen").mockImplementation(refuse),
  // Not in the types: what `spawn`, `exec` and their like call.
  vi.spyOn(Object.getPrototypeOf(new ChildProcess()), "spawn").mockImplementation(refuse),
];
afterAll(() => {
  for (const refusal of refusals) refusal.mockRestore();
});
