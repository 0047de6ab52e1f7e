// The page of one mail template: the editor, and below it all versions.

import { useQuery } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";
import { languages } from "../../../domain/language/languages.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { mailTemplates as text } from "../../words/en/settings/mail-templates.tsx";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { OverrideBadge } from "./override-badge.tsx";
import { TemplateEditor } from "./template-editor.tsx";
import { TextChoice } from "./text-choice.tsx";
import { templateQuery, variablesQuery } from "./template-queries.ts";

/** The page. */
export function TemplatePage() {
  const { code = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const language = languages.find((known) => known === search.get("language")) ?? null;
  const template = useQuery(templateQuery(code, language));
  const forAll = useQuery(templateQuery(code, null));
  const choices = useQuery(variablesQuery(code));
  return (
    <Page
      title={template.data?.name ?? text.page.title}
      back={{ to: "/settings/mail-templates", label: text.page.back }}
      badge={template.data !== undefined && <OverrideBadge override={template.data} />}
      intro={template.data?.description}
    >
      <KeptMailsNotice />
      <Loaded query={template}>
        {(stored) => (
          <Loaded query={choices}>
            {({ variables, samples }) => (
              <>
                <TextChoice
                  template={stored}
                  hasTextForAll={
                    forAll.data && (forAll.data.subject !== null || forAll.data.body !== null)
                  }
                  onChoose={(chosen) => setSearch(chosen === null ? {} : { language: chosen })}
                />
                <TemplateEditor
                  key={`${code} ${language}`}
                  template={stored}
                  variables={variables}
                  samples={samples}
                />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
