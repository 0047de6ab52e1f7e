// The button of the search in the header, its keys, and the search itself. It is loaded after the first page.

import { Modal, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect } from "react";
import { searchEntries as text } from "../words/en/search/entries.ts";
import { searchTexts } from "../words/en/search/results.ts";
import { SearchPalette } from "./search-palette.tsx";
import classes from "./search.module.css";

/** The button. Ctrl+K, and / outside of fields, open the search, too, unless a dialog waits for an answer. */
export function SearchOpener() {
  const [opened, { open, close }] = useDisclosure(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!isShortcut && !(event.key === "/" && isPlain(event))) return;
      event.preventDefault();
      if (document.querySelector("[aria-modal=true]") === null) open();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [open]);
  return (
    <>
      <UnstyledButton
        className={classes["opener"] ?? ""}
        onClick={open}
        aria-keyshortcuts="Control+K /"
      >
        <IconSearch size={16} aria-hidden />
        <span className={classes["openerText"]}>{searchTexts.open}</span>
        <kbd className={classes["openerText"]} aria-hidden>
          {text.keys}
        </kbd>
        <VisuallyHidden>{text.covers}</VisuallyHidden>
      </UnstyledButton>
      <Modal
        opened={opened}
        onClose={close}
        withCloseButton={false}
        padding={0}
        size="lg"
        yOffset="8vh"
        attributes={{ content: { "aria-label": searchTexts.label } }}
        transitionProps={{ duration: 0 }}
      >
        <SearchPalette onClose={close} />
      </Modal>
    </>
  );
}

/** Whether a key was typed outside of fields, alone. */
function isPlain({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  if (!(target instanceof HTMLElement)) return true;
  return (
    !target.isContentEditable &&
    target.closest("input,textarea,select,dialog,[role=dialog]") === null
  );
}
