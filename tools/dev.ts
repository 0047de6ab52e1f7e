// `npm run dev`: the service and the admin app from their sources, on one address. Node restarts the service if one of
// its files changes. Vite reloads changed parts of the admin app, and passes all other requests on to the service.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { createServer as createVite } from "vite";
import * as z from "zod";
import { findFreePort } from "../src/db/embedded/find-free-port.ts";
import { startEmbeddedPostgres } from "../src/db/embedded/start-embedded-postgres.ts";

const root = resolve(import.meta.dirname, "..");

/** Another folder than that of `npm start`. */
const dataDir = resolve(root, process.env["DATA_DIR"] || ".tallyman/dev");

/** The same at each start, so that scripts and logins keep working. */
const access = {
  BOOTSTRAP_API_KEY: `tm_devtools_${"k".repeat(32)}`,
  BOOTSTRAP_ADMIN_EMAIL: "admin@example.com",
  BOOTSTRAP_ADMIN_PASSWORD: "only for development",
};

/** Every address except those of the admin app. */
const servedByService = "^/(?!admin(?:[/?]|$))|^/admin/(?:login|logout|queues)(?:[/?]|$)";

const server = createServer();
const servicePort = await findFreePort();
const vite = await createVite({
  configFile: resolve(root, "src/admin/vite.config.ts"),
  server: {
    middlewareMode: { server },
    hmr: { server },
    proxy: { [servedByService]: { target: `http://127.0.0.1:${servicePort}` } },
  },
});
server.on("request", (request, response) => {
  // The service redirects to `/admin`; Vite serves the app only at `/admin/`.
  if (request.url === "/admin") response.writeHead(302, { location: "/admin/" }).end();
  else vite.middlewares(request, response);
});
server.listen(Number(process.env["PORT"] || 3000), "127.0.0.1");
await once(server, "listening");
const { port } = z.object({ port: z.int() }).parse(server.address());
const origin = `http://127.0.0.1:${port}`;

// The service finds this server in the data folder and shares it. So a restart need not wait for the database.
const database = process.env["DATABASE_URL"]
  ? null
  : await startEmbeddedPostgres({ dataDir: resolve(dataDir, "postgres") });

// The mails are .tsx files, which Node can't run without tsx.
const service = spawn(process.execPath, ["--import", "tsx", "--watch", "src/main.ts"], {
  cwd: root,
  stdio: "inherit",
  env: {
    PUBLIC_URL: origin,
    SHUTDOWN_GRACE_MS: "0",
    ...access,
    ...process.env,
    DATA_DIR: dataDir,
    HOST: "127.0.0.1",
    PORT: `${servicePort}`,
  },
});
process.stderr.write(`Tallyman in development: ${origin}/admin
  login   ${access.BOOTSTRAP_ADMIN_EMAIL} / ${access.BOOTSTRAP_ADMIN_PASSWORD}
  API key ${access.BOOTSTRAP_API_KEY}
`);

// The terminal sends Ctrl-C to the service too.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => void service.kill("SIGTERM"));
await once(service, "exit");
server.closeAllConnections();
server.close();
await vite.close();
await database?.stop();
