// Stands in for the network connection of a real pg client. pg's own client, pool and pipelining run above it; below it
// is the model of PostgreSQL.

import { EventEmitter } from "node:events";
import { Client, Pool, types, TypeOverrides } from "pg";
import { boundedAnswers } from "../../src/db/sql/pool.ts";
import type { Answer, ModelDatabase } from "./model-database.ts";
import type { ResultRow, Session } from "./model-session.ts";
import type { Owner, Scheduler } from "./scheduler.ts";

/** The longest time that a message of the start of a connection takes. */
type Bound = { readonly statement: string; readonly values?: readonly unknown[] };

/** Creates a pool of a process, whose connections lead to the model. */
export function createModelPool(
  scheduler: Scheduler,
  database: ModelDatabase,
  owner: Owner,
  max: number,
): Pool {
  class ModelClient extends Client {
    constructor() {
      const config = {
        ...boundedAnswers(),
        // pg asks the system for what is missing.
        host: "model",
        port: 5432,
        user: "model",
        password: "model",
        database: "model",
        types: new TypeOverrides(types),
        connection: new ModelConnection(scheduler, database, owner),
      };
      super(config);
    }
  }
  const pool = new Pool({ ...boundedAnswers(), max, idleTimeoutMillis: 0, Client: ModelClient });
  // As the program does: whoever uses the connection hears of it by the failure of its statement.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", () => undefined);
  return pool;
}

/** The connection, as pg's client uses it. */
class ModelConnection extends EventEmitter {
  readonly parsedStatements: Record<string, string> = {};
  readonly submittedNamedStatements: Record<string, string> = {};
  readonly stream = {
    writable: true,
    cork: () => undefined,
    uncork: () => undefined,
    destroy: (error?: Error) => this.#close(error),
  };
  // oxlint-disable-next-line no-underscore-dangle -- pg's client reads it
  _connecting = false;
  readonly #texts = new Map<string, string>();
  #parsed = "";
  #isParsing = false;
  #bound: Bound = { statement: "" };
  #isClosed = false;
  readonly #session: Session;
  readonly #database: ModelDatabase;

  constructor(scheduler: Scheduler, database: ModelDatabase, owner: Owner) {
    super();
    this.#database = database;
    this.#session = scheduler.within(owner, () =>
      database.open(owner, () => {
        if (this.#isClosed) return;
        this.#close(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
      }),
    );
  }

  connect(): void {
    // oxlint-disable-next-line no-underscore-dangle -- pg's client reads it
    this._connecting = true;
    this.#session.outbox.tasks.push({
      what: "is connected to PostgreSQL",
      run: () => void this.emit("connect"),
    });
  }

  startup(): void {
    this.emit("readyForQuery", { status: "I" });
  }

  /** A statement without values. */
  query(text: string): void {
    this.#send(text, []);
  }

  parse({ text, name = "" }: { readonly text: string; readonly name?: string }): void {
    this.#texts.set(name, text);
    this.#parsed = text;
    this.#isParsing = true;
  }

  bind({
    statement,
    values = [],
  }: {
    readonly statement?: string;
    readonly values?: readonly unknown[];
  }): void {
    this.#bound = { statement: statement ?? "", values };
  }

  describe(): void {}

  execute(): void {}

  sync(): void {
    const { statement, values = [] } = this.#bound;
    const isParsing = this.#isParsing;
    this.#isParsing = false;
    this.#send(
      statement === "" ? this.#parsed : (this.#texts.get(statement) ?? ""),
      values,
      isParsing,
    );
  }

  end(): void {
    this.#close();
  }

  ref(): void {}

  unref(): void {}

  #send(text: string, values: readonly unknown[], isParsing = false): void {
    this.#database.send(this.#session, { text, values }, (answer) =>
      this.#receive(answer, isParsing),
    );
  }

  #receive(answer: Answer, isParsing: boolean): void {
    if (this.#isClosed) return;
    if ("error" in answer) this.emit("errorMessage", answer.error);
    else {
      const { command, rows } = answer.result;
      if (isParsing) this.emit("parseComplete");
      this.emit("rowDescription", { fields: fieldsOf(rows) });
      for (const row of rows) this.emit("dataRow", { fields: Object.values(row).map(asText) });
      this.emit("commandComplete", { text: command });
    }
    this.emit("readyForQuery", { status: this.#session.transaction === null ? "I" : "T" });
  }

  #close(error?: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.stream.writable = false;
    this.#database.leave(this.#session, false);
    if (error !== undefined) this.emit("error", error);
    this.emit("end");
  }
}

/** The columns of a result, with the types that their values have. */
function fieldsOf(rows: readonly ResultRow[]) {
  return Object.keys(rows[0] ?? {}).map((name) => ({
    name,
    format: "text",
    dataTypeID: typeOf(rows.map((row) => row[name]).find((value) => value !== null)),
  }));
}

function typeOf(value: unknown): number {
  if (typeof value === "number") return types.builtins.FLOAT8;
  if (typeof value === "boolean") return types.builtins.BOOL;
  if (value instanceof Date) return types.builtins.TIMESTAMPTZ;
  return typeof value === "object" ? types.builtins.JSON : types.builtins.TEXT;
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? "t" : "f";
  if (value instanceof Date) return value.toISOString().replace("T", " ").replace("Z", "+00");
  return typeof value === "string" ? value : JSON.stringify(value);
}
