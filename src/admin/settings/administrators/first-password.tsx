// The details that a new administrator needs to log in, for the person who invites them to pass on.

import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { SecretField } from "../../forms/secret-field.tsx";

type FirstPasswordProps = {
  readonly email: string;
  readonly password: string;
  readonly onDone: () => void;
};

/** Shows the details. The password can't be seen again. */
export function FirstPassword({ email, password, onDone }: FirstPasswordProps) {
  return (
    <Stack>
      <Text size="sm">
        Give these details to the person, but not by email. They choose their own password when they
        log in.
      </Text>
      <TextInput label="Where to log in" value={`${window.location.origin}/admin`} readOnly />
      <TextInput label="Email" value={email} readOnly />
      <SecretField label="Password" secret={password} />
      <Alert icon={<IconEyeOff />} title="The password is shown only once">
        If it gets lost, set a new one.
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
