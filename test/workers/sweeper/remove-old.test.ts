import { pino } from "pino";
import { expect, it, onTestFinished, vi } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { start } from "../../../src/process/start.ts";
import { startTestService } from "../../support/service.ts";

it("workers remove by themselves what is older than it is kept, and nothing else", async () => {
  const api = await startTestService({ roles: ["api"], environment: { KEEP_EVENTS_DAYS: "7" } });
  onTestFinished(() => api.stop());
  await api.sql(`insert into event (type, data, at)
    select 'test.old', '{}'::json, now() - interval '8 days' from generate_series(1, 30000)
    union all select 'test.new', '{}'::json, now() - interval '6 days'`);
  await api.sql(`insert into idempotent_request (actor, key, fingerprint, response, at)
    values ('key', 'old', '', 'null', now() - interval '8 days'), ('key', 'new', '', 'null', now())`);
  const environment = { ...api.environment, PORT: "0", SWEEP_INTERVAL_MS: "100" };
  const worker = await start(readConfig(environment), {
    roles: ["worker"],
    log: pino({ level: "silent" }),
  });
  onTestFinished(() => worker.stop());
  await vi.waitFor(
    async () => {
      expect(await api.sql("select type from event")).toEqual([{ type: "test.new" }]);
      expect(await api.sql("select key from idempotent_request")).toEqual([{ key: "new" }]);
    },
    { timeout: 20_000, interval: 50 },
  );
});
