// The page of one mail: what it looks like, and how sending it went.

import { Alert, Button, Stack } from "@mantine/core";
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
import { KeptMailsNotice } from "./kept-mails-notice.tsx";
import { MailFacts } from "./mail-facts.tsx";
import { isOnItsWay, type Mail, type MailEntry, mailQuery } from "./mail-queries.ts";
import { MailStatusBadge } from "./mail-status-badge.tsx";
import { MailViewer } from "./mail-viewer.tsx";

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
      title={mail?.subject ?? "Mail"}
      back={{ to: "/settings/mails", label: "Mail log" }}
      badge={mail !== undefined && <MailStatusBadge status={mail.status} />}
      actions={
        mayResend && (
          <Button
            leftSection={<IconSend size={16} />}
            onClick={() => resend.run()}
            loading={resend.isSending}
          >
            {mailsLeave ? "Send again" : "Write again"}
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
        <Alert
          color="orange"
          icon={<IconTemplateOff />}
          title="The mail uses the built-in text instead of the store's own"
        >
          <Stack gap="xs" align="flex-start">
            {overrideProblem}
            {may("templates:write") && (
              <Button
                component={Link}
                to={`/settings/mail-templates/${templateCode}`}
                variant="default"
                size="xs"
              >
                Edit the template
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      <MailFacts mail={mail} />
      {html === null ? (
        <Empty {...(mail.status === "cancelled" ? neverDrawn : notDrawnYet)} />
      ) : (
        <MailViewer
          label={mailsLeave ? "The mail as it was sent" : "The mail as it would be sent"}
          html={html}
          text={text ?? ""}
        />
      )}
    </Stack>
  );
}

const notDrawnYet = {
  title: "Nothing to show yet",
  text: "The mail gets its final form when it is sent. This page shows it then.",
};

const neverDrawn = {
  title: "Never sent",
  text: "What the mail is about was deleted or hidden before the mail could be sent.",
};

function useResend(id: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { mailsLeave } = useSession();
  return useSend<void, MailEntry>({
    send: () =>
      send({ method: "POST", path: `/mails/${segment(id)}/resend`, answer: mailEntrySchema }),
    onDone: async (written) => {
      void queryClient.invalidateQueries({ queryKey: ["mails", "list"] });
      notifyDone(
        mailsLeave
          ? `The mail is sent to ${written.to.email} again. This is the new one.`
          : `The mail to ${written.to.email} is kept, not sent. This is the new one.`,
      );
      await navigate(`/settings/mails/${written.id}`);
    },
  });
}
