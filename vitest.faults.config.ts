import { defineConfig } from "vitest/config";
import { keepCompiledCode } from "./test/support/compile-cache.ts";
import { keepTemporaryFilesInMemory } from "./test/support/memory-folder.ts";

keepTemporaryFilesInMemory();
keepCompiledCode();

// Tests that break stores, networks and processes. Each starts an installation of its own, and waits for its recovery.

export default defineConfig({
  test: {
    name: "faults",
    include: ["test/faults/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    // Each runs several processes and stores. More at once only wait for the processor, longer than their limits allow.
    maxWorkers: 2,
    testTimeout: 400_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
