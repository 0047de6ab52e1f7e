// Says that the mail server does not take mails, and that mails have failed, with what to do about it.

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconMailExclamation, IconMailX } from "@tabler/icons-react";
import { Link } from "react-router";
import type { OverviewReply } from "../../../contract/reports.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import { useMay } from "../../session/session.ts";
import { mailTrouble } from "../../words/en/settings/mail-trouble.tsx";
import { Time } from "../../words/time.tsx";
import { useResendMany, useTryNow } from "./use-mail-acts.ts";

type MailsReply = OverviewReply["mails"];

/** Both notices; nothing if mails go well. */
export function MailTrouble({ mails }: { mails: MailsReply }) {
  return (
    <>
      {mails.failingSince !== null && <Waiting mails={mails} since={mails.failingSince} />}
      {mails.failed > 0 && <Failed failed={mails.failed} />}
    </>
  );
}

function Waiting({ mails, since }: { mails: MailsReply; since: string }) {
  const text = mailTrouble.waiting;
  const may = useMay();
  const { run, isSending, problem } = useTryNow();
  const { waiting, lastError, lastSentAt } = mails;
  const takesOthers = lastSentAt !== null && lastSentAt > since;
  return (
    <Alert
      color="orange"
      icon={<IconMailExclamation />}
      title={takesOthers ? text.someTitle : text.allTitle}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text.text(waiting, <Time at={since} />)}</Text>
        {lastError !== null && (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {text.lastAnswer(lastError)}
          </Text>
        )}
        {problem !== null && <FailureNotice problem={problem} />}
        {may("mails:write") && (
          <Button variant="default" size="xs" loading={isSending} onClick={() => run(undefined)}>
            {text.tryNow}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function Failed({ failed }: { failed: number }) {
  const text = mailTrouble.failed;
  const may = useMay();
  const { run, isSending, problem, refused, clearRefused, answer } = useResendMany();
  return (
    <Alert color="red" icon={<IconMailX />} title={text.title(failed)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text.text(failed)}</Text>
        {problem !== null && <FailureNotice problem={problem} />}
        <RefusedItems
          refused={refused}
          all={answer?.outcomes.length ?? refused.length}
          onClose={clearRefused}
        />
        <Group gap="xs">
          {may("mails:write") && (
            <Button variant="default" size="xs" loading={isSending} onClick={() => run(undefined)}>
              {text.sendAgain(failed)}
            </Button>
          )}
          {may("mails:read") && (
            <Button component={Link} to="/settings/mails?status=failed" variant="subtle" size="xs">
              {text.see}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
