// Renders the Liquid of an override within limits. People wrote the text and the values, so the engine reads no file,
// reaches no prototype, knows few tags and filters, and stops at a limit of time and memory.

import { Liquid, type Template, type Variable } from "liquidjs";
import type { TemplateVariable } from "./mail-template.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";

/** The longest body that is read, in characters of Liquid. It is about six printed pages. */
export const templateCharactersMax = 10_000;

/** In milliseconds, for one rendering. A real template takes under one; this stops loops. */
const renderMsMax = 500;

/** In characters and list items that the filters of one rendering may create, as liquidjs counts them. */
const memoryUnitsMax = 100_000;

/** The longest single value that a template may output, in characters. */
const valueCharactersMax = 10_000;

/** Tags that only shape the text. Tags that read other templates or write HTML are left out. */
const allowedTags = new Set(
  "assign break capture case comment continue cycle echo for if liquid raw unless #".split(" "),
);

/** Filters on text, numbers, lists and times. Filters that make or strip HTML are left out: values are escaped anyway. */
const allowedFilters = new Set(
  (
    "abs append at_least at_most capitalize ceil date default divided_by downcase first floor join last lstrip " +
    "minus modulo plus prepend remove remove_first replace replace_first reverse round rstrip size slice split " +
    "squish strip strip_newlines times truncate truncatewords upcase url_encode"
  ).split(" "),
);

/**
 * Renders a template with the data of one mail. `place` gets each value that the template outputs, and returns what is
 * put into the text. Throws a `TemplateProblem` with its line if the template can't be used.
 */
export function renderLiquid(
  source: string,
  data: object,
  place: (value: string) => string,
): string {
  try {
    const engine = createEngine(place);
    const rendered: unknown = engine.renderSync(engine.parse(source), data);
    return String(rendered);
  } catch (error) {
    throw toTemplateProblem(error);
  }
}

/**
 * Finds every variable that a template names and that does not exist, even in parts that no sample would render. Throws
 * a `TemplateProblem` if the template can't be parsed.
 */
export function findUnknownVariables(
  source: string,
  variables: readonly TemplateVariable[],
): TemplateProblem[] {
  const known = knownPaths(variables);
  try {
    const engine = createEngine(String);
    const templates: Template[] = engine.parse(source);
    const { globals } = engine.analyzeSync(templates, { partials: false });
    return Object.values(globals)
      .flat()
      .filter((variable) => !known.has(staticPath(variable)))
      .map((variable) => unknownVariable(variable, variables));
  } catch (error) {
    throw toTemplateProblem(error);
  }
}

function createEngine(place: (value: string) => string): Liquid {
  const engine = new Liquid({
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    // Times are shown in UTC, whatever the time zone of the process.
    timezoneOffset: 0,
    parseLimit: templateCharactersMax,
    renderLimit: renderMsMax,
    memoryLimit: memoryUnitsMax,
    outputEscape: (value: unknown) => place(valueText(value)),
  });
  for (const name of Object.keys(engine.tags)) {
    if (!allowedTags.has(name)) Reflect.deleteProperty(engine.tags, name);
  }
  for (const name of Object.keys(engine.filters)) {
    if (!allowedFilters.has(name)) engine.unregisterFilter(name);
  }
  // Authors who know Liquid write `| escape` out of habit. Escaping twice would show the entities.
  engine.registerFilter("escape", (value: unknown) => value);
  return engine;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object") {
    throw new TemplateProblem(
      "A group of values can't be shown as text. Name one of its values, as in {{ store.name }}.",
    );
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : "";
  if (text.length > valueCharactersMax) {
    throw new TemplateProblem(`A value grew beyond ${valueCharactersMax} characters.`);
  }
  return text;
}

/** The names that templates may use: each variable, the group it is in, and the size of its text. */
function knownPaths(variables: readonly TemplateVariable[]): Set<string> {
  const paths = new Set<string>();
  for (const { name } of variables) {
    const [group = name] = name.split(".");
    paths.add(group).add(name).add(`${name}.size`);
  }
  return paths;
}

/** The part of a variable's path that needs no data: of `product[key]` that is `product`. */
function staticPath(variable: Variable): string {
  const segments: string[] = [];
  for (const segment of variable.segments) {
    if (typeof segment === "object") break;
    segments.push(String(segment));
  }
  return segments.join(".");
}

function unknownVariable(
  variable: Variable,
  variables: readonly TemplateVariable[],
): TemplateProblem {
  const names = variables.map(({ name }) => name).join(", ");
  return new TemplateProblem(
    `There is no variable "${staticPath(variable)}". Use one of: ${names}.`,
    variable.location.row,
    variable.location.col,
  );
}
