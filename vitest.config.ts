import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { keepCompiledCode } from "./test/support/compile-cache.ts";
import { keepTemporaryFilesInMemory } from "./test/support/memory-folder.ts";

/** These take longest: they wait for a store that does not answer, or for programs and servers that start. */
const slow = [
  "dead-connections",
  "faults/",
  "processes",
  "process/",
  "cli/",
  "tools/",
  "db/embedded/",
  "workers/",
  "queues/",
  "api/hostile-questions",
  "api/login/",
];

const isSlow = ({ moduleId }: TestSpecification): boolean =>
  slow.some((beginning) => moduleId.includes(`/test/${beginning}`));

/** Begins with the slow files, so that none of them is left over at the end, when the others are done. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is a sequencer's method
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

keepTemporaryFilesInMemory();
keepCompiledCode();

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.unit.test.ts"],
          setupFiles: ["test/support/refuse-servers.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.unit.test.ts", "test/faults/**"],
          globalSetup: ["test/support/global-setup.ts"],
        },
      },
    ],
    // Files share the processes that run them. To load the service anew for each took two fifths of the time.
    isolate: false,
    // More than there are cores on a small machine, for much of the time is spent waiting.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is awaited comes within this on a busy machine too; a quiet one never waits for it.
    expect: { poll: { timeout: 30_000 } },
  },
});
