// The facts about a mail: its recipient, what it is about, and how sending it went.

import { Anchor, Code, Paper, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { Link } from "react-router";
import { segment } from "../../http/request.ts";
import { useMay, useSession } from "../../session/session.ts";
import { mails } from "../../words/en/settings/mails.tsx";
import { number } from "../../words/numbers.ts";
import { Time } from "../../words/time.tsx";
import facts from "../../parts/facts.module.css";
import classes from "./mail-facts.module.css";
import type { Mail } from "./mail-queries.ts";

const text = mails.facts;

/** The templates of mails about accounts, which nobody can edit, so that they have no page. */
const fixedTemplates: Readonly<Record<string, string>> = {
  "tallyman:invitation": text.accountMails.invitation,
  "tallyman:password_reset": text.accountMails.passwordReset,
  "tallyman:password_changed": text.accountMails.passwordChanged,
  "tallyman:address_changed": text.accountMails.addressChanged,
};

/** The facts. */
export function MailFacts({ mail }: { mail: Mail }) {
  const { mailsLeave } = useSession();
  const { to, createdAt, sentAt, attempts, lastError, messageId, templateCode, resendOf } = mail;
  return (
    <Paper withBorder p="lg" bg="var(--tally-card)">
      <dl className={facts["facts"]}>
        <Fact term={text.to}>{to.name === to.email ? to.email : `${to.name} <${to.email}>`}</Fact>
        <About mail={mail} />
        <Fact term={text.written}>
          <Time at={createdAt} />
        </Fact>
        {sentAt !== null && (
          <Fact term={mailsLeave ? text.sent : text.kept}>
            <Time at={sentAt} />
          </Fact>
        )}
        <Fact term={text.attempts}>{number(attempts)}</Fact>
        {lastError !== null && (
          <Fact term={text.lastError}>
            <Text c="var(--mantine-color-error)">{lastError}</Text>
          </Fact>
        )}
        {resendOf !== null && (
          <Fact term={text.copyOf}>
            <Anchor component={Link} to={`/settings/mails/${resendOf}`}>
              {text.earlierMail}
            </Anchor>
          </Fact>
        )}
        <Fact term={text.template}>
          {fixedTemplates[templateCode] ?? (
            <Anchor component={Link} to={`/settings/mail-templates/${templateCode}`}>
              {templateCode}
            </Anchor>
          )}
        </Fact>
        <Fact term={text.messageId}>
          <Code className={classes["code"] ?? ""}>{messageId}</Code>
        </Fact>
      </dl>
    </Paper>
  );
}

function About({ mail: { alertId, notice, sku, productSku } }: { mail: Mail }) {
  const may = useMay();
  if (alertId === null) return null;
  const item =
    sku !== null && productSku !== null && may("catalogue:read") ? (
      <Anchor component={Link} to={`/products/${segment(productSku)}`}>
        {sku}
      </Anchor>
    ) : (
      sku
    );
  return (
    <Fact term={text.about}>
      {notice === "out" ? text.out(item) : text.low(item)}
      {" · "}
      <Anchor component={Link} to={`/settings/mails?alert=${alertId}`}>
        {text.allAboutAlert}
      </Anchor>
    </Fact>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <Fragment>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </Fragment>
  );
}
