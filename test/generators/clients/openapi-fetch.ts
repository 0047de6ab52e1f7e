// Places an order with openapi-fetch, typed by openapi-typescript.

import createClient from "openapi-fetch";
import type { paths } from "../made/openapi-typescript.js";
import { key, order, prefer, tell, url } from "./told.js";

const client = createClient<paths>({
  baseUrl: url,
  headers: { authorization: `Bearer ${key}` },
});
const { data, error, response } = await client.POST("/api/v1/orders", {
  params: { header: { Prefer: prefer } },
  body: order,
});
tell(response.status, data ?? error);

/** Never called: the types must refuse an order without lines. */
export const withoutLines = () =>
  // @ts-expect-error -- lines are missing
  client.POST("/api/v1/orders", { body: { reference: order.reference } });
