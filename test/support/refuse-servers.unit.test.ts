import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";

const refusal = /^Expected a unit test to need no process and no socket/;

it.each([
  ["starts a process", () => spawn("true")],
  ["connects", () => connect(5432)],
  ["listens", () => createServer().listen(0)],
])("a unit test that %s is refused", (_name, act) => {
  expect(act).toThrow(refusal);
});

it("a unit test that asks over HTTP is refused", async () => {
  const message = expect.stringMatching(refusal);
  await expect(fetch("http://127.0.0.1:5432")).rejects.toMatchObject({ cause: { message } });
});
