// The details that a new administrator needs to log in, for the person who invites them to pass on.

import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { SecretField } from "../../forms/secret-field.tsx";
import { administrators } from "../../words/en/settings/administrators.ts";
import { settings } from "../../words/en/settings/shared.ts";

const text = administrators.password.details;

type FirstPasswordProps = {
  readonly email: string;
  readonly password: string;
  readonly onDone: () => void;
};

/** Shows the details. The password can't be seen again. */
export function FirstPassword({ email, password, onDone }: FirstPasswordProps) {
  return (
    <Stack>
      <Text size="sm">{text.intro}</Text>
      <TextInput label={text.address} value={`${window.location.origin}/admin`} readOnly />
      <TextInput label={text.email} value={email} readOnly />
      <SecretField label={text.password} secret={password} />
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
