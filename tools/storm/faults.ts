// The faults of a storm, and how often each comes.

import type { ProgramRole } from "../lab/program.ts";

/** What the queues of a storm run on. */
export type StormQueue = "postgres" | "redis" | "cluster";

/** The processes of the installation, by their place. */
export const fleet: readonly ProgramRole[] = ["api", "api", "worker", "worker", "worker"];

/** What breaks a process. */
type ProcessFault = "kill" | "terminate" | "freeze" | "kill point" | "clock off";

/** What breaks the network between a process and a store. */
export type NetworkFault =
  | "reset"
  | "refuse"
  | "silence old"
  | "silence all"
  | "delay"
  | "lose commit"
  | "lose answer";

/** What breaks a store, the mail server or a queue. */
type ServerFault =
  | "PostgreSQL stopped"
  | "sessions ended"
  | "Redis killed"
  | "Redis flushed"
  | "scripts flushed"
  | "master killed"
  | "mail server away"
  | "mails put off"
  | "poison";

/** A request that changes something that is stored, or would. */
export type ChangeKind =
  | "other body"
  | "cancel"
  | "refund"
  | "adjust"
  | "receive"
  | "save product"
  | "invite";

/** An unusual request. */
export type RequestKind = ChangeKind | "order repeated at once" | "bulk";

/** What a storm makes. */
export type FaultKind = ProcessFault | NetworkFault | ServerFault | RequestKind;

/**
 * A lane: its faults come one after the other, those of different lanes at the same time. The kinds are dealt as cards
 * are: shuffled, then each of them, then shuffled again. Times are [shortest, longest] in milliseconds.
 */
export type Lane = {
  readonly kinds: readonly FaultKind[];
  /** How long a fault lasts. */
  readonly lasts: readonly [number, number];
  /** From the end of a fault to the next. */
  readonly pause: readonly [number, number];
};

/** The lane of the processes: every few seconds one of five is struck, and sometimes a second one. */
export const processLane: Lane = {
  kinds: [
    "kill",
    "kill",
    "kill",
    "terminate",
    "terminate",
    "freeze",
    "kill point",
    "kill point",
    "clock off",
  ],
  lasts: [500, 3_500],
  pause: [1_000, 3_000],
};

/** How likely it is that a second process is struck with the first. */
export const secondStrike = 0.25;

const network: Lane = {
  kinds: ["reset", "refuse", "silence old", "silence all", "delay", "lose commit", "lose answer"],
  lasts: [1_000, 5_000],
  pause: [500, 2_500],
};

const storeKinds: Readonly<Record<StormQueue, readonly FaultKind[]>> = {
  postgres: ["PostgreSQL stopped", "sessions ended", "sessions ended"],
  redis: [
    "PostgreSQL stopped",
    "sessions ended",
    "Redis killed",
    "Redis flushed",
    "scripts flushed",
  ],
  cluster: [
    "PostgreSQL stopped",
    "sessions ended",
    "master killed",
    "master killed",
    "Redis flushed",
  ],
};

const mail: Lane = {
  kinds: ["mail server away", "mails put off"],
  lasts: [2_000, 6_000],
  pause: [5_000, 15_000],
};

const poison: Lane = { kinds: ["poison"], lasts: [0, 0], pause: [4_000, 12_000] };

const requests: Lane = {
  kinds: [
    "order repeated at once",
    "order repeated at once",
    "order repeated at once",
    "other body",
    "bulk",
    "cancel",
    "refund",
    "adjust",
    "adjust",
    "receive",
    "save product",
    "invite",
  ],
  lasts: [0, 0],
  pause: [100, 500],
};

/** The lanes beside that of the processes. */
export const otherLanes = (queue: StormQueue): readonly Lane[] => [
  network,
  // Without another store all of these faults are PostgreSQL's, which must run long enough to be recovered from.
  {
    kinds: storeKinds[queue],
    lasts: [1_000, 3_000],
    pause: queue === "postgres" ? [6_000, 12_000] : [3_000, 6_000],
  },
  mail,
  poison,
  requests,
];

/** The kinds that come with a queue store. */
export const kindsOf = (queue: StormQueue): ReadonlySet<FaultKind> =>
  new Set([processLane, ...otherLanes(queue)].flatMap(({ kinds }) => kinds));
