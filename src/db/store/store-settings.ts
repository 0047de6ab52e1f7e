// Reads and writes the store's settings: one row, which always exists.

import { LockMode, type MikroORM } from "@mikro-orm/postgresql";
import type { Language } from "../../domain/language/languages.ts";
import type { StockTaking } from "../../domain/order/payment.ts";
import { changedFacts, type Facts } from "../../domain/activity/act.ts";
import { recordAct } from "../activity/record-acts.ts";
import { sqlWithin } from "../sql/sql.ts";
import { Store } from "../entities/store.ts";
import { Refused } from "../refused.ts";

/** The settings. If a mail setting is null, that of the configuration applies. */
export type StoreSettings = {
  readonly name: string;
  readonly mailFromName: string | null;
  readonly mailFromEmail: string | null;
  readonly replyToEmail: string | null;
  /** Whether units go back to stock when they are cancelled or refunded, if the request does not say. */
  readonly restockOnReturn: boolean;
  readonly takeStock: StockTaking;
  /** The lead time of products that have none of their own; null: `usualLeadDays`. */
  readonly leadDays: number | null;
  /** The language of mails to people who have chosen none. */
  readonly language: Language;
};

/** The settings with their version. */
export type StoreView = StoreSettings & { readonly version: number; readonly updatedAt: Date };

/** Reads the settings. */
export async function readStore(orm: MikroORM): Promise<StoreView> {
  return viewStore(await orm.em.fork().findOneOrFail(Store, { id: 1 }));
}

/** Replaces the settings; optional ones that are left out stay. Throws `Refused` if `matchesVersion` refuses their version. */
export function saveStore(
  orm: MikroORM,
  settings: Omit<StoreSettings, "restockOnReturn" | "takeStock" | "leadDays" | "language"> & {
    readonly restockOnReturn?: boolean | undefined;
    readonly takeStock?: StockTaking | undefined;
    readonly leadDays?: number | null | undefined;
    readonly language?: Language | undefined;
  },
  matchesVersion: (version: number) => boolean,
): Promise<StoreView> {
  return orm.em.fork().transactional(async (em) => {
    const store = await em.findOneOrFail(
      Store,
      { id: 1 },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!matchesVersion(store.version)) throw new Refused({ kind: "stale-version", of: "store" });
    const before = viewStore(store);
    const {
      restockOnReturn = store.restockOnReturn,
      takeStock = store.takeStock,
      language = store.language,
    } = settings;
    const leadDays = settings.leadDays === undefined ? store.leadDays : settings.leadDays;
    em.assign(store, { ...settings, restockOnReturn, takeStock, leadDays, language });
    await em.flush();
    const after = viewStore(store);
    const changed = changedFacts(factsOf(before), factsOf(after));
    if (changed !== null) {
      const subject = { id: "store", name: before.name };
      await recordAct(sqlWithin(em), { kind: "store.changed", subject, ...changed });
    }
    return after;
  });
}

function factsOf({ version: _version, updatedAt: _updatedAt, ...settings }: StoreView): Facts {
  return settings;
}

function viewStore(store: Store): StoreView {
  const { name, mailFromName, mailFromEmail, replyToEmail } = store;
  const { restockOnReturn, takeStock, language } = store;
  return {
    name,
    mailFromName: mailFromName ?? null,
    mailFromEmail: mailFromEmail ?? null,
    replyToEmail: replyToEmail ?? null,
    restockOnReturn,
    takeStock,
    leadDays: store.leadDays ?? null,
    language,
    version: store.version,
    updatedAt: store.updatedAt,
  };
}
