// How fast orders are accepted, with the answer 202 after they are durable. Compared with an Express that stores nothing.

import { reportIntakeBatches } from "../support/batch-sizes.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { orderLoad, startApi, startBareExpress, startLoad } from "../support/load.ts";
import { measureLog } from "../support/log-bytes.ts";
import { measureUse } from "../support/processor-time.ts";
import { withStore } from "../support/store.ts";

/** Durable orders per second, while no worker runs. */
export const intakeRate: Measurement = {
  name: "intake",
  unit: "orders/s",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", async (store) => {
      const api = await startApi(store);
      await store.pool.query("checkpoint");
      const reportLog = await measureLog(lab, store.pool);
      const use = await measureUse(lab, { API: api.pid });
      const { perSecond, answered } = await startLoad(store, orderLoad(lab, api.url)).result;
      await use.report(answered);
      await reportLog(answered);
      await reportIntakeBatches(lab, store.pool);
      await store.books.check({ orders: answered, mayWait: true });
      return perSecond;
    }),
};

const bareExpress: Measurement = {
  name: "bare Express",
  unit: "requests/s",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", async (store) => {
      const server = await startBareExpress(store);
      const use = await measureUse(lab, { Express: server.pid });
      const { perSecond, answered } = await startLoad(store, orderLoad(lab, server.url)).result;
      await use.report(answered);
      return perSecond;
    }),
};

export const intakeFigure: Figure = {
  id: "intake",
  title: "intake",
  measured: "POST /orders answered 202 when durable, 64 connections, one API process",
  yardstick: "bare Express 5 that parses the same request and answers 202",
  unit: "orders/s",
  ...ratioOf(intakeRate, bareExpress),
  goal: { atLeast: 0.5 },
};
