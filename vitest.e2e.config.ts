// The tests in a real browser, apart from the others because they need one, and the built admin app.

import { defineConfig } from "vitest/config";
import { keepCompiledCode } from "./test/support/compile-cache.ts";
import { keepTemporaryFilesInMemory } from "./test/support/memory-folder.ts";

keepTemporaryFilesInMemory();
keepCompiledCode();

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.e2e.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Files share the processes that run them, which load the service once.
    isolate: false,
    // What is awaited comes within this on a busy machine too; a quiet one never waits for it.
    expect: { poll: { timeout: 30_000 } },
  },
});
