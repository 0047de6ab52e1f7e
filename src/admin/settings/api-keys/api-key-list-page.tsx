// The list of API keys.

import { Badge, Button, Code, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import type * as z from "zod";
import { keySchema } from "../../../contract/access.ts";
import { type KeyState, keyStateOf } from "../../../domain/access/key-end.ts";
import { confirm } from "../../forms/confirm.tsx";
import { notifyDone, notifyFailed } from "../../forms/notify.tsx";
import { segment, send } from "../../http/request.ts";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { ListBody } from "../../lists/list-body.tsx";
import { usePages } from "../../lists/use-pages.ts";
import { useMay } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { actorWords } from "../../words/actors.ts";
import { apiKeys } from "../../words/en/settings/api-keys.tsx";
import { settings } from "../../words/en/settings/shared.ts";
import { Time } from "../../words/time.tsx";
import { grantsInWords } from "../permission-words.ts";
import { NewKeyDialog } from "./new-key-dialog.tsx";

const text = apiKeys.list;

type ApiKey = z.output<typeof keySchema>;

/** The list. */
export function ApiKeyListPage() {
  const may = useMay();
  const [isMaking, { open, close }] = useDisclosure(false);
  const pages = usePages({ key: "api-keys", path: "/api-keys", entry: keySchema });
  const columns = useColumns();
  const make = (
    <Button leftSection={<IconPlus size={18} />} onClick={open}>
      {text.create}
    </Button>
  );
  return (
    <Page title={text.title} intro={text.intro} actions={may("admin:write") && make}>
      <ListBody
        pages={pages}
        empty={{
          ...text.nothingYet,
          ...(may("admin:write") ? { action: make } : {}),
        }}
      >
        {(keys, isOutdated) => (
          <DataTable
            label={text.title}
            columns={columns}
            rows={keys}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
      {isMaking && <NewKeyDialog onClose={close} />}
    </Page>
  );
}

function useColumns(): Column<ApiKey>[] {
  const may = useMay();
  const columns: Column<ApiKey>[] = [
    {
      header: text.columns.name,
      cell: ({ name, prefix }) => (
        <Stack gap={2} component="span" align="flex-start">
          <Text component="span" fw={600}>
            {name}
          </Text>
          <Code>{`tm_${prefix}_…`}</Code>
        </Stack>
      ),
    },
    {
      header: text.columns.scopes,
      cell: ({ scopes }) => (
        <Text component="span" size="sm" title={scopes.join(", ")}>
          {grantsInWords(scopes)}
        </Text>
      ),
      phone: "plain",
    },
    {
      header: text.columns.created,
      cell: ({ createdAt, createdBy }) => (
        <Stack gap={0} component="span">
          <Time at={createdAt} />
          <Text component="span" size="sm" c="dimmed">
            {settings.by(actorWords(createdBy))}
          </Text>
        </Stack>
      ),
    },
    {
      header: text.columns.lastUsed,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <Text component="span" size="sm" c="dimmed">
            {text.notUsed}
          </Text>
        ) : (
          <Time at={lastUsedAt} relative />
        ),
    },
    {
      header: text.columns.status,
      cell: (shown) => <Status apiKey={shown} />,
    },
  ];
  if (!may("admin:write")) return columns;
  return [
    ...columns,
    {
      header: text.columns.actions,
      align: "right",
      cell: (shown) => stateOf(shown) === "active" && <RevokeButton apiKey={shown} />,
      phone: "plain",
    },
  ];
}

function stateOf({ expiresAt, revokedAt }: ApiKey): KeyState {
  const times = { expiresAt: toDate(expiresAt), revokedAt: toDate(revokedAt) };
  return keyStateOf(times, new Date());
}

function toDate(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}

const colors: Readonly<Record<KeyState, string>> = {
  active: "teal",
  expired: "orange",
  revoked: "gray",
};

/** The state of a key, and when it ends or ended. */
function Status({ apiKey }: { apiKey: ApiKey }) {
  const state = stateOf(apiKey);
  const at = state === "revoked" ? apiKey.revokedAt : apiKey.expiresAt;
  return (
    <Stack gap={2} component="span" align="flex-start">
      <Badge component="span" color={colors[state]} variant="light" tt="none">
        {text.states[state]}
      </Badge>
      {at !== null && (
        <Text component="span" size="sm" c="dimmed">
          {state === "active" ? text.activeUntil(<Time at={at} />) : <Time at={at} />}
        </Text>
      )}
    </Stack>
  );
}

function RevokeButton({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const { revoking } = apiKeys;
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => send({ method: "DELETE", path: `/api-keys/${segment(id)}` }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["api-keys"] });
      notifyDone(revoking.revoked(name));
    },
    onError: notifyFailed,
  });
  const ask = (): void => confirm({ ...revoking.ask(name), onYes: () => revoke.mutate() });
  return (
    <Button
      size="xs"
      variant="default"
      onClick={ask}
      loading={revoke.isPending}
      aria-label={revoking.revokeKey(name)}
    >
      {revoking.revoke}
    </Button>
  );
}
