// An upgrade from the last release while orders come in, with old and new processes side by side, and the way back. The old
// processes are the program as it was, built from the project's history.

import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { isAccepted } from "../../tools/lab/clients.ts";
import type { Lab } from "../../tools/lab/lab.ts";
import { buildRelease, findLastRelease, type Release } from "../../tools/lab/last-release.ts";
import type { Program } from "../../tools/lab/program.ts";
import { prove } from "../../tools/lab/prove.ts";
import { runTallyman } from "../cli/run-tallyman.ts";
import { dist } from "../support/built.ts";
import { labQueues, openTestLab } from "../support/lab.ts";
import { startLoad } from "../support/lab-load.ts";

const newMain = fileURLToPath(new URL("main.js", dist));

const commit = await findLastRelease();
if (commit === null) {
  // A clone without the history passes, but says that nothing was rehearsed.
  console.warn(
    'The upgrade from the last release was NOT rehearsed: this clone does not have its commit. Run "git fetch --unshallow", then this test again.',
  );
}

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

describe.skipIf(commit === null)("an upgrade from the last release", { timeout: 300_000 }, () => {
  let old: Release;
  beforeAll(async () => {
    old = await buildRelease(commit ?? "");
  }, 400_000);

  const migrateWith = async (program: string | undefined, url: string): Promise<void> => {
    const ended = await runTallyman(["migrate"], { DATABASE_URL: url }, { program }).ended;
    expect(ended).toMatchObject({ code: 0 });
  };

  /** An API and a worker of one version. */
  const startBoth = (on: Lab, main: string): Promise<Program[]> =>
    Promise.all([on.start("api", { main }), on.start("worker", { main })]);

  const stop = async (programs: readonly Program[]): Promise<void> => {
    for (const ending of await Promise.all(programs.map((program) => program.terminate()))) {
      expect(ending).toMatchObject({ code: 0 });
    }
  };

  it.each(labQueues)(
    "loses and doubles nothing, also on the way back, with queues on %s",
    async (queue) => {
      const opened = await openTestLab(queue, {}, (url) => migrateWith(old.tallyman, url));
      lab = opened;
      let olds = await startBoth(opened, old.main);
      const clients = await startLoad(opened);
      /** Resolves when orders are accepted and decided by those processes that run now. */
      const traffic = async (): Promise<void> => {
        const from = clients.journal.length;
        const served = () =>
          clients.journal.slice(from).filter(({ answers }) => answers.some(isAccepted)).length;
        await vi.waitFor(() => expect(served()).toBeGreaterThan(60), 60_000);
        const waiting = `select from "order" where status = 'pending' and accepted_at < now() - interval '5 seconds'`;
        await vi.waitFor(
          async () => expect(await opened.postgres.sql(waiting)).toEqual([]),
          60_000,
        );
      };
      await traffic();

      // A new process refuses until the schema is there, and old ones serve while it is made.
      await expect(opened.start("worker", { main: newMain })).rejects.toThrow(
        /The database lacks \d+ migrations.*Run `npx tallyman migrate` once/s,
      );
      await Promise.all([migrateWith(undefined, opened.postgres.url()), traffic()]);
      await traffic();

      const news = await startBoth(opened, newMain);
      await traffic();
      await stop(olds);
      await traffic();

      // The way back: the old version runs on the new schema, beside the new one and alone.
      olds = await startBoth(opened, old.main);
      await traffic();
      await stop(news);
      await traffic();

      const again = await startBoth(opened, newMain);
      await stop(olds);
      await traffic();
      await clients.finish(60_000);
      expect(again.map((program) => program.hasEnded())).toEqual([false, false]);
      const proof = await prove(opened, clients.journal);
      expect(proof.accepted).toBeGreaterThan(300);
    },
  );
});
