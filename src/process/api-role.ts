// The API role: serves requests, and listens for what other processes decide.

import { createFeedWatch } from "../api/events/feed-watch.ts";
import { readHorizon } from "../db/feed/horizon.ts";
import type { Logger } from "pino";
import { createApp } from "../api/app.ts";
import { type Authenticator, createAuthenticator } from "../api/auth/authenticator.ts";
import { createLastUses } from "../api/auth/last-uses.ts";
import {
  insertConfiguredAccess,
  type MadeAccess,
  makeFirstAccess,
  missingAccess,
  type ShowMadeAccess,
} from "./bootstrap.ts";
import type { ApiContext } from "../api/context.ts";
import { createBacklogWatch, lookEachSecond } from "../api/orders/backlog-watch.ts";
import { createDecisionWaiters, type DecisionWaiters } from "../api/orders/decision-waiters.ts";
import { createIntake } from "../api/orders/intake.ts";
import { createItemReader } from "../api/availability/item-reader.ts";
import { createOrderReader } from "../api/orders/order-reader.ts";
import type { Config } from "../config.ts";
import { recordLastUse } from "../db/access/record-last-use.ts";
import { channels } from "../db/channels.ts";
import { type Listener, startListener } from "../db/listener.ts";
import { readDecisionProgress } from "../db/orders/read-decision-progress.ts";
import { createPool } from "../db/sql/pool.ts";
import { countDown, settlesInTime, type TimeLeft } from "../flow/deadline.ts";
import { createTemplateThread } from "../emails/templating/template-thread.ts";
import { createAddressGuard } from "../webhooks/address-guard.ts";
import { createPost } from "../webhooks/post.ts";
import { version } from "./version.ts";
import { createHttpServer } from "./http-server.ts";
import { createMetricsServer } from "./metrics-server.ts";
import type { Resources } from "./resources.ts";

/** A running API role. */
export type ApiRole = {
  readonly url: string;
  /**
   * Creates and shows the credentials that an embedded store lacks; of another store it logs what it lacks. Call it
   * last, when everything else has started: a start that fails must not create any.
   */
  makeFirstAccess(show: ShowMadeAccess): Promise<MadeAccess>;
  /** Finishes the requests in progress, then closes everything. Resolves in time, even if a store does not answer. */
  stop(left: TimeLeft): Promise<void>;
};

/** Connections for order intake, which writes two batches at a time, and for two reads of decisions. */
const orderConnections = 4;

/** Connections for availability reads. */
const itemConnections = 2;

/** How long the render of one preview may take, and how many previews may wait for theirs. */
const templateLimits = { workMs: 1_000, pendingMax: 4 };

/** Starts the role. Resolves when it listens; rejects if it can't listen at the address. */
export async function startApi(
  config: Config,
  resources: Resources,
  log: Logger,
): Promise<ApiRole> {
  const { orm, backend, transport, databaseUrl, metrics, tracing } = resources;
  await insertConfiguredAccess(orm, config);
  const pools = openPools(config, databaseUrl, log);
  const { pool, orderPool, itemPool } = pools;
  metrics.addPool("requests", pool);
  metrics.addPool("orders", orderPool);
  metrics.addPool("availability", itemPool);
  const waiters = createDecisionWaiters();
  const intake = createIntake(orderPool, backend.queues, log, metrics.onStored, tracing);
  const readOrder = createOrderReader(orderPool);
  const backlog = lookEachSecond(
    createBacklogWatch((countMax) => readDecisionProgress(pool, countMax)),
  );
  const readItems = createItemReader(itemPool);
  const feedWatch = createFeedWatch(() => readHorizon(pool));
  let listener: Listener | undefined;
  let url = "";
  let stopping = false;
  const publicUrl = () => config.PUBLIC_URL ?? url;
  const auth = createAuthenticator({
    config,
    // An order is authenticated before anything else, so it must not wait for connections that reads hold.
    pool: orderPool,
    publicUrl,
    isListening: () => listener?.isListening() ?? false,
    noteUse: createLastUses((ids) => recordLastUse(pool, ids), log),
  });
  listener = await listenForChanges(databaseUrl, waiters, auth, log);

  const templates = createTemplateThread(templateLimits);
  const posting = { allowed: config.WEBHOOK_ALLOWED_ADDRESSES ?? [] };
  const poster = createPost(posting);
  const context: ApiContext = {
    config,
    orm,
    pool,
    backend,
    transport,
    templates,
    webhooks: {
      urlRefusal: createAddressGuard(posting).urlRefusal,
      post: poster.post,
    },
    log,
    metrics,
    tracing,
    publicUrl,
  };
  const app = createApp(context, {
    orderPool,
    intake,
    waiters,
    readOrder,
    backlog,
    readItems,
    feedWatch,
    auth,
    version,
    isStopping: () => stopping,
  });
  const server = createHttpServer(app, config.TRUST_PROXY);
  const metricsServer = createMetricsServer(config, context);

  const whenOver = (): void => {
    waiters.endWaits();
    feedWatch.end();
  };
  const stop = async (left: TimeLeft): Promise<void> => {
    stopping = true;
    backlog.stop();
    const graceMs = config.SHUTDOWN_GRACE_MS;
    await server.close(left(0.8), { graceMs, whenOver });
    await settlesInTime(intake.close(), left(0.5));
    const rest = Promise.allSettled([templates.close(), listener?.close(), pools.end()]);
    await settlesInTime(rest, left(0.8));
    poster.close();
    await metricsServer?.close(left(0.5));
  };
  try {
    url = await server.listen(config);
    await metricsServer?.listen();
  } catch (error) {
    await stop(countDown(config.SHUTDOWN_DEADLINE_MS));
    throw error;
  }
  const isEmbedded = resources.dataDir !== null;
  return {
    url,
    async makeFirstAccess(show) {
      if (isEmbedded) return makeFirstAccess(orm, publicUrl(), show);
      for (const sentence of await missingAccess(orm)) log.warn(sentence);
      return {};
    },
    stop,
  };
}

/** Opens the pools of the API. Orders and availability have their own, so that they never wait for other requests. */
function openPools(config: Config, databaseUrl: string, log: Logger) {
  const options = {
    synchronousCommit: config.SYNCHRONOUS_COMMIT,
    onError: (error: Error) => log.warn({ err: error }, "idle database connection lost"),
  };
  const hotPool = (max: number) => createPool(databaseUrl, { ...options, max, plans: "once" });
  const pools = {
    pool: createPool(databaseUrl, { ...options, max: config.DATABASE_POOL }),
    orderPool: hotPool(orderConnections),
    itemPool: hotPool(itemConnections),
  };
  const end = () => Promise.allSettled(Object.values(pools).map((each) => each.end()));
  return { ...pools, end };
}

/** Listens for decided orders and changes of access. After a gap, both may have happened without a notification. */
function listenForChanges(
  databaseUrl: string,
  waiters: DecisionWaiters,
  auth: Authenticator,
  log: Logger,
): Promise<Listener> {
  return startListener(databaseUrl, {
    channels: {
      [channels.orderDecided]: waiters.wake,
      [channels.accessChanged]: auth.onAccessChanged,
    },
    onGap: () => {
      waiters.wakeAll();
      auth.onAccessChanged();
    },
    onError: (error) => log.warn({ err: error }, "notifications interrupted; listening again"),
  });
}
