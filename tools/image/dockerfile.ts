// Reads a Dockerfile as far as this project's uses the language. What it does not know is an error, so that a step can't be
// left out by accident.

/** One step of a stage, in the order of the file. */
export type Step =
  | { readonly kind: "workdir"; readonly path: string }
  | {
      readonly kind: "copy";
      /** The stage that it copies from; null for the folder with the Dockerfile. */
      readonly from: string | null;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "env"; readonly values: Readonly<Record<string, string>> };

/** A stage: its base image, its steps, and what a container of it runs. */
export type Stage = {
  readonly name: string;
  readonly base: string;
  readonly steps: readonly Step[];
  readonly command: readonly string[] | null;
};

/** Says nothing about files: the base image's user, its ports and how it is stopped. */
const withoutFiles = new Set(["USER", "EXPOSE", "STOPSIGNAL"]);

/** Reads the stages. Throws if it meets an instruction that it does not know. */
export function readDockerfile(text: string): Stage[] {
  const stages: (Omit<Stage, "steps" | "command"> & { steps: Step[]; command: string[] | null })[] =
    [];
  for (const [word, rest] of instructionsOf(text)) {
    if (word === "FROM") {
      const [base = "", , name = `stage ${stages.length}`] = rest.split(/\s+/);
      stages.push({ name, base, steps: [], command: null });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`Expected FROM first; got ${word}.`);
    if (word === "CMD") stage.command = readList(rest);
    else if (!withoutFiles.has(word)) stage.steps.push(readStep(word, rest));
  }
  return stages;
}

/** Each instruction and what follows it. A line that ends in a backslash goes on; lines with a comment in between are left out. */
function instructionsOf(text: string): [string, string][] {
  const lines = text.split("\n").filter((line) => !/^\s*(?:#|$)/.test(line));
  const whole = lines.join("\n").replaceAll(/\\\n\s*/g, " ");
  return whole.split("\n").map((line) => {
    const [, word = "", rest = ""] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return [word, rest];
  });
}

function readStep(word: string, rest: string): Step {
  switch (word) {
    case "WORKDIR":
      return { kind: "workdir", path: rest };
    case "RUN":
      return { kind: "run", command: rest };
    case "ENV":
      return {
        kind: "env",
        values: Object.fromEntries(rest.split(/\s+/).map((pair) => splitAt(pair, "="))),
      };
    case "COPY": {
      const words = rest.split(/\s+/);
      const flags = words.filter((each) => each.startsWith("--"));
      const paths = words.filter((each) => !each.startsWith("--"));
      const from = flags.find((flag) => flag.startsWith("--from="))?.slice("--from=".length);
      return {
        kind: "copy",
        from: from ?? null,
        sources: paths.slice(0, -1),
        target: paths.at(-1) ?? "",
      };
    }
    default:
      throw new Error(`Expected an instruction that this script knows; got ${word} ${rest}.`);
  }
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function readList(text: string): string[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error(`Expected CMD as a list; got ${text}.`);
  return list.map(String);
}

/** Whether `.dockerignore`, as this text, leaves out a path. It knows names at the top, with `*`. */
export function isIgnored(ignore: string, path: string): boolean {
  const [top = ""] = path.split("/");
  return ignore
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .some((pattern) => {
      if (!/^[\w.*-]+$/.test(pattern)) {
        throw new Error(`Expected a name in .dockerignore, maybe with *; got ${pattern}.`);
      }
      const form = pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]*");
      return new RegExp(`^${form}$`).test(top);
    });
}
