// The form of one administrator.

import { Paper, Stack, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { userSchema } from "../../../contract/access.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { mergeLists, mergeMine } from "../../forms/three-way-merge.ts";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { segment, send } from "../../http/request.ts";
import { sessionQuery, useMay, useSession } from "../../session/session.ts";
import { type AdminUser, userQuery } from "../access-queries.ts";
import { GroupCheckboxes } from "./group-checkboxes.tsx";
import { usualRegion } from "../../../domain/language/languages.ts";
import { RegionFields, toRegion, toRegionValues } from "../region-fields.tsx";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { administrators as text } from "../../words/en/settings/administrators.ts";
import { region as regionText } from "../../words/en/settings/region.ts";
import { settings } from "../../words/en/settings/shared.ts";

const labels = { ...text.form.labels, ...regionText.labels };

/** The form. It is read-only for people who may not edit administrators. */
export function AdministratorForm({ person }: { person: AdminUser }) {
  const may = useMay();
  const queryClient = useQueryClient();
  const isReadOnly = !may("admin:write");
  const isOwn = useSession().id === person.id;
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: person,
    versionOf: ({ version }) => version,
    toValues: (stored) => ({
      name: stored?.name ?? "",
      email: stored?.email ?? "",
      enabled: stored?.enabled ?? true,
      groups: (stored?.groups ?? []).toSorted(),
      ...toRegionValues(stored ?? usualRegion),
    }),
    schema: userSchema,
    merge: (base, theirs, mine) => ({
      ...mergeMine(base, theirs, mine),
      groups: mergeLists(base.groups, theirs.groups, mine.groups, { keyOf: String }).toSorted(),
    }),
    save: ({ name, email, enabled, groups, ...region }, base) =>
      send({
        method: "PATCH",
        path: `/admin-users/${segment(person.id)}`,
        body: {
          enabled,
          groups,
          name: name.trim(),
          email: email.trim(),
          ...toRegion(region),
        },
        ...(base === null ? {} : { version: base.version }),
        answer: userSchema,
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(userQuery(saved.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ["admin-users", "list"] });
      void queryClient.invalidateQueries({ queryKey: ["admin-groups"] });
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notifyDone(settings.saved);
    },
    validate: ({ name, email }) => ({
      ...(name.trim() === "" ? { name: settings.faults.noName } : {}),
      ...(email.trim() === "" ? { email: text.form.noEmail } : {}),
    }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {stale !== null && <StaleNotice stale={stale} labels={labels} show={showGroups} />}
        {failure !== null && <FailureNotice {...failure} />}
        <KeptMailsNotice />
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <Stack maw="34rem">
            <TextInput label={labels.name} readOnly={isReadOnly} {...form.getInputProps("name")} />
            <TextInput
              label={labels.email}
              type="email"
              description={isOwn ? text.form.ownEmailHint : text.form.emailHint}
              readOnly={isReadOnly || isOwn}
              {...form.getInputProps("email")}
            />
            <Switch
              label={labels.enabled}
              description={text.form.enabledHint}
              disabled={isReadOnly}
              {...form.getInputProps("enabled", { type: "checkbox" })}
            />
            <GroupCheckboxes
              isReadOnly={isReadOnly}
              value={form.values.groups}
              onChange={(groups) => form.setFieldValue("groups", groups.toSorted())}
            />
            <RegionFields
              values={form.values}
              onChange={(name, value) => form.setFieldValue(name, value)}
              isReadOnly={isReadOnly}
            />
          </Stack>
        </Paper>
        {!isReadOnly && <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} />}
      </Stack>
    </form>
  );
}

function showGroups(field: string, value: unknown): string | undefined {
  if (field !== "groups" || !Array.isArray(value)) return undefined;
  return value.length === 0 ? settings.emptyList : value.join(", ");
}
