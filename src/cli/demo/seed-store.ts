// Fills the demo's store through the API, as a shop's system would.

import * as z from "zod";
import { alertedGroup } from "../../domain/access/permissions.ts";
import type { ApiClient } from "../api-client.ts";
import { demoManagers, demoProducts } from "./demo-store.ts";

const anything = z.unknown();
const userReply = z.object({ id: z.string() });
const groupReply = z.object({ name: z.string(), permissions: z.array(z.string()) });

/** How many steps `seedStore` has. */
export const seedSteps = demoProducts.length + demoManagers.length + 1;

/** Creates the products and the managers. Calls `onSeeded` with the number of steps done so far. */
export async function seedStore(api: ApiClient, onSeeded: (count: number) => void): Promise<void> {
  let seeded = 0;
  for (const { sku, ...product } of demoProducts) {
    await api.put(`/products/${encodeURIComponent(sku)}`, product, anything);
    onSeeded((seeded += 1));
  }
  const members: string[] = [];
  for (const manager of demoManagers) {
    const { id } = await api.post("/admin-users", manager, userReply);
    members.push(id);
    onSeeded((seeded += 1));
  }
  // The first administrator is the group's first member. Here the demo's managers replace them.
  const { name, permissions } = await api.get(`/admin-groups/${alertedGroup}`, groupReply);
  await api.put(`/admin-groups/${alertedGroup}`, { name, permissions, members }, anything);
  onSeeded((seeded += 1));
}
