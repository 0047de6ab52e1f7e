// The form of a group.

import { Paper, SimpleGrid, Stack, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { groupSchema } from "../../../contract/access.ts";
import { alertedGroup } from "../../../domain/access/permissions.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { sessionQuery, useMay } from "../../session/session.ts";
import { groups } from "../../words/en/settings/groups.tsx";
import { settings } from "../../words/en/settings/shared.ts";
import { type AdminGroup, groupQuery } from "../access-queries.ts";
import { PermissionPicker } from "../permission-picker.tsx";
import {
  faultsOf,
  type GroupValues,
  groupValues,
  mergeGroup,
  saveGroup,
  showInWords,
} from "./group-values.ts";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { MailedNotice } from "./mailed-notice.tsx";
import { MemberPicker } from "./member-picker.tsx";

const text = groups.form;

/** The form; `group` is null to create one. It is read-only for people who may not edit groups. */
export function GroupForm({ group }: { group: AdminGroup | null }) {
  const may = useMay();
  const isReadOnly = !may("admin:write");
  const onSaved = useAfterSave(group === null);
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm<
    AdminGroup,
    GroupValues
  >({
    stored: group,
    versionOf: ({ version }) => version,
    toValues: groupValues,
    schema: groupSchema,
    merge: mergeGroup,
    save: saveGroup,
    onSaved,
    validate: faultsOf,
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {stale !== null && <StaleNotice stale={stale} labels={text.labels} show={showInWords} />}
        {failure !== null && <FailureNotice {...failure} />}
        {group?.code === alertedGroup && (
          <>
            <KeptMailsNotice />
            <MailedNotice mailed={form.values.members.filter(({ enabled }) => enabled).length} />
          </>
        )}
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={text.labels.name}
              readOnly={isReadOnly}
              {...form.getInputProps("name")}
            />
            <TextInput
              label={text.code}
              description={group === null ? text.newCodeHint : text.codeHint}
              inputWrapperOrder={["label", "input", "description", "error"]}
              readOnly={group !== null}
              variant={group === null ? "default" : "filled"}
              {...form.getInputProps("code")}
            />
          </SimpleGrid>
        </Paper>
        <Paper
          withBorder
          p="lg"
          bg="var(--tally-card)"
          component="section"
          aria-label={text.labels.members}
        >
          <Title order={2} size="h4" mb="md">
            {text.labels.members}
          </Title>
          <MemberPicker
            value={form.values.members}
            onChange={(members) => form.setFieldValue("members", members)}
            isReadOnly={isReadOnly}
          />
        </Paper>
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <PermissionPicker
            label={text.labels.permissions}
            description={text.permissionsHint}
            path="permissions"
            value={form.values.permissions}
            error={form.errors["permissions"]}
            onChange={(permissions) => form.setFieldValue("permissions", permissions)}
            isReadOnly={isReadOnly}
          />
        </Paper>
        {!isReadOnly && (
          <SaveBar
            isDirty={isDirty}
            isSaving={isSaving}
            onDiscard={discard}
            {...(group === null ? { label: text.create } : {})}
          />
        )}
      </Stack>
    </form>
  );
}

function useAfterSave(isNew: boolean): (saved: AdminGroup) => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (saved) => {
    queryClient.setQueryData(groupQuery(saved.code).queryKey, saved);
    void queryClient.invalidateQueries({ queryKey: ["admin-groups", "all"] });
    void queryClient.invalidateQueries({ queryKey: ["admin-users"] });
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    notifyDone(isNew ? settings.created(saved.name) : settings.saved);
    if (isNew) void navigate(`/settings/groups/${saved.code}`);
  };
}
