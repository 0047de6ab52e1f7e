// Creates an API key, and shows it once.

import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import type * as z from "zod";
import { newKeySchema } from "../../../contract/access.ts";
import type { Permission } from "../../../domain/access/permissions.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SecretField } from "../../forms/secret-field.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { send } from "../../http/request.ts";
import { shared } from "../../words/en/shared.ts";
import { apiKeys } from "../../words/en/settings/api-keys.tsx";
import { permissionPicker } from "../../words/en/settings/permission-picker.ts";
import { settings } from "../../words/en/settings/shared.ts";
import { dateTime } from "../../words/time.tsx";
import { PermissionPicker } from "../permission-picker.tsx";
import { endAfter, isKeyLife, type KeyLife } from "./key-lives.ts";

type NewKey = z.output<typeof newKeySchema>;

/** The dialog: first the form, then the key. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const text = apiKeys.made;
  const [made, setMade] = useState<NewKey | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={made === null ? apiKeys.form.title : text.title(made.name)}
      // The key is shown only once, so a click outside or Escape must not close the dialog.
      closeOnClickOutside={false}
      closeOnEscape={made === null}
    >
      {made === null ? (
        <NewKeyForm onMade={setMade} onCancel={onClose} />
      ) : (
        <Stack>
          <SecretField label={text.key} secret={made.key} />
          <Alert icon={<IconEyeOff />} title={text.onlyOnce}>
            {made.expiresAt === null ? text.copy : text.copyBefore(dateTime(made.expiresAt))}
          </Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {settings.done}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

/** The permissions that a checkout needs. Most keys are for one. */
const checkoutScopes: readonly Permission[] = ["stock:read", "orders:read", "orders:write"];

type Values = { name: string; scopes: readonly Permission[]; life: KeyLife };

function NewKeyForm(props: { onMade: (made: NewKey) => void; onCancel: () => void }) {
  const text = apiKeys.form;
  const { onMade, onCancel } = props;
  const queryClient = useQueryClient();
  const { form, submit, isSaving, failure } = useEditForm<NewKey, Values>({
    stored: null,
    versionOf: () => 1,
    toValues: () => ({ name: "", scopes: [], life: "endless" }),
    schema: newKeySchema,
    save: ({ name, scopes, life }) =>
      send({
        method: "POST",
        path: "/api-keys",
        body: { name: name.trim(), scopes, expiresAt: endAfter(life, new Date()) },
        answer: newKeySchema,
      }),
    onSaved: (made) => {
      void queryClient.invalidateQueries({ queryKey: ["api-keys"] });
      onMade(made);
    },
    validate: ({ name, scopes }) => ({
      ...(name.trim() === "" ? { name: settings.faults.noName } : {}),
      ...(scopes.length === 0 ? { scopes: text.noScopes } : {}),
    }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {failure !== null && <FailureNotice {...failure} />}
        <TextInput
          label={text.name}
          description={text.nameHint}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <NativeSelect
          label={text.life}
          description={text.lifeHint}
          data={Object.entries(text.lives).map(([value, label]) => ({ value, label }))}
          value={form.values.life}
          error={form.errors["expiresAt"]}
          onChange={({ currentTarget: { value } }) => {
            if (isKeyLife(value)) form.setFieldValue("life", value);
          }}
        />
        <PermissionPicker
          label={text.scopes}
          description={permissionPicker.onlyYourOwn}
          path="scopes"
          value={form.values.scopes}
          error={form.errors["scopes"]}
          onChange={(scopes) => form.setFieldValue("scopes", scopes)}
          preset={{ label: text.checkout, permissions: checkoutScopes }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={isSaving}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={isSaving}>
            {text.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
