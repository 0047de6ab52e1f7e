// A notice that no mail leaves the service, for pages that speak of mails.

import { Alert, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { NoticeLink } from "../../parts/notice-link.tsx";
import { useMay, useSession } from "../../session/session.ts";
import { keptMails as text } from "../../words/en/settings/kept-mails.tsx";

/** The notice. It is empty if a mail server is set up. */
export function KeptMailsNotice() {
  const { mailsLeave } = useSession();
  const may = useMay();
  if (mailsLeave) return null;
  return (
    <Alert role="note" color="orange" icon={<IconMailOff />} title={text.title}>
      <Text size="sm">
        {text.text((log) =>
          may("mails:read") ? <NoticeLink to="/settings/mails">{log}</NoticeLink> : log,
        )}
      </Text>
    </Alert>
  );
}
