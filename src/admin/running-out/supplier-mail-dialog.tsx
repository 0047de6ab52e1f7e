// The dialog that mails what is to be reordered to a supplier.

import { Button, Group, List, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { Link } from "react-router";
import { supplierMailLinesMax, supplierMailSchema } from "../../contract/supplier-mails.ts";
import { orderSubject } from "../../domain/language/order-subject.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { useIdempotencyKey } from "../http/use-idempotency-key.ts";
import type { ChosenLines } from "../receiving/chosen-lines.ts";
import { useMay, useSession } from "../session/session.ts";
import { KeptMailsNotice } from "../settings/mails/kept-mails-notice.tsx";
import { shared } from "../words/en/shared.ts";
import { runningOut as text } from "../words/en/running-out.ts";
import { timeZone } from "../words/formats.ts";

/** An item to order. */
export type WantedItem = { readonly sku: string; readonly name: string; readonly units: number };

type SupplierMailDialogProps = {
  readonly items: readonly WantedItem[];
  readonly onClose: () => void;
};

/** The dialog. When the mail is written, it leads on to the expected delivery. */
export function SupplierMailDialog({ items, onClose }: SupplierMailDialogProps) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={sentTo === null ? text.mail.title(items.length) : text.sent.title}
    >
      {sentTo === null ? (
        <MailForm items={items} onClose={onClose} onSent={setSentTo} />
      ) : (
        <Sent items={items} to={sentTo} onClose={onClose} />
      )}
    </Modal>
  );
}

type MailFormProps = SupplierMailDialogProps & { readonly onSent: (to: string) => void };

function MailForm({ items, onClose, onSent }: MailFormProps) {
  const [to, setTo] = useState("");
  const { mailsLeave, storeLanguage } = useSession();
  const [subject, setSubject] = useState(() => orderSubject(storeLanguage, new Date(), timeZone()));
  const [message, setMessage] = useState("");
  const { keyFor, onError, onDone } = useIdempotencyKey();
  const { run, isSending, problem } = useSend({
    send: (body: object) =>
      send({
        method: "POST",
        path: "/supplier-mails",
        body,
        idempotencyKey: keyFor(body),
        answer: supplierMailSchema,
      }),
    onDone: (mail) => {
      onDone();
      onSent(mail.to);
    },
    onRefused: onError,
  });
  const wordsAt = (at: string) => problem?.errors.find(({ pointer }) => pointer === at)?.words;
  const others = problem?.errors.filter(({ pointer }) => pointer.startsWith("/lines")) ?? [];
  const isTooLong = items.length > supplierMailLinesMax;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const lines = items.map(({ sku, units }) => ({ sku, units }));
    run({ to: to.trim(), subject: subject.trim(), message: message.trim(), lines });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <KeptMailsNotice />
        <TextInput
          label={text.mail.to}
          type="email"
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={wordsAt("/to")}
          data-autofocus
        />
        <TextInput
          label={text.mail.subject}
          required
          maxLength={200}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          error={wordsAt("/subject")}
        />
        <Textarea
          label={text.mail.message}
          description={text.mail.messageHint}
          autosize
          minRows={2}
          maxLength={4_000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
          error={wordsAt("/message")}
        />
        <Items items={items} />
        {problem !== null && (wordsAt("/to") ?? wordsAt("/subject")) === undefined && (
          <FailureNotice problem={problem} others={others.map(({ words }) => words)} />
        )}
        {isTooLong && <Text size="sm">{text.mail.tooMany(supplierMailLinesMax)}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
          <Button
            type="submit"
            loading={isSending}
            disabled={to.trim() === "" || subject.trim() === "" || isTooLong}
          >
            {mailsLeave ? text.mail.send : text.mail.write}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Items that are listed. The rest are counted. */
const listedMax = 8;

function Items({ items }: Pick<SupplierMailDialogProps, "items">) {
  const left = items.length - listedMax;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {text.mail.items}
      </Text>
      <List size="sm">
        {items.slice(0, listedMax).map(({ sku, name, units }) => (
          <List.Item key={sku}>{text.item(units, name, sku)}</List.Item>
        ))}
        {left > 0 && <List.Item>{text.mail.moreItems(left)}</List.Item>}
      </List>
    </Stack>
  );
}

type SentProps = SupplierMailDialogProps & { readonly to: string };

function Sent({ items, to, onClose }: SentProps) {
  const may = useMay();
  const { mailsLeave } = useSession();
  const chosen: ChosenLines = { lines: [...items] };
  return (
    <Stack>
      <Text size="sm">{mailsLeave ? text.sent.onItsWay(to) : text.sent.kept(to)}</Text>
      {may("stock:write") && <Text size="sm">{text.sent.next}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {shared.close}
        </Button>
        {may("stock:write") && (
          <Button component={Link} to="/new-delivery" state={chosen} data-autofocus>
            {text.markOrdered(items.length)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
