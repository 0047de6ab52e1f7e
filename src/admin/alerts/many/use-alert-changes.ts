// Says the same of many alerts. Each is read before, so that nobody takes over silently what somebody else sees to.

import * as z from "zod";
import { alertSchema, type AlertReply } from "../../../contract/alerts.ts";
import { read } from "../../http/request.ts";
import { NotDone } from "../../lists/do-many.ts";
import { useMany } from "../../lists/use-many.ts";
import { manyAlerts } from "../../words/en/many.ts";
import { itemName, sayOfAlert } from "../alert-queries.ts";
import { type AlertChange, undoOf, whyNot } from "./alert-change.ts";

/** Creates the sender. It knows how to take back what was done. */
export function useAlertChanges(onDone: () => void) {
  const many = useMany({
    act: say,
    nameOf: ({ alert }: AlertChange) => itemName(alert),
    refresh: ["alerts", "overview", "mails"],
    onDone,
  });
  const undo = many.outcome?.done.map(({ item: { said }, answer: { before, after } }) =>
    undoOf(before, after, said),
  );
  return { ...many, undo: () => many.run(undo ?? []) };
}

const found = z.object({ data: z.array(alertSchema) });

async function say(
  change: AlertChange,
): Promise<{ readonly before: AlertReply; readonly after: AlertReply }> {
  const { id } = change.alert;
  const [before] = (await read("/alerts", found, { query: { id, limit: 1 } })).data;
  if (before === undefined) throw new NotDone(manyAlerts.gone);
  const reason = whyNot(before, change);
  if (reason !== null) throw new NotDone(reason);
  return { before, after: await sayOfAlert(id, change.said) };
}
