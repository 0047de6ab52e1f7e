// The course of an alert: when it opened, got worse, got better and ended, and what did it.

import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AlertReply } from "../../contract/alerts.ts";
import { actorWords } from "../words/actors.ts";
import { Time } from "../words/time.tsx";
import { alerts } from "../words/en/alerts.tsx";
import { stateOf } from "./alert-words.ts";

const text = alerts.course;

type News = AlertReply["news"][number];

/** Besides the opening, only the last steps are shown: an item that goes up and down has many. */
const lastMax = 2;

/** The course. */
export function AlertCourse({ alert: { openedAt, endedAt, news } }: { alert: AlertReply }) {
  const [opening, ...worse] = news;
  const last = worse.slice(-lastMax);
  const between = worse.length - last.length;
  return (
    <Stack gap={0}>
      <Text size="sm">
        {endedAt === null ? (
          <Time at={openedAt} />
        ) : (
          text.period(<Time at={openedAt} />, <Time at={endedAt} />)
        )}
      </Text>
      {opening !== undefined && <Step step={opening} endedAt={endedAt} />}
      {between > 0 && (
        <Text size="sm" c="dimmed">
          {text.between(between)}
        </Text>
      )}
      {last.map((step) => (
        <Step key={step.number} step={step} endedAt={endedAt} />
      ))}
    </Stack>
  );
}

function Step({ step, endedAt }: { step: News; endedAt: string | null }) {
  const { number: place, at, recoveredAt, mailing } = step;
  const isOver = recoveredAt !== null && recoveredAt !== endedAt;
  return (
    <Text size="sm" c="dimmed">
      {text.step({
        from: place > 1 ? <Time at={at} /> : null,
        until: isOver ? <Time at={recoveredAt} /> : null,
        state: countWords(step),
        cause: mailing === "shown-only" ? text.fromTheBeginning : <Cause by={step.by} />,
      })}
    </Text>
  );
}

/** The state, with its count and threshold if these say more. */
function countWords(step: News): string {
  const { unitsInStock, limit } = step;
  switch (stateOf(step)) {
    case "low":
      return text.low(unitsInStock, limit);
    case "held-back":
      return text.heldBack(unitsInStock, limit);
    case "none-left":
      return unitsInStock < 0 ? text.unitsShort(-unitsInStock) : text.noneLeft;
  }
}

function Cause({ by }: Pick<News, "by">) {
  if (by.order === null) return text.byActor(actorWords(by.actor));
  return text.byOrder(
    <Anchor component={Link} to={`/orders/${by.order.id}`} size="sm">
      {by.order.reference}
    </Anchor>,
  );
}
