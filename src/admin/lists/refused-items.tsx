// Which items of an action on many were not done, and why, each by its name.

import { Alert, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ApiProblem, refusedBy } from "../http/api-problem.ts";
import { lists, type RowKind } from "../words/en/lists.ts";
import { shared } from "../words/en/shared.ts";

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
      const refusal = await refusedBy(typeof status === "number" ? status : 400, problem);
      return { name, words: problemWords(refusal) };
    }),
  );
}

/** The one sentence that says the most about a refusal: its first fault, or else what is the matter. */
export function problemWords({ title, message, errors: [first] }: ApiProblem): string {
  const words = first !== undefined && first.words !== "" ? first.words : message;
  return words === "" ? title : words;
}

/** Refusals beyond this number are only counted. */
const shownMax = 20;

type RefusedItemsProps = {
  readonly refused: readonly RefusedItem[];
  /** How many items the action was for. */
  readonly all: number;
  /** What they are. */
  readonly one?: RowKind;
  readonly onClose: () => void;
};

/** The notice; nothing if all were done. */
export function RefusedItems({ refused, all, one = "item", onClose }: RefusedItemsProps) {
  if (refused.length === 0) return null;
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle />}
      title={lists.refused.title(refused.length, all, one)}
      role="alert"
      withCloseButton
      closeButtonLabel={shared.close}
      onClose={onClose}
    >
      <RefusedList refused={refused} />
    </Alert>
  );
}

/** The items and their reasons. */
export function RefusedList({ refused }: Pick<RefusedItemsProps, "refused">) {
  const left = refused.length - shownMax;
  return (
    <List size="sm">
      {refused.slice(0, shownMax).map(({ name, words }, at) => (
        // Two items may have one name.
        // eslint-disable-next-line react/no-array-index-key
        <List.Item key={`${name} ${at}`}>
          <b>{name}</b>: {words}
        </List.Item>
      ))}
      {left > 0 && <List.Item>{lists.refused.more(left)}</List.Item>}
    </List>
  );
}
