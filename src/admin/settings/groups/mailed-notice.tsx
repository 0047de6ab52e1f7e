// The notice about the group that gets mails about low stock. It warns if the group has no active member.

import { Alert, Text } from "@mantine/core";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { alertedGroup } from "../../../domain/access/permissions.ts";
import { NoticeLink } from "../../parts/notice-link.tsx";
import { groups } from "../../words/en/settings/groups.tsx";

const text = groups.mailed;

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
      <Alert icon={<IconMail />} title={text.title}>
        {text.getMails(mailed)}
      </Alert>
    );
  }
  return (
    <Alert color="orange" icon={<IconMailOff />} title={text.nobodyTitle}>
      <Text size="sm">
        {text.nobody(<b>{alertedGroup}</b>)}{" "}
        {isLinked && <NoticeLink to={`/settings/groups/${alertedGroup}`}>{text.add}</NoticeLink>}
      </Text>
    </Alert>
  );
}
