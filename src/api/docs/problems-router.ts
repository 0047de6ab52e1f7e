// Serves the pages that explain the problems: each problem's `type` is the address of its page.

import { Router } from "express";
import { problemPages } from "../../contract/problem-pages.ts";
import { type ProblemKind, problemKinds, problemTypeOf } from "../../contract/problem.ts";
import { Problem } from "../http/problem.ts";
import type { Described } from "./described.ts";
import { allKindsOf } from "./refusals.ts";

const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const stylePath = "/problems/style.css";

const style = `:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.1rem; margin-top: 1.6rem; }
code, pre { font: 0.9rem/1.5 ui-monospace, monospace; }
pre { border: 1px solid #8888; border-radius: 0.4rem; padding: 0.8rem; overflow-x: auto; }
dt { margin-top: 1rem; }
dd { margin: 0; }
`;

/** The part of the operations from which a list of them says less than a sentence. */
const nearlyAll = 0.8;

/** Every kind, in the order of the statuses. */
const kinds = Object.keys(problemKinds).filter(isKind);

/** Serves `/problems` and a page below it for each kind, which names those of the operations that can answer it. */
export function problemsRouter(operations: readonly Described[]): Router {
  const router = Router({ caseSensitive: true });
  router.use("/problems", (_request, response, next) => {
    response.set("Content-Security-Policy", contentSecurityPolicy);
    next();
  });
  router.get(stylePath, (_request, response) => {
    response.type("css").send(style);
  });
  router.get("/problems", (_request, response) => {
    response.type("html").send(listPage());
  });
  // A page is made when somebody asks for it, so that a start makes none.
  const pages = new Map<ProblemKind, string>();
  router.get("/problems/:name", (request, response) => {
    const { name } = request.params;
    if (!isKind(name)) {
      throw new Problem(
        "not-found",
        "Expected the name of a kind of problem. See /problems for those there are.",
      );
    }
    const page = pages.get(name) ?? pageOf(name, operations);
    pages.set(name, page);
    response.type("html").send(page);
  });
  return router;
}

/** An answer of this kind as its page and the OpenAPI document show it. */
export function exampleOf(kind: ProblemKind): Record<string, unknown> {
  const { detail, ...more } = problemPages[kind].example;
  return new Problem(kind, detail, more).toJSON();
}

function isKind(name: string): name is ProblemKind {
  return Object.hasOwn(problemKinds, name);
}

function listPage(): string {
  const entries = kinds.map((kind) => {
    const { status, title } = problemKinds[kind];
    return `<dt>${status} <a href="${problemTypeOf(kind)}">${escaped(title)}</a></dt>
<dd>${prose(problemPages[kind].cause)}</dd>`;
  });
  return document(
    "Problems of the API",
    `<p>Each refusal is a problem by RFC 9457. Its <code>type</code> is the address of one of these pages.</p>
<dl>
${entries.join("\n")}
</dl>`,
  );
}

function pageOf(kind: ProblemKind, operations: readonly Described[]): string {
  const { status, title } = problemKinds[kind];
  const { cause, cure } = problemPages[kind];
  return document(
    title,
    `<p>Status ${status}, type <code>${problemTypeOf(kind)}</code></p>
<h2>Why it is answered</h2>
<p>${prose(cause)}</p>
<h2>What to do</h2>
<p>${prose(cure)}</p>
<h2>Which requests can get it</h2>
${requestsOf(kind, operations)}
<h2>An example</h2>
<pre>${escaped(JSON.stringify(exampleOf(kind), null, 2))}</pre>
<p><a href="/problems">All problems</a> · <a href="/docs">The API</a></p>`,
  );
}

/** The operations that can answer this kind, as a list; a sentence if nearly all can. */
function requestsOf(kind: ProblemKind, operations: readonly Described[]): string {
  const answering = operations.filter((operation) => allKindsOf(operation).has(kind));
  if (answering.length > operations.length * nearlyAll) {
    return "<p>Nearly every request to the API.</p>";
  }
  if (answering.length === 0) {
    return "<p>None by what it asks for: the service answers it for the reason above.</p>";
  }
  const entries = answering.map(
    ({ method, path, summary }) =>
      `<li><code>${method.toUpperCase()} ${escaped(path)}</code> ${escaped(summary)}</li>`,
  );
  return `<ul>\n${entries.join("\n")}\n</ul>`;
}

function document(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${escaped(title)} · Tallyman</title>
<link rel="stylesheet" href="${stylePath}" />
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/** A text of a page, with its code marked. */
function prose(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
