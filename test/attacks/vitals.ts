// Runs inside the attacked process, loaded before the program (`node --import`). Tells the test how long the program
// has kept its event loop from others, and how much memory it holds.

import { createHistogram } from "node:perf_hooks";

const everyMs = 5;
const busyMicroseconds = createHistogram();

// The processor's time of this thread between two timers is what nobody else got. Time that the machine gave to other
// processes is no part of it, so a busy machine changes nothing.
let before = process.threadCpuUsage();
const look = () => {
  const now = process.threadCpuUsage();
  const busy = now.user + now.system - before.user - before.system;
  before = now;
  if (busy > 0) busyMicroseconds.record(busy);
};
setInterval(look, everyMs).unref();

process.on("message", () => {
  look();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  before = process.threadCpuUsage();
  process.send?.({
    heldMb: (heapUsed + external) / 1e6,
    rssMb: rss / 1e6,
    longestMs: busyMicroseconds.max / 1e3,
    p99Ms: busyMicroseconds.percentile(99) / 1e3,
  });
  busyMicroseconds.reset();
});
process.channel?.unref();
