// Makes the faults of a storm.

import { setTimeout as sleep } from "node:timers/promises";
import type { Program, ProgramRole } from "../lab/program.ts";
import type { TcpProxy } from "../lab/tcp-proxy.ts";
import { fleet, type NetworkFault } from "./faults.ts";
import type { Installation } from "./installation.ts";
import { putPoison } from "./poison.ts";
import type { Requests } from "./requests.ts";
import type { Fault } from "./schedule.ts";

const clockOff = new URL("../lab/clock-ahead.ts", import.meta.url).href;
const delayMs = 150;
const failoverMsMax = 20_000;

/** The kill points that a process of a role comes to, and how often it comes there before it dies, at most. */
const killPoints: Readonly<Record<ProgramRole, readonly { name: string; timesMax: number }[]>> = {
  api: [
    { name: "orders-stored", timesMax: 40 },
    { name: "order-unanswered", timesMax: 40 },
  ],
  worker: [
    { name: "batch-written", timesMax: 20 },
    { name: "batch-committed", timesMax: 20 },
    { name: "mail-claimed", timesMax: 2 },
    { name: "link-opened", timesMax: 2 },
    { name: "mail-handed-over", timesMax: 2 },
  ],
};

/** Makes one fault. Resolves with whether it struck something, when it has ended. */
export async function strike(
  installation: Installation,
  requests: Requests,
  fault: Fault,
): Promise<boolean> {
  const { lab, crew, mail } = installation;
  const { kind, place, roll, durationMs } = fault;
  const program = crew.at(place);
  switch (kind) {
    case "kill":
      return crew.kill(place);
    case "terminate":
      return crew.terminate(place);
    case "kill point": {
      const points = killPoints[fleet[place] ?? "api"];
      const point = points[roll % points.length];
      if (point === undefined) return false;
      const times = 1 + (roll % point.timesMax);
      return crew.kill(place, { killPoint: { name: point.name, times } });
    }
    case "clock off":
      return crew.kill(place, { preload: [clockOff] });
    case "freeze":
      if (program === null) return false;
      program.freeze();
      await sleep(durationMs);
      program.wake();
      return true;
    case "reset":
    case "refuse":
    case "silence old":
    case "silence all":
    case "delay":
    case "lose commit":
    case "lose answer":
      if (program === null) return false;
      await strikeNetwork(program, fault, kind);
      return true;
    case "mail server away":
      mail.setAway(true);
      await sleep(durationMs);
      mail.setAway(false);
      return true;
    case "mails put off":
      mail.setPuttingOff(true);
      await sleep(durationMs);
      mail.setPuttingOff(false);
      return true;
    case "poison":
      await putPoison(installation, roll);
      return true;
    case "PostgreSQL stopped":
      await lab.postgres.stopAtOnce();
      await sleep(durationMs);
      await lab.postgres.startAgain();
      leadToStores(installation);
      return true;
    case "sessions ended":
      await lab.postgres.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
      );
      return true;
    case "Redis killed":
      await lab.redis?.kill();
      await sleep(durationMs);
      await lab.redis?.startAgain();
      leadToStores(installation);
      return true;
    case "Redis flushed":
      await lab.redis?.client().flushall();
      await installation.cluster?.flush();
      return true;
    case "scripts flushed":
      await lab.redis?.client().script("FLUSH");
      return true;
    case "master killed":
      await killMaster(installation, fault);
      return true;
    case "order repeated at once":
    case "other body":
    case "bulk":
    case "cancel":
    case "refund":
    case "adjust":
    case "receive":
    case "save product":
    case "invite":
      requests.begin(kind, roll);
      return true;
  }
}

async function strikeNetwork(
  { role, database, redis }: Program,
  { roll, durationMs }: Fault,
  kind: NetworkFault,
): Promise<void> {
  const proxy: TcpProxy = roll % 2 === 0 ? database : (redis ?? database);
  // How the API and a worker write: orders by one statement, batches by a transaction.
  const write = role === "api" ? "insert-orders" : "commit\0";
  switch (kind) {
    case "reset":
      return proxy.reset();
    case "silence old":
      // Nobody ends it: the process must notice by itself.
      return proxy.silenceOld();
    case "lose commit":
      await Promise.race([database.loseMessage(write), sleep(durationMs)]);
      return;
    case "lose answer":
      await Promise.race([database.loseAnswer(write), sleep(durationMs)]);
      return;
    case "refuse":
      proxy.refuse();
      break;
    case "silence all":
      proxy.silenceAll();
      break;
    case "delay":
      proxy.delay(delayMs);
      break;
  }
  await sleep(durationMs);
  proxy.heal();
}

/** Kills a master, waits until its replica has taken over, and starts it again as a replica. */
async function killMaster({ cluster }: Installation, { roll, durationMs }: Fault): Promise<void> {
  if (cluster === null) return;
  const masters = await cluster.masters();
  const victim = masters[roll % masters.length];
  if (victim === undefined) return;
  await cluster.kill(victim);
  const until = performance.now() + failoverMsMax;
  while ((await cluster.masters()).length < masters.length && performance.now() < until) {
    await sleep(100);
  }
  await sleep(durationMs);
  await cluster.startAgain(victim);
  await cluster.whole(failoverMsMax);
}

function leadToStores({ lab }: Installation): void {
  for (const { database, redis } of lab.programs()) {
    database.leadTo(lab.postgres.url());
    if (lab.redis !== null) redis?.leadTo(lab.redis.url());
  }
}
