// A program of its own for the tests: starts the embedded PostgreSQL on the data folder of its first
// argument, prints one line of JSON about it, and stops it when its standard input ends.
// With a second argument, `leave`, it ends at once without stopping the server.
import { startEmbeddedPostgres } from "../../../src/db/embedded/start-embedded-postgres.ts";

const [dataDir = "", manner] = process.argv.slice(2);
process.on("SIGINT", () => {
  // Stands for a graceful stop that is still going on.
});
const server = await startEmbeddedPostgres({ dataDir });
const { url, pid, port, owned } = server;
console.log(JSON.stringify({ url, pid, port, owned }));
if (manner !== "leave") {
  process.stdin.resume();
  process.stdin.once("end", () => void server.stop());
}
