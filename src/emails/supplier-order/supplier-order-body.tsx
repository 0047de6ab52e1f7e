// The built-in body of the mail to a supplier: what its sender wrote, and the items. Its lines have few styles of their
// own, because Gmail cuts off a mail that is longer than 102 kB.

import type { ReactNode } from "react";
import { MailHeading, MailLead } from "../templating/mail-parts.tsx";
import type { MailBody, Speech } from "../templating/mail-template.ts";
import { light } from "../templating/mail-style.ts";
import type { SupplierOrderMail } from "./supplier-order-mail.ts";
import type { SupplierOrderWords } from "./supplier-order-words.ts";
import {
  type SupplierOrderWording,
  wordSupplierOrder,
  writeSupplierOrderText,
} from "./supplier-order-wording.ts";

/** Draws the body, and writes it as plain text. */
export function drawSupplierOrderBody(
  data: SupplierOrderMail,
  speech: Speech<SupplierOrderWords>,
): MailBody {
  const wording = wordSupplierOrder(data, speech);
  const content = (
    <>
      <MailHeading>{wording.headline}</MailHeading>
      {wording.message.length > 0 && (
        <MailLead>
          {wording.message.flatMap((line, index) =>
            // A line has no name but its place, and the lines never change.
            // eslint-disable-next-line react/no-array-index-key
            index === 0 ? [line] : [<br key={index} />, line],
          )}
        </MailLead>
      )}
      <Lines lines={wording.lines} heads={wording.heads} />
      <MailLead>{wording.sum}</MailLead>
    </>
  );
  return { content, text: writeSupplierOrderText(wording) };
}

function Lines({ lines, heads }: Pick<SupplierOrderWording, "lines" | "heads">): ReactNode {
  return (
    <table width="100%" border={0} cellPadding={0} cellSpacing={0} style={table}>
      <thead>
        <tr>
          <th scope="col" align="left" className="tm-muted" style={head}>
            {heads.item}
          </th>
          <th scope="col" align="right" className="tm-muted" style={head}>
            {heads.units}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ units, name, sku }) => (
          <tr key={sku}>
            <td className="tm-text tm-line" style={cell}>
              {name}
              <br />
              <span className="tm-muted">{sku}</span>
            </td>
            <td className="tm-text tm-line" align="right" style={cell}>
              <b>{units}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const table = {
  margin: "0 0 12px",
  borderCollapse: "collapse",
  fontSize: "14px",
  lineHeight: "20px",
  color: light.text,
} as const;

const head = { padding: "4px", fontWeight: 400, color: light.muted } as const;

const cell = {
  padding: "8px 4px",
  borderTop: `1px solid ${light.line}`,
  verticalAlign: "top",
  overflowWrap: "anywhere",
} as const;
