// The notice about the group that gets mails about low stock. It warns if the group has no active member.

import { Alert, Anchor, Text } from "@mantine/core";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { alertedGroup } from "../../../domain/access/permissions.ts";
import { count } from "../../words/numbers.ts";

type MailedNoticeProps = {
  /** How many people get the mails. */
  readonly mailed: number;
  /** Whether to lead to the group's page. */
  readonly isLinked?: boolean;
};

/** The notice. */
export function MailedNotice({ mailed, isLinked = false }: MailedNoticeProps) {
  if (mailed > 0) {
    return (
      <Alert icon={<IconMail />} title="This group gets mails about low stock">
        When a product or variant runs low, each member gets one mail: currently{" "}
        {count(mailed, "person", "people")}.
      </Alert>
    );
  }
  return (
    <Alert color="orange" icon={<IconMailOff />} title="Nobody gets mails about low stock">
      <Text size="sm">
        The group <b>{alertedGroup}</b> has no active member. Open alerts are mailed when it has
        one.{" "}
        {isLinked && (
          <Anchor component={Link} to={`/settings/groups/${alertedGroup}`} size="sm">
            Add a member
          </Anchor>
        )}
      </Text>
    </Alert>
  );
}
