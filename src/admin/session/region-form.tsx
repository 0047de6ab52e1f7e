// The form of the person's own language, form of numbers and times, and time zone.

import { SimpleGrid, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { regionSchema } from "../../contract/region.ts";
import { usualRegion } from "../../domain/language/languages.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { RegionFields, toRegion, toRegionValues } from "../settings/region-fields.tsx";
import { account } from "../words/en/session/account.ts";
import { sessionQuery, useSession } from "./session.ts";

const text = account.region;

/** The form. What is chosen shows on every page as soon as it is saved. */
export function RegionForm() {
  const queryClient = useQueryClient();
  const { language, locale, timeZone } = useSession();
  const { form, submit, isSaving, isDirty, discard, failure } = useEditForm({
    stored: { language, locale, timeZone },
    versionOf: () => 0,
    toValues: (stored) => toRegionValues(stored ?? usualRegion),
    schema: regionSchema,
    save: (values) =>
      send({
        method: "PUT",
        path: "/session/region",
        body: toRegion(values),
        answer: regionSchema,
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(sessionQuery.queryKey, (session) =>
        session === undefined ? session : { ...session, ...saved },
      );
      void queryClient.invalidateQueries({ queryKey: ["alert-mails"] });
      notifyDone(text.saved);
    },
  });
  return (
    <form onSubmit={submit} noValidate aria-label={text.title}>
      <Stack gap="lg">
        {failure !== null && <FailureNotice {...failure} />}
        <Section title={text.title} intro={text.intro}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <RegionFields
              values={form.values}
              onChange={(name, value) => form.setFieldValue(name, value)}
            />
          </SimpleGrid>
        </Section>
        <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} />
      </Stack>
    </form>
  );
}
