// What the check of an override reports: nothing if it works, otherwise what is wrong and where.

import { describe, expect, it } from "vitest";
import { lowStockVariables } from "../../../src/emails/low-stock/low-stock-variables.ts";
import { lowStockTemplate } from "../../../src/emails/low-stock/low-stock-template.ts";
import { checkOverride } from "../../../src/emails/templating/check-override.ts";

/** The one problem of an override that has one. */
function problemIn(override: { subject?: string; body?: string }) {
  const [problem, ...others] = problemsIn(override);
  expect(others).toEqual([]);
  return problem;
}

/** The problems of a body, or of a subject. */
function problemsIn(override: { subject?: string; body?: string }) {
  const checked = checkOverride(lowStockTemplate, { subject: null, body: null, ...override });
  return checked.ok ? [] : checked.problems;
}

describe("an override that works", () => {
  it.each([
    ["nothing at all", {}],
    [
      "the starter of the template",
      { subject: lowStockTemplate.words.en.subject, body: lowStockTemplate.words.en.starterBody },
    ],
    ["every variable", { body: lowStockVariables.map(({ name }) => `{{ ${name} }}`).join("\n") }],
    [
      "conditions on what may be missing",
      {
        body: "x{% if variant %}{{ variant.name }}{% endif %}{% unless order %}{{ cause }}{% endunless %}",
      },
    ],
    [
      "filters",
      {
        body: '{{ product.name | upcase | truncate: 10 }} {{ soldLast7Days | times: 2 }} {{ alert.openedAt | date: "%d %b" }} {{ product.name | escape }} {{ product.name.size }}',
      },
    ],
    [
      "variables of its own",
      {
        body: "{% assign twice = soldLast7Days | times: 2 %}{{ twice }}{% for i in (1..3) %}{{ i }}{{ forloop.last }}{% endfor %}",
      },
    ],
  ])("may hold %s", (_what, override) => {
    expect(problemsIn(override)).toEqual([]);
  });
});

describe("an override that does not work", () => {
  it("names each variable that does not exist, where it is, and which do", () => {
    const problems = problemsIn({
      subject: "Low: {{ produkt.name }}",
      body: "Hello\n\n  {{ product.nme }} and {{ foo }}",
    });

    expect(problems.map(({ field, line, column }) => ({ field, line, column }))).toEqual([
      { field: "subject", line: 1, column: 9 },
      { field: "body", line: 3, column: 6 },
      { field: "body", line: 3, column: 28 },
    ]);
    expect(problems[1]?.message).toMatch(
      /^There is no variable "product.nme"\. Use one of: store\.name, /,
    );
    for (const { name } of lowStockVariables) expect(problems[1]?.message).toContain(name);
  });

  it("is checked even in parts that no sample would render", () => {
    const body = "a\n{% if stock.unitsInStock > 9999 %}\n{{ product.nme }}\n{% endif %}";

    const problem = problemIn({ body });
    expect(problem?.line).toBe(3);
    expect(problem?.message).toContain("product.nme");
  });

  it.each([
    ["{{ constructor }}", /no variable "constructor"/],
    ["{{ product.constructor.name }}", /no variable "product.constructor.name"/],
    ["{{ product.__proto__ }}", /no variable "product.__proto__"/],
    ["{{ product.name.length }}", /no variable "product.name.length"/],
    ["{{ product[cause] }}", /no variable "product.an adjustment"/],
    ["{{ product }}", /group of values can't be shown as text/],
    ["{{ product.name | raw }}", /no filter "raw"/],
    ["{{ product | json }}", /no filter "json"/],
    ["{% include 'x' %}", /no tag "include"/],
    ["{% render '/etc/passwd' %}", /no tag "render"/],
    ["{% layout '../package.json' %}", /no tag "layout"/],
    ["{% if order %}never closed", /is never closed/],
    ["closed {% endif %}", /"{% endif %}" closes nothing/],
    ["{{ product.name", /"{{" is never closed/],
    ["{{ }}", /name is missing/],
    ["{{ 1 + 2 }}", /Expected "\|" before filter\./],
  ])("is told about %s on its line", (snippet, message) => {
    const problem = problemIn({ body: `first line\n${snippet}` });
    expect(problem).toMatchObject({ field: "body", line: 2 });
    expect(problem?.column).toBeGreaterThan(0);
    expect(problem?.message).toMatch(message);
  });

  it.each([
    ["an empty body", { body: " \n " }, /The body is empty\. Leave it out/],
    ["an empty subject", { subject: "" }, /The subject is empty/],
    ["a subject of two lines", { subject: "a\r\nBcc: eve@example.com" }, /line break/],
    [
      "a subject that is empty for some mails",
      { subject: "{% if order %}x{% endif %}" },
      /comes out empty.*without an order/,
    ],
    [
      "a body that is empty for some mails",
      { body: "{{ variant.name }}" },
      /comes out empty.*product, low/,
    ],
    ["too long a body", { body: "x".repeat(10_001) }, /10001 characters long; at most 10000/],
    ["too long a subject", { subject: "x".repeat(501) }, /501 characters long; at most 500/],
  ])("is refused as a whole for %s", (_what, override, message) => {
    const problem = problemIn(override);
    expect(problem?.line).toBeNull();
    expect(problem?.message).toMatch(message);
  });

  it.each([
    ["a loop over a huge range", "{% for i in (1..1000000000) %}x{% endfor %}", /does too much/],
    [
      "nested loops",
      "{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}",
      /does too much/,
    ],
    [
      "loops over a text's letters",
      `{% assign s = "${"a".repeat(60)}" | split: "" %}${"{% for a in s %}".repeat(6)}${"{% endfor %}".repeat(6)}`,
      /does too much/,
    ],
    [
      "a text that doubles",
      "{% assign a = 'xx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
      /does too much/,
    ],
    [
      "a captured text that doubles",
      "{% capture a %}xx{% endcapture %}{% for i in (1..60) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}",
      /grew beyond 60000 characters/,
    ],
    ["a wide date", "{{ 'now' | date: '%9999999999Y' }}", /does too much/],
    ["brackets within brackets", `{{ ${"(".repeat(9_000)} }}`, /nested too deeply/],
    ["quotes within quotes", `${"> ".repeat(4_900)}x`, /nested too deeply/],
  ])("that holds %s ends in a problem, soon", (_what, body, message) => {
    const startedAt = performance.now();
    const problem = problemIn({ body });

    expect(problem?.message).toMatch(message);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
