import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type AnnounceLog,
  announceOrLeaveToSweeper,
} from "../../src/queues/announce-or-leave-to-sweeper.ts";
import type { QueueBackend } from "../../src/queues/backend.ts";
import { mailJob } from "../../src/queues/jobs/send-mail.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { createRedisBackend } from "../../src/queues/redis-backend.ts";
import { queueBackends, type QueueStore } from "../support/backends.ts";

const onError = (): void => undefined;
const job = mailJob({
  id: "01981111-2222-7333-8444-555555555555",
  to: "ann@example.com",
  about: "MUG",
});

describe.each(queueBackends)("work whose row is committed, with the queue on $name", (stores) => {
  let store: QueueStore;
  let backend: QueueBackend;
  const warn = vi.fn<AnnounceLog["warn"]>();

  beforeEach(async () => {
    warn.mockClear();
    store = await stores.create();
    backend =
      store.kind === "postgres"
        ? await createPostgresQueueBackend({ databaseUrl: store.databaseUrl, onError })
        : createRedisBackend({ address: { url: store.redisUrl }, prefix: store.prefix, onError });
    await backend.queues["send-mail"].bull.waitUntilReady();
  });
  afterEach(async () => {
    await backend.close();
    await store.discard();
  });

  it("is announced, also if it has to be found first", async () => {
    const queue = backend.queues["send-mail"];
    await announceOrLeaveToSweeper(queue, () => Promise.resolve([job]), { warn });
    expect(await queue.lookUp(job.id)).toBe("open");
    expect(warn).not.toHaveBeenCalled();
  });

  it("is left to the sweeper with a warning that names its jobs, if the store is gone", async () => {
    await backend.close();
    await announceOrLeaveToSweeper(backend.queues["send-mail"], [job], { warn });
    expect(warn.mock.calls).toEqual([
      [
        { err: expect.any(Error), jobs: [job.id] },
        "send-mail: stored but not announced; the sweeper will",
      ],
    ]);
  });

  it("is left to the sweeper with a warning, if it can't be found", async () => {
    const err = new Error("The database is away.");
    await announceOrLeaveToSweeper(backend.queues["send-mail"], () => Promise.reject(err), {
      warn,
    });
    expect(warn.mock.calls).toEqual([[{ err, jobs: [] }, expect.any(String)]]);
  });
});
