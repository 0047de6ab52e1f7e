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
import { type AdminGroup, groupQuery } from "../access-queries.ts";
import { PermissionPicker } from "../permission-picker.tsx";
import {
  faultsOf,
  type GroupValues,
  groupValues,
  labels,
  mergeGroup,
  saveGroup,
  showInWords,
} from "./group-values.ts";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { MailedNotice } from "./mailed-notice.tsx";
import { MemberPicker } from "./member-picker.tsx";

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
        {stale !== null && <StaleNotice stale={stale} labels={labels} show={showInWords} />}
        {failure !== null && <FailureNotice {...failure} />}
        {group?.code === alertedGroup && (
          <>
            <KeptMailsNotice />
            <MailedNotice mailed={form.values.members.filter(({ enabled }) => enabled).length} />
          </>
        )}
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Name" readOnly={isReadOnly} {...form.getInputProps("name")} />
            <TextInput
              label="Code"
              description={
                group === null
                  ? "Lower-case letters, digits and hyphens, such as night-shift. It can't be changed later."
                  : "The group's name in programs and settings."
              }
              inputWrapperOrder={["label", "input", "description", "error"]}
              readOnly={group !== null}
              variant={group === null ? "default" : "filled"}
              {...form.getInputProps("code")}
            />
          </SimpleGrid>
        </Paper>
        <Paper withBorder p="lg" bg="var(--tally-card)" component="section" aria-label="Members">
          <Title order={2} size="h4" mb="md">
            Members
          </Title>
          <MemberPicker
            value={form.values.members}
            onChange={(members) => form.setFieldValue("members", members)}
            isReadOnly={isReadOnly}
          />
        </Paper>
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <PermissionPicker
            label="What its members may do"
            description="Members also have the permissions of their other groups. You can give only permissions that you have yourself."
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
            {...(group === null ? { label: "Create group" } : {})}
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
    notifyDone(isNew ? `${saved.name} is created.` : "Saved.");
    if (isNew) void navigate(`/settings/groups/${saved.code}`);
  };
}
