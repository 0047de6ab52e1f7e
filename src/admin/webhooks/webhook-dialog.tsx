// Creates a webhook, and shows its secret once; or changes one.

import {
  Alert,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import { webhookSchema, webhookWithSecretSchema } from "../../contract/webhooks.ts";
import { slackTypes } from "../../domain/webhooks/slack-types.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { SecretField } from "../forms/secret-field.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { useIdempotencyKey } from "../http/use-idempotency-key.ts";
import { shared } from "../words/en/shared.ts";
import { webhookActs as text } from "../words/en/webhooks/acts.ts";
import { TypeChoice } from "./type-choice.tsx";
import {
  useRefresh,
  type Webhook,
  webhookPath,
  type WebhookWithSecret,
} from "./webhook-queries.ts";
import { webhookName } from "./webhook-words.ts";

type DialogProps = {
  /** Null to create one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
};

/** The dialog: first the form, then the secret of a new one. */
export function WebhookDialog({ webhook, onClose }: DialogProps) {
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  // It is read again every few seconds, and the form must not change while somebody types.
  const [stored] = useState(webhook);
  const title = stored === null ? text.form.newTitle : text.form.changeTitle(webhookName(stored));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={made === null ? title : text.secret.titleOf(webhookName(made))}
      // The secret is shown only once, so a click outside or Escape must not close the dialog.
      closeOnClickOutside={false}
      closeOnEscape={made === null}
    >
      {made?.secret == null ? (
        <WebhookForm
          stored={stored}
          onCancel={onClose}
          onMade={(saved) => (saved.secret === null ? onClose() : setMade(saved))}
          onChanged={onClose}
        />
      ) : (
        <OneSecret secret={made.secret} onDone={onClose} />
      )}
    </Modal>
  );
}

/** A secret that is shown once. */
export function OneSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack>
      <SecretField label={text.secret.label} secret={secret} />
      <Alert icon={<IconEyeOff />} title={text.secret.once.title}>
        {text.secret.once.text}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {text.secret.done}
        </Button>
      </Group>
    </Stack>
  );
}

type Values = {
  channel: "webhook" | "slack";
  url: string;
  description: string;
  types: string[] | null;
};

const empty: Values = { channel: "webhook", url: "", description: "", types: null };

function valuesOf(webhook: Webhook | null): Values {
  if (webhook === null) return empty;
  const { channel, url, description, types } = webhook;
  return { channel, url, description, types };
}

type FormProps = {
  readonly stored: Webhook | null;
  readonly onCancel: () => void;
  readonly onMade: (made: WebhookWithSecret) => void;
  readonly onChanged: () => void;
};

function WebhookForm({ stored, onCancel, onMade, onChanged }: FormProps) {
  const refresh = useRefresh();
  const keys = useIdempotencyKey();
  const { form, submit, isSaving, failure } = useEditForm<Webhook, Values>({
    stored,
    versionOf: () => 1,
    toValues: valuesOf,
    schema: webhookSchema,
    async save({ channel, types, ...rest }) {
      const body = { url: rest.url.trim(), description: rest.description.trim(), types };
      if (stored !== null) {
        const path = webhookPath(stored.id);
        return send({ method: "PATCH", path, body, answer: webhookSchema });
      }
      const wanted = { ...body, channel };
      const idempotencyKey = keys.keyFor(wanted);
      const made = await send({
        method: "POST",
        path: "/webhooks",
        body: wanted,
        idempotencyKey,
        answer: webhookWithSecretSchema,
      });
      onMade(made);
      return made;
    },
    onSaved: (saved) => {
      refresh();
      if (stored === null) return;
      notifyDone(text.form.changed(webhookName(saved)));
      onChanged();
    },
    onRefused: keys.onError,
    validate: ({ url, types }) => ({
      ...(url.trim() === "" ? { url: text.form.address.missing } : {}),
      ...(types?.length === 0 ? { types: text.form.types.none } : {}),
    }),
  });
  const { channel } = form.values;
  const isSlack = channel === "slack";
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {failure !== null && <FailureNotice {...failure} />}
        {stored === null && (
          <ChannelChoice
            value={channel}
            onChange={(chosen) => {
              form.setFieldValue("channel", chosen);
              form.setFieldValue("types", chosen === "slack" ? [...slackTypes] : null);
            }}
          />
        )}
        <TextInput
          label={text.form.address.label}
          description={isSlack ? text.form.address.ofChat : text.form.address.ofProgram}
          placeholder={
            isSlack ? "https://hooks.slack.com/services/…" : "https://shop.example/webhooks"
          }
          autoComplete="off"
          inputMode="url"
          data-autofocus
          {...form.getInputProps("url")}
        />
        <TextInput
          label={text.form.name.label}
          description={text.form.name.hint}
          autoComplete="off"
          {...form.getInputProps("description")}
        />
        <TypeChoice
          value={form.values.types}
          error={form.errors["types"]}
          offersAll={!isSlack}
          preset={slackTypes}
          onChange={(types) => form.setFieldValue("types", types)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={isSaving}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={isSaving}>
            {stored === null ? text.form.create : shared.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ChannelChoiceProps = {
  readonly value: Values["channel"];
  readonly onChange: (channel: Values["channel"]) => void;
};

function ChannelChoice({ value, onChange }: ChannelChoiceProps) {
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} id="webhook-channel">
        {text.form.channel.label}
      </Text>
      <SegmentedControl
        aria-labelledby="webhook-channel"
        data={[
          { value: "webhook", label: text.form.channel.program },
          { value: "slack", label: text.form.channel.chat },
        ]}
        value={value}
        onChange={(chosen) => onChange(chosen === "slack" ? "slack" : "webhook")}
      />
    </Stack>
  );
}
