// The model of PostgreSQL at read committed: sessions that execute statements one after the other, transactions, row
// locks with queues, deadlock detection, time limits, and connections that break. What the statements do is in
// `statements/`. It runs one lock at a time, so that others can come between.

import { asError } from "../../src/flow/as-error.ts";
import { createTables } from "./model-rows.ts";
import type {
  Execution,
  ModelTransaction,
  ResultRow,
  Row,
  Session,
  Wait,
} from "./model-session.ts";
import type { StatementContext } from "./statement-context.ts";
import type { Mutation } from "./mutations.ts";
import { type Owner, type Scheduler, startOfTime } from "./scheduler.ts";
import { sqlError } from "./sql-error.ts";
import { statementOf } from "./statements/all-statements.ts";

/** A statement as it comes from a client. */
export type SentStatement = { readonly text: string; readonly values: readonly unknown[] };

/** What a statement gives back. */
export type StatementResult = { readonly command: string; readonly rows: readonly ResultRow[] };

/** What is sent to the client for one statement. */
export type Answer = { readonly result: StatementResult } | { readonly error: Error };

/** The time limits of a session that the program sets, in milliseconds. */
const limits = { statement: 8_000, idleInTransaction: 10_000, deadlock: 1_000 };

/** The model of PostgreSQL. */
export type ModelDatabase = ReturnType<typeof createModelDatabase>;

