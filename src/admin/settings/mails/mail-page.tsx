// The page of one mail: what it looks like, and how sending it went.

import { Alert, Button, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { IconSend, IconTemplateOff } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "react-router";
import { mailEntrySchema } from "../../../contract/mails.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { useSend } from "../../forms/use-send.ts";
import { segment, send } from "../../http/request.ts";
import { Empty } from "../../lists/list-body.tsx";
import { useMay, useSession } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { mails } from "../../words/en/settings/mails.tsx";
import { KeptMailsNotice } from "./kept-mails-notice.tsx";
import { MailFacts } from "./mail-facts.tsx";
import { isOnItsWay, type Mail, type MailEntry, mailQuery } from "./mail-queries.ts";
import { MailStatusBadge } from "./mail-status-badge.tsx";
import { MailViewer } from "./mail-viewer.tsx";

const words = mails.page;

/** The page. */
export function MailPage() {
  const { id = "" } = useParams();
  const may = useMay();
  const { mailsLeave } = useSession();
  const query = useQuery(mailQuery(id));
  const resend = useResend(id);
  const mail = query.data;
  const mayResend =
    mail !== undefined && may("mails:write") && !isOnItsWay(mail) && mail.status !== "cancelled";
  return (
    <Page
      title={mail?.subject ?? words.title}
      back={{ to: "/settings/mails", label: words.back }}
      badge={mail !== undefined && <MailStatusBadge status={mail.status} />}
      actions={
        mayResend && (
          <Button
            leftSection={<IconSend size={16} />}
            onClick={() => resend.run()}
            loading={resend.isSending}
          >
            {mailsLeave ? mails.sendAgain : mails.writeAgain}
          </Button>
        )
      }
    >
      <KeptMailsNotice />
      {resend.problem !== null && <FailureNotice problem={resend.problem} />}
      <Loaded query={query}>{(data) => <MailView mail={data} />}</Loaded>
    </Page>
  );
}

function MailView({ mail }: { mail: Mail }) {
  const may = useMay();
  const { mailsLeave } = useSession();
  const { html, text, overrideProblem, templateCode } = mail;
  return (
    <Stack gap="lg">
      {overrideProblem !== null && (
        <Alert color="orange" icon={<IconTemplateOff />} title={words.builtInUsed}>
          <Stack gap="xs" align="flex-start">
            {overrideProblem}
            {may("templates:write") && (
              <Button
                component={Link}
                to={`/settings/mail-templates/${templateCode}`}
                variant="default"
                size="xs"
              >
                {words.editTemplate}
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      <MailFacts mail={mail} />
      {linkMails.has(templateCode) && (
        <Text size="sm" c="dimmed">
          {words.link}
        </Text>
      )}
      {html === null ? (
        <Empty {...(mail.status === "cancelled" ? words.neverDrawn : words.notDrawnYet)} />
      ) : (
        <MailViewer
          label={mailsLeave ? words.asSent : words.asItWouldBeSent}
          html={html}
          text={text ?? ""}
        />
      )}
    </Stack>
  );
}

/** The mails with a link to choose a password. */
const linkMails: ReadonlySet<string> = new Set(["tallyman:invitation", "tallyman:password_reset"]);

function useResend(id: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { mailsLeave } = useSession();
  return useSend<void, MailEntry>({
    send: () =>
      send({ method: "POST", path: `/mails/${segment(id)}/resend`, answer: mailEntrySchema }),
    onDone: async (written) => {
      void queryClient.invalidateQueries({ queryKey: ["mails", "list"] });
      notifyDone(mailsLeave ? words.sentTo(written.to.email) : words.keptFor(written.to.email));
      await navigate(`/settings/mails/${written.id}`);
    },
  });
}
