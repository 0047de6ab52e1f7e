// The course of an alert: when it opened, got worse, got better and ended, and what did it.

import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AlertReply } from "../../contract/alerts.ts";
import { actorWords } from "../words/actors.ts";
import { count, number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { stateOf, alertWords } from "./alert-words.ts";

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
        <Time at={openedAt} />
        {endedAt !== null && (
          <>
            {" "}
            to <Time at={endedAt} />
          </>
        )}
      </Text>
      {opening !== undefined && <Step step={opening} endedAt={endedAt} />}
      {between > 0 && (
        <Text size="sm" c="dimmed">
          {count(between, "change")} in between
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
      {place > 1 && (
        <>
          <Time at={at} />{" "}
        </>
      )}
      {isOver && (
        <>
          to <Time at={recoveredAt} />{" "}
        </>
      )}
      {countWords(step)}, {mailing === "shown-only" ? "from the beginning" : <Cause by={step.by} />}
    </Text>
  );
}

/** The state, with its count and threshold if these say more. */
function countWords(step: News): string {
  const state = stateOf(step);
  const { step: words } = alertWords[state];
  if (state === "none-left") {
    return step.unitsInStock < 0 ? `${words}, ${count(-step.unitsInStock, "unit")} short` : words;
  }
  return `${words}, ${count(step.unitsInStock, "unit")} at a threshold of ${number(step.limit)}`;
}

function Cause({ by }: Pick<News, "by">) {
  if (by.order === null) return `by ${actorWords(by.actor)}`;
  return (
    <>
      order{" "}
      <Anchor component={Link} to={`/orders/${by.order.id}`} size="sm">
        {by.order.reference}
      </Anchor>
    </>
  );
}