/** Creates an empty database. `onNotify` gets each committed notification. */
export function createModelDatabase(
  scheduler: Scheduler,
  mutation: Mutation | null,
  onNotify: (payload: string) => void,
) {
  const tables = createTables();
  const sessions = new Set<Session>();
  const found = { deadlocks: 0, unknown: new Set<string>() };
  let transactions = 0;
  let sweepLock: ModelTransaction | null = null;

  const begin = (session: Session, isExplicit: boolean): ModelTransaction => {
    transactions += 1;
    return {
      id: transactions,
      session,
      isExplicit,
      locked: new Set(),
      onCommit: [],
      hasFailed: false,
      hasSweepLock: false,
      idleMsMax: limits.idleInTransaction,
    };
  };

  /** Ends a transaction, and lets those who wait for its locks go on. */
  const end = (transaction: ModelTransaction, commits: boolean): void => {
    for (const row of transaction.locked) {
      if (commits) row.committed = row.written;
      row.written = undefined;
      row.holder = null;
    }
    if (commits) for (const act of transaction.onCommit) act();
    if (transaction.hasSweepLock) sweepLock = null;
    transaction.session.transaction = null;
    for (const row of transaction.locked) row.waiting.shift()?.();
  };

  const contextOf = (transaction: ModelTransaction): StatementContext => ({
    tables,
    transaction,
    mutation,
    now: startOfTime + Math.floor(scheduler.now()),
    *lock(row) {
      if (row.holder === transaction) return;
      while (row.holder !== null) yield row;
      row.holder = transaction;
      row.written = row.committed;
      transaction.locked.add(row);
      yield undefined;
    },
    read: (row) => (row.holder === transaction ? row.written : row.committed),
    write(row, value) {
      if (row.holder !== transaction) {
        throw new Error(`The model wrote ${row.key} without its lock: mend the model.`);
      }
      row.written = value;
    },
    note: scheduler.note,
    notify: (payload) => void transaction.onCommit.push(() => onNotify(payload)),
    takeSweepLock() {
      if (sweepLock !== null && sweepLock !== transaction) return false;
      sweepLock = transaction;
      transaction.hasSweepLock = true;
      return true;
    },
  });

  const blockerOf = ({ waitsFor }: Session): Session | undefined => waitsFor?.row.holder?.session;

  /** Whether a session waits for itself, by way of others. */
  const isDeadlocked = (session: Session): boolean => {
    let next = blockerOf(session);
    for (let length = 0; next !== undefined && length < sessions.size; length += 1) {
      if (next === session) return true;
      next = blockerOf(next);
    }
    return false;
  };

  const answer = (session: Session, sent: SentStatement, reply: Answer, deliver: Deliver): void => {
    if (session.isClosed) return;
    session.activity += 1;
    const what =
      "error" in reply
        ? `gets the error "${reply.error.message}" of ${wordsOf(sent)}`
        : `gets the answer of ${wordsOf(sent)}`;
    session.outbox.tasks.push({ what, run: () => deliver(reply) });
    const { transaction } = session;
    if (transaction === null || session.inbox.tasks.length > 0) return;
    session.idle = scheduler.addTimer(null, transaction.idleMsMax, () => cut(session, "idle"));
  };

  const endIdle = (session: Session): void => {
    if (session.idle !== null) scheduler.removeTimer(session.idle);
    session.idle = null;
  };

  const finish = (session: Session, sent: SentStatement, transaction: ModelTransaction) => {
    const settle = (reply: Answer, deliver: Deliver): void => {
      if (!transaction.isExplicit) end(transaction, "result" in reply);
      else if ("error" in reply) transaction.hasFailed = true;
      answer(session, sent, reply, deliver);
    };
    return settle;
  };

  /** Executes a statement up to its end or to a lock that another transaction has. */
  const execute = (session: Session, sent: SentStatement, deliver: Deliver): void => {
    endIdle(session);
    const control = controlOf(sent.text);
    if (control !== null) {
      answer(session, sent, { result: { command: endBy(session, control), rows: [] } }, deliver);
      return;
    }
    const transaction = session.transaction ?? begin(session, false);
    session.transaction = transaction;
    const settle = finish(session, sent, transaction);
    if (transaction.hasFailed) {
      settle({ error: sqlError("25P02", "current transaction is aborted") }, deliver);
      return;
    }
    const statement = statementOf(sent.text);
    if (statement === null) {
      found.unknown.add(sent.text);
      settle({ error: sqlError("0A000", "the model does not know this statement") }, deliver);
      return;
    }
    if (mutation === "answer before the commit" && sent.text.includes('insert into "order"')) {
      const rows = statement.guess?.(sent.values) ?? [];
      answer(session, sent, { result: { command: "INSERT", rows } }, deliver);
      goOn(session, statement.run(contextOf(transaction), sent.values), () =>
        end(transaction, true),
      );
      return;
    }
    goOn(session, statement.run(contextOf(transaction), sent.values), (reply) =>
      settle(reply, deliver),
    );
  };

  const endBy = (session: Session, control: "begin" | "commit" | "rollback"): string => {
    const { transaction } = session;
    if (control === "begin") session.transaction = begin(session, true);
    else if (transaction !== null) {
      const commits = control === "commit" && !transaction.hasFailed;
      end(transaction, commits);
      return commits ? "COMMIT" : "ROLLBACK";
    }
    return control.toUpperCase();
  };

  const goOn = (session: Session, execution: Execution, settle: (reply: Answer) => void): void => {
    const startedAt = session.activity;
    const limit = scheduler.addTimer(null, limits.statement, () => {
      if (session.waitsFor !== null && session.activity === startedAt) {
        stopWaiting(session);
        done({ error: sqlError("57014", "canceling statement due to statement timeout") });
      }
    });
    const done = (reply: Answer): void => {
      scheduler.removeTimer(limit);
      settle(reply);
    };
    const step = (): void => {
      session.waitsFor = null;
      session.inbox.isPaused = false;
      let next: IteratorResult<Row<unknown> | undefined, readonly ResultRow[]>;
      try {
        next = execution.next();
      } catch (error) {
        done({ error: asError(error) });
        return;
      }
      if (next.done === true) {
        done({ result: { command: `SELECT ${next.value.length}`, rows: next.value } });
        return;
      }
      if (next.value === undefined) {
        session.inbox.tasks.unshift({
          what: `${session.name} goes on with its statement`,
          run: step,
        });
        return;
      }
      wait(session, next.value, { step, done });
    };
    step();
  };

  const wait = (
    session: Session,
    row: Row<unknown>,
    { step, done }: { step: () => void; done: (reply: Answer) => void },
  ): void => {
    const waits: Wait = { row, goesOn: null };
    session.waitsFor = waits;
    session.inbox.isPaused = true;
    scheduler.note(`${session.name} waits for the lock of ${row.key}`);
    row.waiting.push(() => {
      if (session.waitsFor !== waits) {
        row.waiting.shift()?.();
        return;
      }
      waits.goesOn = { what: `${session.name} gets its turn at ${row.key}`, run: step };
      session.inbox.isPaused = false;
      session.inbox.tasks.unshift(waits.goesOn);
    });
    scheduler.addTimer(null, limits.deadlock, () => {
      if (session.waitsFor !== waits || !isDeadlocked(session)) return;
      found.deadlocks += 1;
      scheduler.note(`${session.name} is part of a deadlock`);
      stopWaiting(session);
      done({ error: sqlError("40P01", "deadlock detected") });
    });
  };

  const stopWaiting = (session: Session): void => {
    const { waitsFor, inbox } = session;
    session.waitsFor = null;
    inbox.isPaused = false;
    if (waitsFor === null || waitsFor.goesOn === null) return;
    // It had its turn, so the next one has it.
    if (inbox.tasks[0] === waitsFor.goesOn) inbox.tasks.shift();
    waitsFor.row.waiting.shift()?.();
  };

  /** Ends a session: its transaction is rolled back, and what it was sent is lost. */
  const close = (session: Session): void => {
    session.isClosed = true;
    sessions.delete(session);
    endIdle(session);
    stopWaiting(session);
    session.inbox.tasks.length = 0;
    scheduler.removeLane(session.inbox);
    if (session.transaction !== null) end(session.transaction, false);
  };

  /** Breaks a connection: answers under way are lost, and the client hears of it. */
  const cut = (session: Session, why: string): void => {
    if (session.isClosed) return;
    scheduler.note(`the connection ${session.name} of ${session.owner.name} breaks (${why})`);
    close(session);
    session.outbox.tasks.length = 0;
    session.outbox.tasks.push({ what: "hears that a connection broke", run: session.onBroken });
  };

  return {
    tables,
    sessions,
    found,
    cut,
    open(owner: Owner, onBroken: () => void): Session {
      const session: Session = {
        name: `${owner.name}/${sessions.size + 1}`,
        owner,
        inbox: scheduler.lane(null),
        outbox: scheduler.lane(owner),
        onBroken,
        transaction: null,
        isClosed: false,
        waitsFor: null,
        idle: null,
        activity: 0,
      };
      sessions.add(session);
      return session;
    },
    send(session: Session, sent: SentStatement, deliver: Deliver): void {
      if (session.isClosed) return;
      const what = `PostgreSQL executes ${wordsOf(sent)} of ${session.name}`;
      session.inbox.tasks.push({ what, run: () => execute(session, sent, deliver) });
    },
    /** The client is gone. What it has sent may still be executed before the server notices. */
    leave(session: Session, isNoticedAtOnce: boolean): void {
      if (session.isClosed) return;
      const task = { what: `PostgreSQL ends ${session.name}`, run: () => close(session) };
      if (isNoticedAtOnce || session.waitsFor !== null) task.run();
      else session.inbox.tasks.push(task);
    },
  };
}

type Deliver = (reply: Answer) => void;

function controlOf(text: string): "begin" | "commit" | "rollback" | null {
  return text === "begin" || text === "commit" || text === "rollback" ? text : null;
}

/** A statement in plain words. */
function wordsOf({ text }: SentStatement): string {
  return controlOf(text) ?? statementOf(text)?.does ?? "an unknown statement";
}
