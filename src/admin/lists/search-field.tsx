// A search box. It searches a moment after the last key.

import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { lists } from "../words/en/lists.ts";

type SearchFieldProps = {
  /** The fields that are searched, such as "SKU or name". */
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
};

const pauseMs = 250;

/** The box. `value` is the current search, which may also change from outside. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [searched, setSearched] = useState(value);
  if (value !== searched) {
    setSearched(value);
    // Keeps a space at the end that was just typed. The search itself is trimmed.
    if (text.trim() !== value) setText(value);
  }
  const searchSoon = useDebouncedCallback((next: string) => onSearch(next.trim()), pauseMs);
  const set = (next: string): void => {
    setText(next);
    searchSoon(next);
  };
  return (
    <TextInput
      type="search"
      aria-label={lists.search.label(label)}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== "" && (
          <CloseButton size="sm" aria-label={lists.search.clear} onClick={() => set("")} />
        )
      }
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      maxLength={100}
      w={{ base: "100%", xs: "20rem" }}
    />
  );
}
