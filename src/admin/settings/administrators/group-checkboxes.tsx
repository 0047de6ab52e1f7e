// The checkboxes for an administrator's groups.

import { Checkbox, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { alertedGroup } from "../../../domain/access/permissions.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { useMay } from "../../session/session.ts";
import { administrators } from "../../words/en/settings/administrators.ts";
import { groupsQuery } from "../access-queries.ts";
import { grantsInWords } from "../permission-words.ts";

const text = administrators.groups;

type GroupCheckboxesProps = {
  readonly value: readonly string[];
  readonly onChange: (codes: string[]) => void;
  readonly isReadOnly?: boolean;
};

/** The checkboxes. Groups with permissions that the editing person lacks are disabled. */
export function GroupCheckboxes(props: GroupCheckboxesProps) {
  const { value, onChange, isReadOnly = false } = props;
  const query = useQuery(groupsQuery);
  const may = useMay();
  return (
    <Loaded query={query} whileLoading={<Skeleton height={120} />}>
      {(groups) => (
        <Checkbox.Group label={text.label} value={[...value]} onChange={onChange}>
          <Stack gap="sm" mt={6}>
            {groups.map(({ code, name, permissions }) => {
              const isBeyond = !permissions.every(may);
              return (
                <Checkbox
                  key={code}
                  value={code}
                  label={name}
                  description={
                    isBeyond && !isReadOnly ? text.isBeyond : describe(code, permissions)
                  }
                  disabled={isBeyond || isReadOnly}
                />
              );
            })}
          </Stack>
        </Checkbox.Group>
      )}
    </Loaded>
  );
}

function describe(code: string, permissions: Parameters<typeof grantsInWords>[0]): string {
  const grants = grantsInWords(permissions);
  return code === alertedGroup ? text.describeMailed(grants) : text.describe(grants);
}
