// Which items of an action on many were not done, and why, each by its name.

import { Alert, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { refusedBy } from "../http/api-problem.ts";
import { count, number } from "../words/numbers.ts";

/** An item that was not done, and why, in words for a manager. */
export type RefusedItem = { readonly name: string; readonly words: string };

/** Finds the words for the items that were refused. `problem` is the body that a single request would get. */
export function readRefused(
  outcomes: readonly {
    readonly name: string;
    readonly problem: Readonly<Record<string, unknown>>;
  }[],
): Promise<RefusedItem[]> {
  return Promise.all(
    outcomes.map(async ({ name, problem }) => {
      const { status } = problem;
      const { title, message, errors } = await refusedBy(
        typeof status === "number" ? status : 400,
        problem,
      );
      const [first] = errors;
      const words = first !== undefined && first.words !== "" ? first.words : message;
      return { name, words: words === "" ? title : words };
    }),
  );
}

/** Refusals beyond this number are only counted. */
const shownMax = 20;

type RefusedItemsProps = {
  readonly refused: readonly RefusedItem[];
  /** How many items the action was for. */
  readonly all: number;
  readonly onClose: () => void;
};

/** The notice; nothing if all were done. */
export function RefusedItems({ refused, all, onClose }: RefusedItemsProps) {
  if (refused.length === 0) return null;
  const left = refused.length - shownMax;
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle />}
      title={`${number(refused.length)} of ${count(all, "item")} could not be changed`}
      role="alert"
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
    >
      <List size="sm">
        {refused.slice(0, shownMax).map(({ name, words }) => (
          <List.Item key={name}>
            <b>{name}</b>: {words}
          </List.Item>
        ))}
        {left > 0 && <List.Item>and {number(left)} more</List.Item>}
      </List>
    </Alert>
  );
}
