// What each kind of search finds, as the API replies it.

import type { Pool } from "pg";
import type { SearchHit, SearchKind } from "../../contract/search.ts";
import { comparedText } from "../../domain/compared-text.ts";
import { byMatch, matchOf } from "../../domain/search/rank.ts";
import { findItems } from "../../db/search/find-items.ts";
import { findMails } from "../../db/search/find-mails.ts";
import { findOrdersByText, findOrdersOfReference } from "../../db/search/find-orders.ts";
import { findOrderOfReference, readFoundOrders } from "../../db/search/read-found-orders.ts";
import type { JobQueues } from "../../queues/backend.ts";
import { isJobId } from "../../queues/jobs/job.ts";
import { type JobName, jobNames, jobOf } from "../../queues/jobs/all-jobs.ts";

/** What was found of one kind or more. */
export type Hits = {
  readonly hits: readonly SearchHit[];
  readonly incomplete: readonly SearchKind[];
};

/** A row that was found, and the id of its job. */
export type FoundWork = {
  readonly id: string;
  readonly about: string;
  readonly match: SearchHit["match"];
};

/** What was found, and the jobs behind it. */
export type HitsWithJobs = Hits & { readonly jobs: readonly FoundWork[] };

/** What is searched. `limit` is the most entries of each kind. */
export type Search = { readonly q: string; readonly limit: number };

/** Orders among which the best matches are chosen. */
const candidates = 40;

/** Finds orders: the one with this reference, those with it in another case, then all others, newest first. */
export async function findOrderHits(pool: Pool, { q, limit }: Search): Promise<HitsWithJobs> {
  const [stored, sameReference, { found, searchedTo }] = await Promise.all([
    // The index of searches has an order only after some seconds.
    findOrderOfReference(pool, comparedText(q)),
    findOrdersOfReference(pool, q, limit),
    findOrdersByText(pool, { q, limit: Math.max(limit, candidates) }),
  ]);
  const all = [...sameReference.found, ...found].map(({ id }) => id);
  const ids = [...new Set(stored === null ? all : [stored, ...all])];
  const orders = await readFoundOrders(pool, ids);
  const hits = orders.map(({ id, reference, status, acceptedAt, customer }) => {
    const who = customer?.["name"] ?? customer?.["email"];
    return {
      kind: "order" as const,
      match: matchOf(q, [reference]),
      id,
      reference,
      status,
      acceptedAt: acceptedAt.toISOString(),
      customer: typeof who === "string" ? who : null,
    };
  });
  const best = byMatch(hits).slice(0, limit);
  const jobIds = new Map(orders.map(({ id, jobId }) => [id, jobId]));
  const jobs = best.flatMap(({ id, reference, match }) => {
    const jobId = jobIds.get(id);
    return jobId === undefined ? [] : [{ id: jobId, about: reference, match }];
  });
  return { hits: best, jobs, incomplete: searchedTo === null ? [] : ["order"] };
}

/** Finds products and variants, as far as they are wanted. */
export async function findItemHits(
  pool: Pool,
  { q, limit }: Search,
  kinds: ReadonlySet<SearchKind>,
): Promise<Hits> {
  const items = await findItems(pool, q, limit);
  const hits = items.flatMap(({ kind, sku, name, productSku }): SearchHit[] => {
    if (!kinds.has(kind)) return [];
    const match = matchOf(q, [sku, name]);
    return [
      kind === "product" ? { kind, match, sku, name } : { kind, match, sku, name, productSku },
    ];
  });
  return { hits, incomplete: [] };
}

/** Finds mails, newest first. */
export async function findMailHits(pool: Pool, { q, limit }: Search): Promise<HitsWithJobs> {
  const { mails, isMore } = await findMails(pool, q, limit);
  const hits = mails.map(({ id, subject, toName, toEmail, status, createdAt }) => ({
    kind: "mail" as const,
    match: matchOf(q, [toEmail, toName, subject ?? ""]),
    id,
    subject,
    to: `${toName} <${toEmail}>`,
    status,
    createdAt: createdAt.toISOString(),
  }));
  const jobs = hits.map(({ id, to, match }) => ({ id, about: to, match }));
  return { hits: byMatch(hits), jobs, incomplete: isMore ? ["mail"] : [] };
}

/** The most jobs of orders and of mails that are looked up. */
const jobsMax = 3;

/** The jobs behind what was found, by their name. */
type FoundJobs = Readonly<Partial<Record<JobName, readonly FoundWork[]>>>;

/**
 * Finds jobs that the queues still have: those of this id, and those of the orders and mails that were found. The
 * jobs are incomplete if a store does not answer.
 */
export async function findJobHits(queues: JobQueues, q: string, found: FoundJobs): Promise<Hits> {
  const id = q.toLowerCase();
  const named = isJobId(id) ? [{ id, about: id, match: "exact" as const }] : [];
  const looked = await Promise.all(
    jobNames.flatMap((name) =>
      lookUp(queues[name], [...named, ...(found[name] ?? []).slice(0, jobsMax)]),
    ),
  );
  // Orders may share a job.
  const jobs = new Map(
    looked.flatMap((job) =>
      job === null || job === "unknown" ? [] : [[`${job.queue} ${job.id}`, job]],
    ),
  );
  return { hits: [...jobs.values()], incomplete: looked.includes("unknown") ? ["job"] : [] };
}

function lookUp(queue: JobQueues[keyof JobQueues], works: readonly FoundWork[]) {
  return works.map(async ({ id, about, match }) => {
    const state = await queue.lookUp(id).catch(() => "unknown" as const);
    if (state === "unknown") return state;
    if (state === "none") return null;
    const hasEnded = state === "ended";
    return { kind: "job" as const, match, id, queue: jobOf(queue.job).queue, about, hasEnded };
  });
}
