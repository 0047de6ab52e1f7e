// The built-in body of the mail that tells of several items at once: a line for each, the most urgent first. Its lines
// have few styles of their own, because Gmail cuts off a mail that is longer than 102 kB.

import type { ReactNode } from "react";
import { MailButton, MailHeading, MailLead } from "../templating/mail-parts.tsx";
import type { MailBody } from "../templating/mail-template.ts";
import { light } from "../templating/mail-style.ts";
import type { DigestMail } from "./digest-mail.ts";
import {
  type DigestLine,
  type DigestSpeech,
  wordDigest,
  writeDigestText,
} from "./digest-wording.ts";

/** Draws the body, and writes it as plain text. */
export function drawDigestBody(data: DigestMail, speech: DigestSpeech): MailBody {
  const wording = wordDigest(data, speech);
  const content = (
    <>
      <MailHeading>{wording.headline}</MailHeading>
      <MailLead>{wording.lead}</MailLead>
      <Lines lines={wording.lines} />
      {wording.rest !== null && <MailLead>{wording.rest}</MailLead>}
      <MailButton {...wording.action} />
    </>
  );
  return { content, text: writeDigestText(wording) };
}

function Lines({ lines }: { lines: readonly DigestLine[] }): ReactNode {
  return (
    <table width="100%" border={0} cellPadding={0} cellSpacing={0} style={table}>
      <tbody>
        {lines.map(({ href, name, sku, badge, says, state }) => (
          <tr key={href}>
            <td className="tm-line" style={cell}>
              <a className="tm-link" href={href} style={link}>
                {name}
              </a>
              <br />
              <span className="tm-muted">{sku}</span>
            </td>
            <td className="tm-line" align="right" style={cell}>
              <b className={classes[state]}>{badge}</b>
              <br />
              {says}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const classes = { low: "tm-low", "held-back": "tm-out", "none-left": "tm-out", over: "tm-text" };

const table = {
  margin: "0 0 12px",
  borderCollapse: "collapse",
  fontSize: "14px",
  lineHeight: "20px",
  color: light.text,
} as const;

const cell = {
  padding: "8px 4px",
  borderTop: `1px solid ${light.line}`,
  verticalAlign: "top",
} as const;

const link = { color: light.link } as const;
