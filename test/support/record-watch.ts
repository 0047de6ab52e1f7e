// Watches which operations leave a record of who did them, and looks for secrets in the record.

import * as z from "zod";
import type { TestService } from "./service.ts";

/** Operations that change something and are not in the record of activity, with what tells of them instead. */
export const elsewhere: Readonly<Record<string, string>> = {
  placeOrder: "the order's status log",
  placeBulk: "the order's status log",
  payOrder: "the order's status log",
  cancelOrder: "the order's status log",
  refundOrder: "the order's status log",
  restockOrder: "the order's status log",
  adjustStock: "the ledger",
  adjustStockInBulk: "the ledger",
  undoMovement: "the ledger",
  receive: "the ledger, and the receipt",
  noteAlert: "the alert, which says who sees to it",
  chooseAlertMails: "the person's choice, which says who made it",
  chooseRegion: "the person's account, which has what they chose",
  watchItem: "the person's choice, which only the person reads",
  unwatchItem: "the person's choice, which only the person reads",
  resendMails:
    "the record of activity, if a mail is sent again; the examples' store has none that failed",
  tryMailsNow: "nothing: it only makes mails that wait go sooner",
  saveProductsInBulk: "the events of the products",
  importProducts: "the events of the products",
  announceDelivery: "the delivery, which says who announced it",
  closeDelivery: "the delivery, which says who closed it",
  checkAvailability: "nothing: it only reads",
  previewTemplate: "nothing: it only reads",
  removeSecondFactor: "the record of activity, if the person has one; the example's has none",
  beginSecondFactor: "nothing: what it begins is off until it is confirmed",
};

/** Watches one service. */
export type RecordWatch = {
  /** The operations that have left a record. */
  readonly recorded: ReadonlySet<string>;
  /** Runs an operation, and notes whether it left one. */
  watch<T>(operationId: string, work: () => Promise<T>): Promise<T>;
  /** The kinds of all acts that are recorded. */
  kinds(): Promise<ReadonlySet<string>>;
  /** Those of the secrets, and of all that the database has, that stand somewhere in the record. */
  findSecrets(known: readonly string[]): Promise<readonly string[]>;
};

/** Creates the watch. */
export function createRecordWatch({ sql }: TestService): RecordWatch {
  const recorded = new Set<string>();
  const latest = async () => (await sql("select max(id) as id from act"))[0];
  return {
    recorded,
    async watch(operationId, work) {
      const before = await latest();
      const result = await work();
      if (JSON.stringify(await latest()) !== JSON.stringify(before)) recorded.add(operationId);
      return result;
    },
    async kinds() {
      return new Set((await sql<{ kind: string }>("select kind from act")).map(({ kind }) => kind));
    },
    async findSecrets(known) {
      const [all] = await sql<{ record: string }>(
        "select string_agg(act::text || act.before::text || act.after::text, ' ') as record from act",
      );
      const rows = await sql<{ record: string }>("select to_json(act)::text as record from act");
      const record = [all?.record ?? "", ...rows.map((row) => row.record)].join("\n").toLowerCase();
      const stored = (await sql<{ secret: string }>(storedSecrets)).map(({ secret }) => secret);
      const secrets = [...known, ...stored].filter(({ length }) => length >= 8);
      return secrets.filter((secret) => record.includes(secret.toLowerCase()));
    },
  };
}

/** Every secret of the database and every hash of one, in the forms in which somebody might write it. */
const storedSecrets = `
  with secrets as (
    select convert_to(password_hash, 'utf8') as secret from admin_user
    union all select secret_hash from api_key
    union all select token_hash from admin_session
    union all select secret from admin_second_factor
    union all select convert_to(unnest(recovery_hashes), 'utf8') from admin_second_factor
    union all select convert_to(secret, 'utf8') from webhook_endpoint
    union all select convert_to(previous_secret, 'utf8') from webhook_endpoint
    union all select convert_to(substring(url from '//[^/]+/(.+)$'), 'utf8') from webhook_endpoint)
  select form as secret from secrets, unnest(array[
    encode(secret, 'hex'), encode(secret, 'base64'), encode(secret, 'escape')]) form
  where secret is not null`;

const secretFields = new Set([
  "key",
  "secret",
  "password",
  "currentPassword",
  "newPassword",
  "recoveryCodes",
  "uri",
]);

const named = z.record(z.string(), z.unknown());

/** The secrets in requests and replies, by the names of their fields. */
export function secretsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return secretFields.has(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry) => secretsIn(entry, name));
  const { success, data } = named.safeParse(value);
  return success ? Object.entries(data).flatMap(([field, own]) => secretsIn(own, field)) : [];
}
