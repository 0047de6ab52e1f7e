// The built-in body of the low-stock mail: what ran low and why, in numbers that can be read at a glance, and a link to
// the product.

import { Button, Column, Heading, Link, Row, Section, Text } from "react-email";
import type { ReactNode } from "react";
import type { MailBody } from "../templating/mail-template.ts";
import { light } from "../templating/mail-style.ts";
import type { LowStockMail } from "./low-stock-mail.ts";
import { writeLowStockText } from "./low-stock-text.ts";
import { type LowStockFact, type LowStockFigure, wordLowStock } from "./low-stock-wording.ts";

/** Draws the body, and writes it as plain text. */
export function drawLowStockBody(data: LowStockMail): MailBody {
  const wording = wordLowStock(data);
  const { state } = data.stock;
  const content = (
    <>
      <Badge state={state} label={wording.badge} />
      <Heading as="h1" className="tm-text tm-title" style={title}>
        {wording.headline}
      </Heading>
      <Text className="tm-text" style={lead}>
        {wording.lead}
      </Text>
      <Figures figures={wording.figures} state={state} />
      <Section style={{ padding: "8px 0 20px" }}>
        <Button className="tm-button" href={wording.action.href} style={button}>
          {wording.action.label}
        </Button>
      </Section>
      <Facts facts={wording.facts} />
    </>
  );
  return { content, text: writeLowStockText(data, wording) };
}

function Badge({ state, label }: { state: "low" | "out"; label: string }): ReactNode {
  const colours =
    state === "low"
      ? { backgroundColor: light.low, color: light.lowText }
      : { backgroundColor: light.out, color: light.outText };
  return (
    <Text style={{ margin: 0, fontSize: "13px", lineHeight: "18px" }}>
      <span className={`tm-${state}`} style={{ ...badge, ...colours }}>
        {label}
      </span>
    </Text>
  );
}

function Figures(props: { figures: readonly LowStockFigure[]; state: "low" | "out" }): ReactNode {
  return (
    <Section className="tm-inset" style={figuresBox}>
      <Row>
        {props.figures.map(({ label, value }) => (
          <Column key={label} align="center" valign="top" width="33%" style={{ padding: "0 4px" }}>
            <Text className="tm-text tm-figure" style={figure}>
              {value}
            </Text>
            <Text className="tm-muted" style={figureLabel}>
              {label}
            </Text>
          </Column>
        ))}
      </Row>
    </Section>
  );
}

function Facts({ facts }: { facts: readonly LowStockFact[] }): ReactNode {
  return (
    <table
      width="100%"
      border={0}
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: "collapse" }}
    >
      <tbody>
        {facts.map(({ label, value, href }) => (
          <tr key={label}>
            <th scope="row" align="left" className="tm-muted tm-line" style={factLabel}>
              {label}
            </th>
            <td className="tm-text tm-line" style={factValue}>
              {href === null ? (
                value
              ) : (
                <Link className="tm-link" href={href} style={factLink}>
                  {value}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const badge = {
  display: "inline-block",
  padding: "4px 12px",
  borderRadius: "999px",
  fontWeight: 600,
} as const;

const title = {
  margin: "14px 0 8px",
  fontSize: "24px",
  lineHeight: "1.25",
  fontWeight: 700,
  color: light.text,
  overflowWrap: "anywhere",
} as const;

const lead = {
  margin: "0 0 20px",
  fontSize: "16px",
  lineHeight: "24px",
  color: light.text,
  overflowWrap: "anywhere",
} as const;

const figuresBox = {
  margin: "0 0 12px",
  padding: "16px 8px",
  borderRadius: "8px",
  backgroundColor: light.inset,
} as const;

const figure = {
  margin: 0,
  fontSize: "28px",
  lineHeight: "34px",
  fontWeight: 700,
  color: light.text,
  overflowWrap: "anywhere",
} as const;

const figureLabel = {
  margin: "2px 0 0",
  fontSize: "13px",
  lineHeight: "18px",
  color: light.muted,
} as const;

const factLabel = {
  width: "34%",
  padding: "10px 12px 10px 0",
  borderTop: `1px solid ${light.line}`,
  fontSize: "14px",
  lineHeight: "20px",
  fontWeight: 400,
  textAlign: "start",
  verticalAlign: "top",
  color: light.muted,
} as const;

const factValue = {
  padding: "10px 0",
  borderTop: `1px solid ${light.line}`,
  fontSize: "14px",
  lineHeight: "20px",
  verticalAlign: "top",
  color: light.text,
  overflowWrap: "anywhere",
} as const;

const factLink = { color: light.link, textDecoration: "underline" } as const;

const button = {
  boxSizing: "border-box",
  padding: "13px 24px",
  borderRadius: "8px",
  backgroundColor: light.button,
  color: light.buttonText,
  fontSize: "16px",
  fontWeight: 600,
  textAlign: "center",
} as const;
