// A preload for the processes of the laboratory. Code names its kill points by comments, `//! kill point: <name>` on a
// line of their own; the build keeps comments that begin with `//!`, and this turns them into calls. What ships has only
// the comments, so nobody can reach them there.
//
// LAB_KILL_POINT=<name>:<n>:<signal> sends the process that signal when it comes to that point for the nth time.

import { registerHooks } from "node:module";

const [name = "", times = "1", signal = "SIGKILL"] = (process.env["LAB_KILL_POINT"] ?? "").split(
  ":",
);
let left = Number(times);

const passed = (point: unknown): void => {
  if (point !== name) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, signal);
};
Object.defineProperty(globalThis, "passKillPoint", { value: passed });

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!/\/dist\/.*\.js$/.test(url) || loaded.source === undefined || loaded.source === null) {
      return loaded;
    }
    const text =
      typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
    const source = text.replace(
      /^(\s*)\/\/! kill point: ([\w-]+)$/gm,
      "$1globalThis.passKillPoint('$2');",
    );
    return { ...loaded, source };
  },
});
