// The headers of a mail about alerts: they keep the mails of an episode in one thread, and let a mail program offer to end
// such mails (RFC 2369, RFC 8058).

import { unsubscribeUrl } from "./unsubscribe-link.ts";

/** What the headers are made of. */
export type AlertMailFacts = {
  /** The alert, if the mail is about one. */
  readonly alertId: string | null;
  readonly messageId: string;
  /** The Message-ID of the first mail about the alert to this person; null if this is the first. */
  readonly firstMessageId: string | null;
  /** The person, and the key of the store that signs the link; null if nobody has the address any more. */
  readonly reader: { readonly userId: string; readonly linkKey: string } | null;
};

/**
 * The headers. All mails of an episode refer to one id, which no mail has, and to the first of them: so they are one thread
 * also if the first was deleted, or went out as a part of another mail.
 */
export function alertHeaders(
  { alertId, messageId, firstMessageId, reader }: AlertMailFacts,
  publicUrl: string,
): Readonly<Record<string, string>> {
  const host = messageId.slice(messageId.indexOf("@") + 1, -1);
  const root = alertId === null ? [] : [`<alert-${alertId}@${host}>`];
  const first = firstMessageId === null ? [] : [firstMessageId];
  const references = [...root, ...first];
  return {
    "List-Id": `<stock-alerts.${host}>`,
    ...(references.length > 0 ? { References: references.join(" ") } : {}),
    ...(references.length > 0 ? { "In-Reply-To": references.at(-1) ?? "" } : {}),
    ...(reader === null
      ? {}
      : {
          "List-Unsubscribe": `<${unsubscribeUrl(publicUrl, reader.userId, reader.linkKey)}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }),
  };
}
