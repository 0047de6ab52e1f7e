// The facts about a mail: its recipient, what it is about, and how sending it went.

import { Anchor, Code, Paper, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { Link } from "react-router";
import { segment } from "../../http/request.ts";
import { useMay, useSession } from "../../session/session.ts";
import { number } from "../../words/numbers.ts";
import { Time } from "../../words/time.tsx";
import facts from "../../parts/facts.module.css";
import classes from "./mail-facts.module.css";
import type { Mail } from "./mail-queries.ts";

/** The facts. */
export function MailFacts({ mail }: { mail: Mail }) {
  const { mailsLeave } = useSession();
  const { to, createdAt, sentAt, attempts, lastError, messageId, templateCode, resendOf } = mail;
  return (
    <Paper withBorder p="lg" bg="var(--tally-card)">
      <dl className={facts["facts"]}>
        <Fact term="To">{to.name === to.email ? to.email : `${to.name} <${to.email}>`}</Fact>
        <About mail={mail} />
        <Fact term="Written">
          <Time at={createdAt} />
        </Fact>
        {sentAt !== null && (
          <Fact term={mailsLeave ? "Sent" : "Kept"}>
            <Time at={sentAt} />
          </Fact>
        )}
        <Fact term="Attempts">{number(attempts)}</Fact>
        {lastError !== null && (
          <Fact term="Last error">
            <Text c="var(--mantine-color-error)">{lastError}</Text>
          </Fact>
        )}
        {resendOf !== null && (
          <Fact term="Copy of">
            <Anchor component={Link} to={`/settings/mails/${resendOf}`}>
              an earlier mail
            </Anchor>
          </Fact>
        )}
        <Fact term="Template">
          <Anchor component={Link} to={`/settings/mail-templates/${templateCode}`}>
            {templateCode}
          </Anchor>
        </Fact>
        <Fact term="Message-ID">
          <Code className={classes["code"] ?? ""}>{messageId}</Code>
        </Fact>
      </dl>
    </Paper>
  );
}

function About({ mail: { alertId, notice, sku, productSku } }: { mail: Mail }) {
  const may = useMay();
  if (alertId === null) return null;
  const what = notice === "out" ? "is out of stock" : "runs low";
  return (
    <Fact term="About">
      {sku === null ? (
        `Something ${what}`
      ) : (
        <>
          {may("catalogue:read") && productSku !== null ? (
            <Anchor component={Link} to={`/products/${segment(productSku)}`}>
              {sku}
            </Anchor>
          ) : (
            sku
          )}{" "}
          {what}
        </>
      )}
      {" · "}
      <Anchor component={Link} to={`/settings/mails?alert=${alertId}`}>
        all mails about this alert
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
