// The frame of every mail: the store's name, a card with the message, and below it why the reader gets the mail. It
// loads nothing from the network: no image, no font, no style sheet.

import { Body, Container, Head, Html, Link, Preview, Section, Text } from "react-email";
import type { ReactNode } from "react";
import type { Language } from "../../domain/language/languages.ts";
import { mailWords } from "../words/mail-words.ts";
import type { MailData } from "./mail-template.ts";
import { fontFamily, light, outlookStyleSheet, styleSheet } from "./mail-style.ts";

/** What the frame shows around a message. */
export type LayoutProps = {
  readonly language: Language;
  /** The title of the document, which some mail programs and all screen readers use: the subject. */
  readonly title: string;
  /** What a list of mails shows after the subject. */
  readonly preheader: string;
  readonly store: MailData["store"];
  /** Why the reader gets this mail. */
  readonly footer: string;
  /** Whether a link leads to the admin app. */
  readonly linksToApp: boolean;
  readonly children: ReactNode;
};

/** Draws a message inside the frame. */
export function Layout(props: LayoutProps): ReactNode {
  const { language, title, preheader, store, footer, linksToApp, children } = props;
  return (
    <Html lang={language}>
      <Head>
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta
          name="format-detection"
          content="telephone=no, date=no, address=no, email=no, url=no"
        />
        <style>{styleSheet}</style>
        <style>{outlookStyleSheet}</style>
      </Head>
      <Body className="tm-page" style={{ margin: 0, backgroundColor: light.page, fontFamily }}>
        <Preview useTitleTag={false}>{preheader}</Preview>
        <Section
          tdClassName="tm-page tm-outer"
          style={{ padding: "32px 16px", backgroundColor: light.page }}
        >
          <Container style={{ maxWidth: "560px" }}>
            <Text className="tm-muted" style={storeName}>
              {store.name}
            </Text>
            <Section className="tm-card" tdClassName="tm-inner" style={card}>
              {children}
            </Section>
            <Text className="tm-muted" style={smallPrint}>
              {footer}
            </Text>
            {linksToApp && (
              <Text className="tm-muted" style={smallPrint}>
                <Link className="tm-link" href={store.adminUrl} style={smallLink}>
                  {mailWords[language].openAdminApp}
                </Link>
              </Text>
            )}
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

const storeName = {
  margin: "0 0 12px",
  padding: "0 4px",
  fontSize: "14px",
  lineHeight: "20px",
  fontWeight: 600,
  color: light.muted,
  overflowWrap: "anywhere",
} as const;

const card = {
  padding: "32px",
  backgroundColor: light.card,
  border: `1px solid ${light.line}`,
  borderCollapse: "separate",
  borderRadius: "12px",
} as const;

const smallPrint = {
  margin: "16px 0 0",
  padding: "0 4px",
  fontSize: "13px",
  lineHeight: "20px",
  color: light.muted,
  overflowWrap: "anywhere",
} as const;

const smallLink = { color: light.link, textDecoration: "underline" } as const;
