// A field for a whole number of units. It keeps what was typed or pasted until it is left, and says beside itself
// what can't be read. It is a field of text, because a browser's number field drops what it doesn't understand,
// and changes by the mouse's wheel.

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
  /** Gets the number, "" from an empty field, and the text itself if it can't be taken for a number. */
  readonly onChange?: (value: NumberField) => void;
  /** The numbers that it takes; the form asks `unitsFault` for the same before it is sent. */
  readonly limits?: UnitsLimits;
};

/** The field. Takes what `form.getInputProps` gives. */
export function UnitsInput(props: UnitsInputProps) {
  const { value = "", onChange, limits = anyUnits, error, onBlur, onKeyDown, ...others } = props;
  const [typed, setTyped] = useState("");
  // Half a number is no fault yet: it is told when the field is left or the form is sent, and a paste at once.
  const [isTyping, setIsTyping] = useState(false);
  // A value that was set from elsewhere, as by "Discard changes", is shown instead of what was typed before.
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
 * Several lines with their ends shown, or null if there is one line only. A browser would put a blank in place of
 * each line's end, and two cells of a spreadsheet, 1 and 234, would be 1234.
 */
function withLineEnds(text: string): string | null {
  const lines = text.trim().split(/[\r\n]+/);
  return lines.length === 1 ? null : lines.join(" ⏎ ");
}
