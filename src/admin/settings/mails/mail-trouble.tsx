// Says that the mail server does not take mails, and that mails have failed, with what to do about it.

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconMailExclamation, IconMailX } from "@tabler/icons-react";
import { Link } from "react-router";
import type { OverviewReply } from "../../../contract/reports.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import { useMay } from "../../session/session.ts";
import { count } from "../../words/numbers.ts";
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
  const may = useMay();
  const { run, isSending, problem } = useTryNow();
  const { waiting, lastError, lastSentAt } = mails;
  const takesOthers = lastSentAt !== null && lastSentAt > since;
  return (
    <Alert
      color="orange"
      icon={<IconMailExclamation />}
      title={takesOthers ? "Some mails wait to be sent" : "The mail server does not take mails"}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          Since <Time at={since} />. {count(waiting, "mail")} {waiting === 1 ? "waits" : "wait"} and{" "}
          {waiting === 1 ? "is" : "are"} tried again, later and later, for about 43 minutes.
        </Text>
        {lastError !== null && (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            The last answer: {lastError}
          </Text>
        )}
        {problem !== null && <FailureNotice problem={problem} />}
        {may("mails:write") && (
          <Button variant="default" size="xs" loading={isSending} onClick={() => run(undefined)}>
            Try now
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function Failed({ failed }: { failed: number }) {
  const may = useMay();
  const { run, isSending, problem, refused, clearRefused, answer } = useResendMany();
  return (
    <Alert color="red" icon={<IconMailX />} title={`${count(failed, "mail")} could not be sent`}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">Nobody has got {failed === 1 ? "it" : "them"}.</Text>
        {problem !== null && <FailureNotice problem={problem} />}
        <RefusedItems
          refused={refused}
          all={answer?.outcomes.length ?? refused.length}
          onClose={clearRefused}
        />
        <Group gap="xs">
          {may("mails:write") && (
            <Button variant="default" size="xs" loading={isSending} onClick={() => run(undefined)}>
              {failed === 1 ? "Send it again" : "Send them again"}
            </Button>
          )}
          {may("mails:read") && (
            <Button component={Link} to="/settings/mails?status=failed" variant="subtle" size="xs">
              See the failed mails
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
