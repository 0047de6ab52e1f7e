// Tells on the page of a person that they are invited and have no password yet, with what can be done about it.

import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconMailForward } from "@tabler/icons-react";
import { useState } from "react";
import { invitedUserSchema } from "../../../contract/access.ts";
import { confirm } from "../../forms/confirm.tsx";
import { notifyDone, notifyFailed } from "../../forms/notify.tsx";
import { useSend } from "../../forms/use-send.ts";
import { segment, send } from "../../http/request.ts";
import { useMay, useSession } from "../../session/session.ts";
import { invitations } from "../../words/en/settings/invitations.tsx";
import { Time } from "../../words/time.tsx";
import type { AdminUser } from "../access-queries.ts";
import { InvitationLink } from "./invitation-link.tsx";
import { invitationState } from "./invitation-state.ts";

const text = invitations.notice;

/** The notice. It shows nothing for a person who has a password. */
export function InvitationNotice({ person }: { person: AdminUser }) {
  const may = useMay();
  const { invitation } = person;
  const state = invitationState(person);
  if (invitation === null || state === null) return null;
  return (
    <Alert icon={<IconMailForward />} title={state.label} color={state.color}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {state.isOpen && invitation.endsAt !== null
            ? text.open(<Time at={invitation.invitedAt} />, <Time at={invitation.endsAt} />)
            : text.over(<Time at={invitation.invitedAt} />)}
        </Text>
        {may("admin:write") && <Acts person={person} isOpen={state.isOpen} />}
      </Stack>
    </Alert>
  );
}

function Acts({ person, isOpen }: { person: AdminUser; isOpen: boolean }) {
  const queryClient = useQueryClient();
  const { mailsLeave } = useSession();
  const [link, setLink] = useState<string | null>(null);
  const path = `/admin-users/${segment(person.id)}/invitation`;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["admin-users"] });
  const again = useSend({
    send: () => send({ method: "POST", path, answer: invitedUserSchema }),
    onDone: async ({ invitationLink }) => {
      await refresh();
      if (invitationLink === undefined) notifyDone(text.sent(person.email));
      else setLink(invitationLink);
    },
    onRefused: notifyFailed,
  });
  const revoke = useSend({
    send: () => send({ method: "DELETE", path }),
    onDone: async () => {
      await refresh();
      notifyDone(text.takenBack);
    },
    onRefused: notifyFailed,
  });
  const ask = (): void =>
    confirm({ ...text.askTakeBack(person.name), onYes: () => revoke.run(undefined) });
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => again.run(undefined)} loading={again.isSending}>
        {mailsLeave ? (isOpen ? text.sendAgain : text.inviteAgain) : text.newLink}
      </Button>
      {isOpen && (
        <Button variant="default" onClick={ask} loading={revoke.isSending}>
          {text.takeBack}
        </Button>
      )}
      {link !== null && (
        <Modal
          opened
          onClose={() => setLink(null)}
          title={text.newLinkTitle}
          closeOnClickOutside={false}
        >
          <InvitationLink email={person.email} link={link} onDone={() => setLink(null)} />
        </Modal>
      )}
    </Group>
  );
}
