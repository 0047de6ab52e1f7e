// The parts that built-in bodies are made of, so that all mails look alike.

import { Button, Heading, Link, Section, Text } from "react-email";
import type { ReactNode } from "react";
import type { MailFact } from "./mail-facts.ts";
import { light } from "./mail-style.ts";

/** What the mail is about. */
export function MailHeading({ children }: { children: ReactNode }): ReactNode {
  return (
    <Heading as="h1" className="tm-text tm-title" style={title}>
      {children}
    </Heading>
  );
}

/** The sentences below the heading. */
export function MailLead({ children }: { children: ReactNode }): ReactNode {
  return (
    <Text className="tm-text" style={lead}>
      {children}
    </Text>
  );
}

/** The link to where the reader acts. */
export function MailButton({ href, label }: { href: string; label: string }): ReactNode {
  return (
    <Section style={{ padding: "8px 0 20px" }}>
      <Button className="tm-button" href={href} style={button}>
        {label}
      </Button>
    </Section>
  );
}

/** A table of facts, a row each. */
export function MailFacts({ facts }: { facts: readonly MailFact[] }): ReactNode {
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
