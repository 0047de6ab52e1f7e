// Sends mails again, and tries waiting ones now.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { mailsResentSchema, mailsTriedSchema } from "../../../contract/mails.ts";
import { notifyDone } from "../../forms/notify.tsx";
import { useSend } from "../../forms/use-send.ts";
import { send } from "../../http/request.ts";
import { useIdempotencyKey } from "../../http/use-idempotency-key.ts";
import { readRefused, type RefusedItem } from "../../lists/refused-items.tsx";
import { useSession } from "../../session/session.ts";
import { count } from "../../words/numbers.ts";
import type { MailEntry } from "./mail-queries.ts";

function useRefresh() {
  const client = useQueryClient();
  return () => {
    for (const key of ["mails", "overview", "alerts"]) {
      void client.invalidateQueries({ queryKey: [key] });
    }
  };
}

/** Sends the chosen mails again; all failed ones if the list is left out. Knows which could not be sent, and why. */
export function useResendMany(onDone: () => void = () => {}) {
  const { mailsLeave } = useSession();
  const refresh = useRefresh();
  const { keyFor, onError, onDone: onAnswer } = useIdempotencyKey();
  const [refused, setRefused] = useState<readonly RefusedItem[]>([]);
  const sending = useSend({
    send: (mails: readonly MailEntry[] | undefined) => {
      const body = mails === undefined ? {} : { ids: mails.map(({ id }) => id) };
      const idempotencyKey = keyFor(body);
      return send({
        method: "POST",
        path: "/mails/resend",
        body,
        idempotencyKey,
        answer: mailsResentSchema,
      });
    },
    onDone: async ({ outcomes, failedLeft }, mails) => {
      onAnswer();
      refresh();
      onDone();
      const done = outcomes.filter((outcome) => "resentAs" in outcome).length;
      const left = mails === undefined && failedLeft > 0 ? ` ${leftWords(failedLeft)}` : "";
      if (done > 0) notifyDone(`${doneWords(done, mailsLeave)}${left}`);
      else if (mails === undefined) notifyDone("There is no failed mail to send again.");
      setRefused(
        await readRefused(
          outcomes.flatMap((outcome) =>
            "problem" in outcome
              ? [{ name: nameOf(outcome.id, mails ?? []), problem: outcome.problem }]
              : [],
          ),
        ),
      );
    },
    onRefused: onError,
  });
  return { ...sending, refused, clearRefused: () => setRefused([]) };
}

function doneWords(done: number, mailsLeave: boolean): string {
  const mails = done === 1 ? "1 mail is" : `${count(done, "mail")} are`;
  return mailsLeave ? `${mails} sent again.` : `${mails} written again and kept, not sent.`;
}

const leftWords = (left: number) =>
  `${count(left, "more mail")} failed; press again to send ${left === 1 ? "it" : "them"}, too.`;

function nameOf(id: string, mails: readonly MailEntry[]): string {
  const mail = mails.find((one) => one.id === id);
  return mail === undefined ? "A mail" : `${mail.subject ?? "A mail"}, to ${mail.to.email}`;
}

/** Tries mails now that wait because the mail server did not take them: the chosen ones, or all. */
export function useTryNow(onDone: () => void = () => {}) {
  const refresh = useRefresh();
  return useSend({
    send: (mails: readonly MailEntry[] | undefined) => {
      const body = mails === undefined ? {} : { ids: mails.map(({ id }) => id) };
      return send({ method: "POST", path: "/mails/try-now", body, answer: mailsTriedSchema });
    },
    onDone: ({ tried, left }) => {
      refresh();
      onDone();
      const more = left > 0 ? ` ${count(left, "more mail")} still wait.` : "";
      notifyDone(
        tried.length === 0
          ? "No mail waits for another attempt."
          : `${count(tried.length, "mail")} ${tried.length === 1 ? "is" : "are"} tried now.${more}`,
      );
    },
  });
}
