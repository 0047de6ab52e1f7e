// What happened to an order, and who did it.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/core/styles/Timeline.css";
import { Stack, Text, Timeline } from "@mantine/core";
import type { OrderReply } from "../../contract/orders.ts";
import { Section } from "../forms/section.tsx";
import { actorWords } from "../words/actors.ts";
import { orderPage } from "../words/en/orders/page.tsx";
import { Time } from "../words/time.tsx";

const text = orderPage.log;

type Entry = OrderReply["statusLog"][number];

/** Items of an entry that are named. A wholesale order has hundreds. */
const namedMax = 5;

/** The log, oldest entry first. */
export function StatusLog({ order }: { order: OrderReply }) {
  const names = new Map(order.lines.map(({ sku, name }) => [sku, name]));
  return (
    <Section title={text.title}>
      <Timeline active={order.statusLog.length} bulletSize={14} lineWidth={2}>
        {order.statusLog.map((entry) => (
          <Timeline.Item key={`${entry.status} ${entry.at}`} title={statusWords(entry.status)}>
            <Stack gap={0}>
              <Text size="sm" c="dimmed">
                <Time at={entry.at} />, {actorWords(entry.actor)}
              </Text>
              {entry.lines !== null && <Text size="sm">{unitWords(entry.lines, names)}</Text>}
              {entry.note !== null && <Text size="sm">{entry.note}</Text>}
            </Stack>
          </Timeline.Item>
        ))}
      </Timeline>
    </Section>
  );
}

/** The units of an entry: "2 × Teapot, 1 × Lid". */
function unitWords(lines: NonNullable<Entry["lines"]>, names: ReadonlyMap<string, string>): string {
  const named = lines
    .slice(0, namedMax)
    .map(({ sku, quantity }) => text.units(quantity, names.get(sku) ?? sku));
  const more = lines.length - named.length;
  return [...named, ...(more > 0 ? [text.more(more)] : [])].join(", ");
}

const entryWords: Readonly<Record<string, string>> = text.entries;

/** What happened. A status that this version of the app doesn't know is shown as it is. */
const statusWords = (status: string): string =>
  entryWords[status] ?? status.charAt(0).toUpperCase() + status.slice(1);
