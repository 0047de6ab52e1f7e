// The page of one mail template: the editor, and below it all versions.

import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { OverrideBadge } from "./override-badge.tsx";
import { TemplateEditor } from "./template-editor.tsx";
import { templateQuery, variablesQuery } from "./template-queries.ts";

/** The page. */
export function TemplatePage() {
  const { code = "" } = useParams();
  const template = useQuery(templateQuery(code));
  const choices = useQuery(variablesQuery(code));
  return (
    <Page
      title={template.data?.name ?? "Mail template"}
      back={{ to: "/settings/mail-templates", label: "Mail templates" }}
      badge={template.data !== undefined && <OverrideBadge override={template.data} />}
      intro={template.data?.description}
    >
      <KeptMailsNotice />
      <Loaded query={template}>
        {(stored) => (
          <Loaded query={choices}>
            {({ variables, samples }) => (
              <TemplateEditor
                key={code}
                template={stored}
                variables={variables}
                samples={samples}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
