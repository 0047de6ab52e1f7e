// Does what a Dockerfile says without Docker: each stage in a bare folder, with the Node of this process as the base image's.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { isIgnored, readDockerfile, type Stage, type Step } from "./dockerfile.ts";

/** The last stage, as it was built. */
export type Image = {
  /** The folder in which its command runs. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
};

type Building = {
  /** The folder that stands for the stage's `/`. */
  readonly root: string;
  folder: string;
  environment: Record<string, string>;
};

/** Settings by which npm reaches its registry on this machine. */
const ofNetwork = /^(?:npm_config_\w+|\w*_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i;

/** What a step has of this process's environment: a Node of the same version as the image's, and npm's settings. */
const bareEnvironment = (): Record<string, string> => ({
  PATH: [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
  HOME: process.env["HOME"] ?? "/",
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && ofNetwork.test(name) ? [[name, value]] : [],
    ),
  ),
});

/** Builds the image of the Dockerfile in `context` below the empty folder `work`. Throws if a step fails. */
export function buildImage(context: string, work: string): Image {
  const stages = readDockerfile(readFileSync(join(context, "Dockerfile"), "utf8"));
  const ignore = readFileSync(join(context, ".dockerignore"), "utf8");
  const built = new Map<string, Building>();
  for (const stage of stages)
    built.set(stage.name, buildStage(stage, { context, ignore, work, built }));
  const last = stages.at(-1);
  const image = last && built.get(last.name);
  if (last?.command === undefined || last.command === null || image === undefined) {
    throw new Error("Expected the last stage of the Dockerfile to have a CMD; it has none.");
  }
  return { folder: image.folder, environment: image.environment, command: last.command };
}

type Surroundings = {
  readonly context: string;
  readonly ignore: string;
  readonly work: string;
  readonly built: ReadonlyMap<string, Building>;
};

function buildStage(stage: Stage, around: Surroundings): Building {
  const root = join(around.work, stage.name.replaceAll(" ", "-"));
  const building = { root, folder: root, environment: bareEnvironment() };
  mkdirSync(root, { recursive: true });
  for (const step of stage.steps) take(step, building, around);
  return building;
}

function take(step: Step, building: Building, { context, ignore, built }: Surroundings): void {
  switch (step.kind) {
    case "workdir":
      building.folder = join(building.root, step.path);
      mkdirSync(building.folder, { recursive: true });
      return;
    case "env":
      Object.assign(building.environment, step.values);
      return;
    case "run": {
      const { folder: cwd, environment: env } = building;
      process.stdout.write(`RUN ${step.command}\n`);
      const { status } = spawnSync("sh", ["-c", step.command], { cwd, env, stdio: "inherit" });
      if (status !== 0) throw new Error(`This step of the Dockerfile failed: ${step.command}`);
      return;
    }
    case "copy": {
      const from = step.from === null ? undefined : built.get(step.from);
      if (step.from !== null && from === undefined) {
        throw new Error(`Expected a stage ${step.from} before it is copied from; there is none.`);
      }
      for (const source of step.sources) {
        const path = from === undefined ? join(context, source) : join(from.root, source);
        const isWanted = (file: string) =>
          from !== undefined ||
          file === context ||
          !isIgnored(ignore, file.slice(context.length + 1));
        copy(resolve(path), resolve(building.folder, step.target), step.target, isWanted);
      }
    }
  }
}

/** As COPY does: a folder's content goes into the target, a file into it if the target ends in a slash. */
function copy(
  source: string,
  target: string,
  written: string,
  isWanted: (file: string) => boolean,
): void {
  const options = { recursive: true, verbatimSymlinks: true } as const;
  if (
    readdirSync(dirname(source), { withFileTypes: true }).some(
      (each) => each.name === basename(source) && each.isFile(),
    )
  ) {
    cpSync(source, written.endsWith("/") ? join(target, basename(source)) : target, options);
    return;
  }
  mkdirSync(target, { recursive: true });
  // Not the folder as a whole: it may hold the target.
  for (const name of readdirSync(source)) {
    const file = join(source, name);
    if (isWanted(file)) cpSync(file, join(target, name), options);
  }
}
