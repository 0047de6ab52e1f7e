// A statement that the model of PostgreSQL knows, and how its values are read.

import type { Execution, ResultRow } from "../model-session.ts";
import type { StatementContext } from "../statement-context.ts";

/** A statement of the program. */
export type Statement = {
  /** A part of its text that no other statement has. */
  readonly part: string;
  /** What it does, in plain words. */
  readonly does: string;
  /** Executes it. What it reads before its first lock is its snapshot. */
  readonly run: (context: StatementContext, values: readonly unknown[]) => Execution;
  /** The rows that it gives back if all goes well, for a mutation that answers too early. */
  readonly guess?: (values: readonly unknown[]) => readonly ResultRow[];
};

/** A text. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A text or null. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined || value === "NULL" ? null : text(value);
}

/** A whole number. */
export function whole(value: unknown): number {
  return Number(value);
}

const element = /"((?:[^"\\]|\\.)*)"|[^,{}]+/g;

/** The elements of an array, as the client sends it: a list, or PostgreSQL's text form. */
export function list(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return [...text(value).slice(1, -1).matchAll(element)].map(
    ([all, quoted]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? all,
  );
}

/** The numbers of an array. */
export function numbers(value: unknown): number[] {
  return list(value).map(Number);
}

/** The elements of an array without repetitions, as `= any` compares with them, in ascending order. */
export function anyOf(value: unknown): string[] {
  return [...new Set(list(value))].toSorted(ascending);
}

/** In ascending order. */
export const ascending = <T extends string | number>(a: T, b: T): number =>
  a === b ? 0 : a < b ? -1 : 1;
