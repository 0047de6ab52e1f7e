// A field for a whole number of units. It keeps what was typed or pasted until it loses the focus, and shows a fault
// below itself. It is a text field, because a browser's number field drops what it can't parse, and changes with the
// mouse wheel.

import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import {
  anyUnits,
  type NumberField,
  toNumberField,
  type UnitsLimits,
  unitsFault,
} from "./units-field.ts";

type UnitsInputProps = Omit<TextInputProps, "value" | "defaultValue" | "onChange" | "type"> & {
  readonly value?: NumberField;
  /** Called with the number, with "" if the field is empty, or with the text if it can't be read as a number. */
  readonly onChange?: (value: NumberField) => void;
  /** The numbers that it accepts. The form must check the same limits with `unitsFault` before it is sent. */
  readonly limits?: UnitsLimits;
};

/** The field. It accepts the result of `form.getInputProps`. */
export function UnitsInput(props: UnitsInputProps) {
  const { value = "", onChange, limits = anyUnits, error, onBlur, onKeyDown, ...others } = props;
  const [typed, setTyped] = useState("");
  // A half-typed number is no fault yet. Faults appear when the field loses the focus or the form is sent, and at
  // once after a paste.
  const [isTyping, setIsTyping] = useState(false);
  // A value that was set from outside, such as by "Discard changes", replaces what was typed before.
  const isTypedValue = toNumberField(typed, limits) === value;
  const fault = isTyping && isTypedValue ? null : unitsFault(value, limits);
  const take = (text: string, isWhole: boolean): void => {
    setTyped(text);
    setIsTyping(!isWhole);
    onChange?.(toNumberField(text, limits));
  };
  return (
    <TextInput
      inputMode={limits.min < 0 ? "text" : "numeric"}
      autoComplete="off"
      {...others}
      value={isTypedValue ? typed : String(value)}
      error={error ?? fault}
      onChange={({ currentTarget, nativeEvent }) => {
        const isPasted = "inputType" in nativeEvent && nativeEvent.inputType === "insertFromPaste";
        take(currentTarget.value, isPasted);
      }}
      onPaste={(event) => {
        const text = withLineEnds(event.clipboardData.getData("text"));
        if (text === null) return;
        event.preventDefault();
        event.currentTarget.setRangeText(text);
        take(event.currentTarget.value, true);
      }}
      onBlur={(event) => {
        setTyped(String(value));
        setIsTyping(false);
        onBlur?.(event);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") setIsTyping(false);
        onKeyDown?.(event);
      }}
    />
  );
}

/**
 * Returns several lines joined by a visible mark, or null if there is only one line. A browser would replace each
 * line break with a space, so two cells of a spreadsheet, 1 and 234, would become 1234.
 */
function withLineEnds(text: string): string | null {
  const lines = text.trim().split(/[\r\n]+/);
  return lines.length === 1 ? null : lines.join(" ⏎ ");
}
