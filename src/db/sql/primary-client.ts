// A connection to the server that takes writes, if DATABASE_URL names several. Pools, the ORM, the listener and the queues
// all make their connections with this class, so none of them knows of several servers.

import { Client, DatabaseError } from "pg";
import { asError } from "../../flow/as-error.ts";
import { withDeadline } from "../../flow/deadline.ts";
import { addressesOf } from "./hosts.ts";
import { answerMs, type Held, type Primary, primaryOf, serverName } from "./primary.ts";
import { takesWrites } from "./takes-writes.ts";

/** How long a new session may take to say that it takes writes, in milliseconds. */
const checkMs = 2_000;

/** What pg's pool wants to be called when the connection is made, or could not be. */
type Connected = (error: Error | null, client?: Client) => void;

/** The class for connections to an address: pg's own if the address names one server. */
export function clientOf(url: string): typeof Client {
  if (addressesOf(url).length === 1) return Client;
  const primary = primaryOf(url);
  return class PrimaryClient extends Client {
    override connect(): Promise<Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<Client> | void {
      const connecting = connectToPrimary(this, primary, () => super.connect());
      if (callback === undefined) return connecting;
      void tell(connecting, callback);
    }
  };
}

async function tell(connecting: Promise<Client>, connected: Connected): Promise<void> {
  let client: Client;
  try {
    client = await connecting;
  } catch (error) {
    connected(asError(error));
    return;
  }
  connected(null, client);
}

/**
 * Connects to the primary, and makes sure that it still is one. Rejects if it is not: whoever asks next looks for the
 * new one. The connection breaks when another server has become the primary, even if it is in use.
 */
async function connectToPrimary(
  client: Client,
  primary: Primary,
  connect: () => Promise<Client>,
): Promise<Client> {
  const server = await primary.find();
  // The pool gives up a connection that took too long, and pg would open the socket again.
  if (client.connection.stream.destroyed) {
    throw new Error("Connection terminated: the search for the primary took too long.");
  }
  client.host = server.host;
  client.port = server.port;
  // pg finds the password of the server in the password file by these.
  const parameters: unknown = Reflect.get(client, "connectionParameters");
  if (parameters instanceof Object) Object.assign(parameters, server);
  // Between the login and the check nobody else handles the connection's errors. The check fails then.
  client.on("error", () => undefined);
  const held: Held = {
    ...server,
    leave() {
      const reason = `Connection terminated: the primary is no longer ${serverName(server)}.`;
      client.connection.stream.destroy(new Error(reason));
    },
  };
  client.once("end", () => primary.release(held));
  const startedAt = performance.now();
  primary.hold(held);
  try {
    await connect();
    const asked = client.query<{ takesWrites: boolean }>(`select ${takesWrites} as "takesWrites"`);
    const { rows } = await withDeadline(asked, checkMs, "whether the server takes writes");
    if (rows[0]?.takesWrites === true) return client;
    throw new Error(`Connection terminated: ${serverName(server)} takes no writes any more.`);
  } catch (error) {
    primary.release(held);
    const patienceMs = performance.now() - startedAt;
    const isGivenUpEarly = patienceMs < answerMs && isGivenUp(client);
    if (!isRefusal(error) && !isGivenUpEarly) primary.doubt(server);
    client.end().catch(() => undefined);
    throw error;
  }
}

/**
 * Says whether a server that works answered with an error, such as a wrong password or too many connections. Another
 * server is no answer to that. Classes 08 and 57P say that the server can't be used, because it starts or stops.
 */
function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(?:08|57P)/.test(error.code ?? "");
}

/**
 * Says whether the connection was given up here, as a pool does after its 5 seconds. If the search took most of them,
 * that says nothing about the server: the next connection has all of them.
 */
function isGivenUp({ connection: { stream } }: Client): boolean {
  return stream.destroyed && stream.errored === null && !stream.readableEnded;
}
