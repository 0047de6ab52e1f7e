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
import { mailTrouble } from "../../words/en/settings/mail-trouble.tsx";
import type { MailEntry } from "./mail-queries.ts";

const text = mailTrouble.resent;

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
      const left = mails === undefined ? failedLeft : 0;
      if (done > 0) notifyDone(mailsLeave ? text.sent(done, left) : text.kept(done, left));
      else if (mails === undefined) notifyDone(text.none);
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

function nameOf(id: string, mails: readonly MailEntry[]): string {
  const mail = mails.find((one) => one.id === id);
  return mail === undefined ? text.mail : text.mailTo(mail.subject, mail.to.email);
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
      const { nothingWaits, tried: done } = mailTrouble.waiting;
      notifyDone(tried.length === 0 ? nothingWaits : done(tried.length, left));
    },
  });
}
