// How fast PostgreSQL alone decides orders with one transaction each: pgbench on the same tables, with hand-written
// prepared statements and eight clients.

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { products } from "./catalogue.ts";
import type { Laboratory } from "./laboratory.ts";
import { withStore } from "./store.ts";

const run = promisify(execFile);
const clients = 8;

/** The id of the order with a number. Each client has its own numbers. */
const orderId = (number: string) =>
  `('00000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** The products are locked in ascending id, so that clients can't deadlock. */
const script = (draw: string, perClient: number) => `
\\set i :i + 1
\\set n :client_id * ${perClient} + :i
${draw}
begin;
select status from "order" where id = ${orderId(":n::bigint")} for update;
select id, units from stock_level where id in (:first, :second) order by id for update;
with level as (
  update stock_level set units = units - 1 where id in (:first, :second) returning id, units)
insert into movement (level_id, kind, change, units_after, order_id)
  select id, 'sale', -1, units, ${orderId(":n::bigint")} from level;
insert into order_line (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered)
  values (${orderId(":n::bigint")}, 0, :first, :first, 1, 1, 0), (${orderId(":n::bigint")}, 1, :second, :second, 1, 1, 0);
update "order" set status = 'confirmed', decided_at = clock_timestamp() where id = ${orderId(":n::bigint")};
insert into event (type, order_id) values ('order.confirmed', ${orderId(":n::bigint")});
commit;
`;

const half = products.uniform / 2;
const draws = {
  uniform: `\\set first random(1, ${half})\n\\set second random(${half + 1}, ${products.uniform})`,
  hot: `\\set first 1\n\\set second random(2, ${products.uniform})`,
};

/** Decides orders one by one with pgbench, and checks the books. Resolves with orders per second. */
export function decideSingly(lab: Laboratory, draw: keyof typeof draws): Promise<number> {
  return withStore(lab, "PostgreSQL", async ({ pool, databaseUrl, books }) => {
    const perClient = Math.ceil(lab.amounts.singleOrders / clients);
    const orders = perClient * clients;
    await pool.query(
      `insert into "order" (id, reference, fingerprint, requested, accepted_by)
       select ${orderId("n")}, 'SO-' || n, sha256(n::text::bytea), '[[1,1],[2,1]]', 'key:bench'
       from generate_series(1, $1::integer) n`,
      [orders],
    );
    await pool.query(`vacuum analyze "order"`);
    await pool.query("checkpoint");
    const file = join(lab.folder, `single-${draw}.sql`);
    await writeFile(file, script(draws[draw], perClient));
    const { hostname, port, username, password, pathname } = new URL(databaseUrl);
    const server = ["-h", hostname, "-p", port, "-U", username];
    const work = ["-f", file, "-M", "prepared", "-n", "-D", "i=0"];
    const amount = ["-c", `${clients}`, "-j", "2", "-t", `${perClient}`];
    const { stdout } = await run("pgbench", [...server, ...work, ...amount, pathname.slice(1)], {
      env: { ...process.env, PGPASSWORD: password },
    });
    const perSecond = Number(stdout.match(/^tps = ([\d.]+)/m)?.[1]);
    if (Number.isNaN(perSecond))
      throw new Error(`Expected pgbench to print its tps; got:\n${stdout}`);
    await books.check({ orders });
    return perSecond;
  });
}
