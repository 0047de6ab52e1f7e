// Creates, lists and revokes API keys. A revoked key stays listed, because the ledger still refers to it by name.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { Act } from "../../domain/activity/act.ts";
import { recordAct } from "../activity/record-acts.ts";
import { ApiKey } from "../entities/api-key.ts";
import { Refused } from "../refused.ts";
import { changeAccess, refuseBeyond } from "./change-access.ts";
import type { Granter } from "./granter.ts";
import { sqlWithin } from "../sql/sql.ts";

/** A key without its secret. */
export type ApiKeyView = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
  /** Accurate to about two minutes. */
  readonly lastUsedAt: Date | null;
};

/** A key to be stored. */
export type NewApiKeyRow = {
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  /** When it stops working; null if only a revocation ends it. */
  readonly expiresAt: Date | null;
};

/**
 * Stores a key. Throws `Refused` if the granter lacks one of its scopes, or if a key that works has its name: the ledger,
 * the events and the log identify keys by their names.
 */
export function insertApiKey(
  orm: MikroORM,
  { scopes, ...properties }: NewApiKeyRow,
  granter: Granter,
): Promise<ApiKeyView> {
  return changeAccess(orm, granter, async (em, may) => {
    refuseBeyond(may, scopes);
    await freeNameOfExpired(em, properties.name);
    await refuseTakenName(em, properties.name);
    const key = em.create(ApiKey, {
      ...properties,
      scopes: [...scopes],
      revokedAt: null,
      lastUsedAt: null,
    });
    await em.flush();
    const view = viewApiKey(key);
    await recordAct(sqlWithin(em), actOn("key.created", view));
    return view;
  });
}

/** Reads one key, revoked or not. Throws `Refused` if there is none. */
export async function readApiKey(orm: MikroORM, id: string): Promise<ApiKeyView> {
  const key = await orm.em.fork().findOne(ApiKey, { id });
  if (key === null) throw new Refused({ kind: "unknown", what: "key", key: id });
  return viewApiKey(key);
}

/** Reads up to `limit` keys in the order they were created, those after the id `after` if it is given. */
export async function listApiKeys(
  orm: MikroORM,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<ApiKeyView[]> {
  const where = after === undefined ? {} : { id: { $gt: after } };
  const keys = await orm.em.fork().find(ApiKey, where, { orderBy: { id: "asc" }, limit });
  return keys.map(viewApiKey);
}

/**
 * Revokes a key for good. Revoking it again changes nothing. Throws `Refused` if there is no such key, or if the
 * granter lacks one of its scopes.
 */
export function revokeApiKey(orm: MikroORM, id: string, granter: Granter): Promise<void> {
  return changeAccess(orm, granter, async (em, may) => {
    const key = await em.findOne(ApiKey, { id });
    if (key === null) throw new Refused({ kind: "unknown", what: "key", key: id });
    if (isRevoked(key)) return;
    refuseBeyond(may, key.scopes);
    key.revokedAt = new Date();
    await recordAct(sqlWithin(em), actOn("key.revoked", viewApiKey(key)));
  });
}

/** Revokes the expired key of this name, at the time of its end. So the unique index has room for another one. */
async function freeNameOfExpired(em: EntityManager, name: string): Promise<void> {
  await sqlWithin(em)(
    `update api_key set revoked_at = expires_at
      where lower(name) = lower($1) and revoked_at is null and expires_at <= now()`,
    [name],
  );
}

async function refuseTakenName(em: EntityManager, name: string): Promise<void> {
  const others = await sqlWithin(em)(
    "select 1 from api_key where lower(name) = lower($1) and revoked_at is null",
    [name],
  );
  if (others.length > 0) throw new Refused({ kind: "key-name-taken", name });
}

/** An act on a key. Its record has what the key may, and nothing by which it is recognised. */
export function actOn(kind: "key.created" | "key.revoked", key: ApiKeyView): Act {
  const { id, name, scopes, expiresAt } = key;
  const facts = { name, permissions: scopes, expiresAt: expiresAt?.toISOString() ?? null };
  return kind === "key.created"
    ? { kind, subject: { id, name }, before: null, after: facts }
    : { kind, subject: { id, name }, before: facts, after: null };
}

function isRevoked({ revokedAt }: ApiKey): boolean {
  return revokedAt !== null && revokedAt !== undefined;
}

/** Builds the view of a key. */
export function viewApiKey(key: ApiKey): ApiKeyView {
  const { id, name, prefix, scopes, createdAt, createdBy } = key;
  const { revokedAt = null, expiresAt = null, lastUsedAt = null } = key;
  return { id, name, prefix, scopes, createdAt, createdBy, revokedAt, expiresAt, lastUsedAt };
}
