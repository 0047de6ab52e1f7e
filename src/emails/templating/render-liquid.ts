// Renders a stored Liquid template within bounds. The text comes from the database and the values from the world, so
// the engine reads no file, reaches no prototype, knows few tags and filters, and stops at a limit.

import { Liquid, type Template, type Variable } from "liquidjs";
import type { TemplateVariable } from "../low-stock/low-stock-variables.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";

/** The longest template, in characters. A mail of this length is about six printed pages. */
export const TEMPLATE_CHARACTERS_MAX = 10_000;

/** Time one rendering may take. A real template takes under a millisecond; this stops loops. */
const RENDER_MS_MAX = 500;

/** Characters and list items that the filters of one rendering may make. */
const MEMORY_UNITS_MAX = 100_000;

/** The longest single value that a template may put out, in characters. */
const VALUE_CHARACTERS_MAX = 10_000;

/** Tags that only shape the text. What reads other templates or writes HTML is left out. */
const TAGS = new Set(
  "assign break capture case comment continue cycle echo for if liquid raw unless #".split(" "),
);

/** Filters on text, numbers, lists and times. What makes or strips HTML is left out: values are escaped anyway. */
const FILTERS = new Set(
  (
    "abs append at_least at_most capitalize ceil date default divided_by downcase first floor join last lstrip " +
    "minus modulo plus prepend remove remove_first replace replace_first reverse round rstrip size slice split " +
    "squish strip strip_newlines times truncate truncatewords upcase url_encode"
  ).split(" "),
);

/**
 * Renders a template on one mail's data. Each value that the template puts out goes through `place`, which decides
 * how it stands in the text. Throws a TemplateProblem, with its line, for whatever is wrong.
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
 * Finds every variable that a template names and that does not exist, also where no sample would reach it. Throws a
 * TemplateProblem where the template can't be read at all.
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
    // Times are told in UTC wherever the process runs.
    timezoneOffset: 0,
    parseLimit: TEMPLATE_CHARACTERS_MAX,
    renderLimit: RENDER_MS_MAX,
    memoryLimit: MEMORY_UNITS_MAX,
    outputEscape: (value: unknown) => place(valueText(value)),
  });
  for (const name of Object.keys(engine.tags)) {
    if (!TAGS.has(name)) Reflect.deleteProperty(engine.tags, name);
  }
  for (const name of Object.keys(engine.filters)) {
    if (!FILTERS.has(name)) engine.unregisterFilter(name);
  }
  // Authors who know Liquid write `| escape` out of habit; doing it twice would show the entities.
  engine.registerFilter("escape", (value: unknown) => value);
  return engine;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object") {
    throw new TemplateProblem(
      "A group of values can't be shown as text. Name one of its values, as in {{ product.name }}.",
    );
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : "";
  if (text.length > VALUE_CHARACTERS_MAX) {
    throw new TemplateProblem(`A value grew beyond ${VALUE_CHARACTERS_MAX} characters.`);
  }
  return text;
}

/** The names that templates may use: each variable, the groups they are in, and the size of a text. */
function knownPaths(variables: readonly TemplateVariable[]): Set<string> {
  const paths = new Set<string>();
  for (const { name } of variables) {
    const [group = name] = name.split(".");
    paths.add(group).add(name).add(`${name}.size`);
  }
  return paths;
}

/** The part of a variable's path that is written out; `product[key]` is checked as far as `product`. */
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
