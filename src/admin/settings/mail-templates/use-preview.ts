// Renders the override that somebody is editing, a moment after the last key.

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type * as z from "zod";
import { previewSchema } from "../../../contract/templates.ts";
import { type ApiProblem, toProblem } from "../../http/api-problem.ts";
import { send } from "../../http/request.ts";
import { faultsIn, type TemplateFault } from "./template-faults.ts";
import {
  type MailTemplate,
  templatePath,
  type TemplateOverride,
  textQuery,
} from "./template-queries.ts";

/** A rendered mail. */
export type RenderedMail = z.output<typeof previewSchema>;

/** What an override looks like. */
export type Preview = {
  /** The last rendering that worked; undefined until there is one. */
  readonly rendered: RenderedMail | undefined;
  /** What is wrong with the override. */
  readonly faults: readonly TemplateFault[];
  /** Why nothing could be rendered; null if it could, or if the override is at fault. */
  readonly problem: ApiProblem | null;
  /** Whether the rendering is of an older text than the editor shows. */
  readonly isOutdated: boolean;
  readonly retry: () => void;
};

const pauseMs = 350;
const noFaults: readonly TemplateFault[] = [];

/** The preview of an override on a sample. */
export function usePreview(
  { code, language }: Pick<MailTemplate, "code" | "language">,
  override: TemplateOverride,
  sample: string,
): Preview {
  const [{ subject, body }] = useDebouncedValue(override, pauseMs);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ["mail-preview", code, language, subject, body, sample],
    queryFn: async () => ({
      mail: await send({
        method: "POST",
        path: `${templatePath(code)}/preview`,
        body: { subject, body, sample, ...textQuery(language) },
        answer: previewSchema,
      }),
    }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const [lastGood, setLastGood] = useState(data?.mail);
  if (data !== undefined && data.mail !== lastGood) setLastGood(data.mail);
  const problem = error === null ? null : toProblem(error);
  const faults = useFaults(problem);
  return {
    rendered: data?.mail ?? lastGood,
    faults,
    problem: faults.length > 0 ? null : problem,
    isOutdated: isPlaceholderData || problem !== null,
    retry: () => void refetch(),
  };
}

/** Returns the same array for the same faults, so that the editor does not mark them again after every key. */
function useFaults(problem: ApiProblem | null): readonly TemplateFault[] {
  const found = problem === null ? noFaults : faultsIn(problem);
  const [faults, setFaults] = useState(noFaults);
  if (JSON.stringify(found) === JSON.stringify(faults)) return faults;
  setFaults(found);
  return found;
}
