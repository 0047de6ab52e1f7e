// The link of an invitation, for the person who invites to pass on: no mail leaves this service.

import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { SecretField } from "../../forms/secret-field.tsx";
import { invitations } from "../../words/en/settings/invitations.tsx";
import { settings } from "../../words/en/settings/shared.ts";

const text = invitations.link;

type InvitationLinkProps = {
  readonly email: string;
  readonly link: string;
  readonly onDone: () => void;
};

/** Shows the link. It can't be seen again. */
export function InvitationLink({ email, link, onDone }: InvitationLinkProps) {
  return (
    <Stack>
      <Text size="sm">{text.intro}</Text>
      <TextInput label={text.email} value={email} readOnly />
      <SecretField label={text.link} secret={link} />
      <Alert icon={<IconEyeOff />} title={text.onlyOnce}>
        {text.ifLost}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {settings.done}
        </Button>
      </Group>
    </Stack>
  );
}
