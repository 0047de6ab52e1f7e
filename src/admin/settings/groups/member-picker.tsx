// The members of a group, with a button to remove each, and a search to add others.

import { ActionIcon, Badge, Group, Loader, Select, Stack, Text, Tooltip } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { IconUserPlus, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { groups } from "../../words/en/settings/groups.tsx";
import { foundUsersQuery } from "../access-queries.ts";
import type { Member } from "./group-values.ts";
import classes from "./member-picker.module.css";

const text = groups.members;

type MemberPickerProps = {
  readonly value: readonly Member[];
  readonly onChange: (members: Member[]) => void;
  readonly isReadOnly: boolean;
};

/** The members. */
export function MemberPicker({ value, onChange, isReadOnly }: MemberPickerProps) {
  const search = useRef<HTMLInputElement>(null);
  const remove = ({ id }: Member): void => {
    onChange(value.filter((member) => member.id !== id));
    // The clicked button is gone, so the focus moves to the search.
    search.current?.focus();
  };
  return (
    <Stack>
      {value.length === 0 ? (
        <Text size="sm" c="dimmed">
          {isReadOnly ? text.none : text.noneAddOne}
        </Text>
      ) : (
        <ul className={classes["members"]} aria-label={text.label}>
          {value.map((member) => (
            <li key={member.id} className={classes["member"]}>
              <div className={classes["person"]}>
                <Group gap="xs">
                  <Text fw={500}>{member.name}</Text>
                  {!member.enabled && (
                    <Badge color="gray" variant="light" tt="none">
                      {text.disabled}
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c="dimmed">
                  {member.email}
                </Text>
              </div>
              {!isReadOnly && (
                <Tooltip label={text.remove}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="lg"
                    aria-label={text.removePerson(member.name)}
                    onClick={() => remove(member)}
                  >
                    <IconX size={18} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          ))}
        </ul>
      )}
      {!isReadOnly && (
        <AddMember
          inputRef={search}
          members={value}
          onAdd={(member) =>
            onChange([...value, member].toSorted((a, b) => a.email.localeCompare(b.email)))
          }
        />
      )}
    </Stack>
  );
}

type AddMemberProps = {
  readonly inputRef: React.RefObject<HTMLInputElement | null>;
  readonly members: readonly Member[];
  readonly onAdd: (member: Member) => void;
};

const pauseMs = 200;

function AddMember({ inputRef, members, onAdd }: AddMemberProps) {
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), pauseMs);
  const { data, isFetching } = useQuery({
    ...foundUsersQuery(q),
    placeholderData: keepPreviousData,
  });
  const found = (data ?? []).filter(({ id }) => members.every((member) => member.id !== id));
  return (
    <Select
      ref={inputRef}
      label={text.add}
      placeholder={text.search}
      leftSection={<IconUserPlus size={16} aria-hidden />}
      {...(isFetching ? { rightSection: <Loader size="xs" /> } : {})}
      maw="26rem"
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      // The API has already searched names and emails.
      filter={({ options }) => options}
      data={found.map(({ id, name, email }) => ({ value: id, label: text.found(name, email) }))}
      nothingFoundMessage={isFetching ? text.searching : text.nobodyFound}
      onChange={(id) => {
        const chosen = found.find((one) => one.id === id);
        if (chosen === undefined) return;
        const { email, name, enabled } = chosen;
        onAdd({ id: chosen.id, email, name, enabled });
        setTyped("");
      }}
    />
  );
}
