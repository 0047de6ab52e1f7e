// The search: a field, and below it what was found. The keyboard stays in the field; the arrow keys move through the list.

import { CloseButton, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useNavigate } from "react-router";
import { useMay } from "../session/session.ts";
import { searchEntries as text } from "../words/en/search/entries.ts";
import { foundWords, nothingWords, searchTexts } from "../words/en/search/results.ts";
import { keepRecent, recentEntries } from "./recent-entries.ts";
import { entriesOf, pagesFor, type SearchEntry } from "./search-entries.ts";
import { SearchList } from "./search-list.tsx";
import { searchQuery } from "./search-queries.ts";
import classes from "./search.module.css";

/** How long to wait after the last key, in milliseconds. */
const pauseMs = 120;

/** The search. `onClose` is called when something was opened. */
export function SearchPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const { entries, isSearching, isFailed, q } = useEntries(typed);
  const chosen = entries[Math.min(active, entries.length - 1)];
  const go = (entry: SearchEntry): void => {
    keepRecent(entry);
    onClose();
    if (entry.isOutside === true) window.location.assign(entry.to);
    else void navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const { length } = entries;
      if (length > 0) setActive((Math.min(active, length - 1) + step + length) % length);
    } else if (event.key === "Enter" && chosen !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(chosen);
    }
  };
  return (
    <div>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={searchTexts.label}
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(chosen === undefined ? {} : { "aria-activedescendant": `${listId}-${chosen.key}` })}
        placeholder={searchTexts.placeholder}
        size="lg"
        variant="unstyled"
        px="sm"
        leftSection={<IconSearch size={20} aria-hidden />}
        rightSection={
          isSearching ? (
            <Loader size="xs" />
          ) : (
            <CloseButton aria-label={text.close} onClick={onClose} />
          )
        }
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="status" className={classes["status"]}>
        {isSearching
          ? searchTexts.searching
          : isFailed
            ? searchTexts.failed
            : foundWords(entries.length)}
      </div>
      <SearchList id={listId} entries={entries} chosen={chosen} onChoose={go} />
      {entries.length === 0 && !isSearching && (
        <p className={classes["nothing"]}>{nothingWords(q)}</p>
      )}
      <p className={classes["keys"]}>{searchTexts.keys}</p>
    </div>
  );
}

/** What is listed: without words what was opened lately, and all pages. */
function useEntries(typed: string) {
  const may = useMay();
  const [q] = useDebouncedValue(typed.trim(), pauseMs);
  const [recent] = useState(recentEntries);
  const { data, isFetching, isError } = useQuery(searchQuery(q));
  const words = typed.trim();
  const isSearching = words !== q || isFetching;
  if (words === "") {
    return { q, entries: [...recent, ...pagesFor("", may)], isSearching: false, isFailed: false };
  }
  const more: SearchEntry = {
    key: "found-orders",
    group: "page",
    label: text.allOrders(q),
    detail: "",
    to: `/orders?${new URLSearchParams({ q })}`,
  };
  // What was found for other words is not listed: Enter would open it.
  const hits = words === q ? entriesOf(data?.data ?? []) : [];
  const hasOrders = may("orders:read") && hits.some(({ group }) => group === "order");
  const entries = [...hits, ...(hasOrders ? [more] : []), ...pagesFor(words, may)];
  return { q, entries, isSearching, isFailed: isError };
}
