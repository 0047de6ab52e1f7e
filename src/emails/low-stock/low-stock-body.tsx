// The built-in body of the low-stock mail: what ran low and why, in numbers that can be read at a glance, and a link to
// the product.

import { Column, Row, Section, Text } from "react-email";
import type { ReactNode } from "react";
import { MailButton, MailFacts, MailHeading, MailLead } from "../templating/mail-parts.tsx";
import type { MailBody } from "../templating/mail-template.ts";
import { light } from "../templating/mail-style.ts";
import type { LowStockMail } from "./low-stock-mail.ts";
import { writeLowStockText } from "./low-stock-text.ts";
import { type LowStockFigure, type LowStockSpeech, wordLowStock } from "./low-stock-wording.ts";

/** Draws the body, and writes it as plain text. */
export function drawLowStockBody(data: LowStockMail, speech: LowStockSpeech): MailBody {
  const wording = wordLowStock(data, speech);
  const { state } = data.stock;
  const content = (
    <>
      <Badge state={state} label={wording.badge} />
      <MailHeading>{wording.headline}</MailHeading>
      <MailLead>{wording.lead}</MailLead>
      <Figures figures={wording.figures} state={state} />
      <MailButton {...wording.action} />
      <MailFacts facts={wording.facts} />
    </>
  );
  return { content, text: writeLowStockText(data, wording, speech) };
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
  const look = figureLook(props.figures);
  return (
    <Section className="tm-inset" style={figuresBox}>
      <Row>
        {props.figures.map(({ label, value }) => (
          <Column key={label} align="center" valign="top" width="33%" style={{ padding: "0 4px" }}>
            <Text {...look}>{value}</Text>
            <Text className="tm-muted" style={figureLabel}>
              {label}
            </Text>
          </Column>
        ))}
      </Row>
    </Section>
  );
}

/**
 * The look of all figures, so that the longest fits into its column on a phone of 320 px: a figure that is broken into two
 * lines reads as two. Long ones have no class, since a phone makes those with it larger.
 */
function figureLook(figures: readonly LowStockFigure[]) {
  const longest = Math.max(...figures.map(({ value }) => value.length));
  if (longest <= 5) return { className: "tm-text tm-figure", style: figure };
  const fontSize = longest <= 7 ? "16px" : longest <= 9 ? "13px" : "11px";
  return { className: "tm-text", style: { ...figure, fontSize } };
}

const badge = {
  display: "inline-block",
  padding: "4px 12px",
  borderRadius: "999px",
  fontWeight: 600,
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
} as const;

const figureLabel = {
  margin: "2px 0 0",
  fontSize: "13px",
  lineHeight: "18px",
  color: light.muted,
} as const;
