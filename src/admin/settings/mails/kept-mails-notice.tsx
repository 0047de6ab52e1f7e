// A notice that no mail leaves the service, for pages that speak of mails.

import { Alert, Anchor, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { useMay, useSession } from "../../session/session.ts";

/** The notice. It is empty if a mail server is set up. */
export function KeptMailsNotice() {
  const { mailsLeave } = useSession();
  const may = useMay();
  if (mailsLeave) return null;
  return (
    <Alert
      role="note"
      color="orange"
      icon={<IconMailOff />}
      title="Nobody is mailed: no mail server is set up"
    >
      <Text size="sm">
        Mails are kept in the{" "}
        {may("mails:read") ? (
          <Anchor component={Link} to="/settings/mails" inherit c="inherit" underline="always">
            mail log
          </Anchor>
        ) : (
          "mail log"
        )}{" "}
        and are not sent. The person who runs Tallyman can set up a mail server with SMTP_URL.
      </Text>
    </Alert>
  );
}
