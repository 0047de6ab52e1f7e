// What package-lock.json says about the packages that it names, and which of them the product ships.

import * as z from "zod";

const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().default(false),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });

/** `service`: installed with it. `admin`: may be part of the admin app's files. `tools`: only builds and tests. */
export type Use = "service" | "admin" | "tools";

/** One package as the lock file has it. `path` is its folder from the root, which is its key in the lock file. */
export type LockedPackage = {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly integrity: string | undefined;
  readonly resolved: string | undefined;
  readonly hasInstallScript: boolean;
  readonly use: Use;
};

const folder = "node_modules/";

/**
 * Reads a lock file of version 3. `adminImports` are what the files of the admin app import, by any path in the package;
 * these packages and all that they depend on count as part of it, although the build may leave some out. Throws if the
 * text is no lock file.
 */
export function readLockedPackages(lock: string, adminImports: readonly string[]): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(lock));
  const paths = Object.keys(packages);
  const find = (name: string, from: string): string | undefined => nearest(paths, name, from);
  const inAdmin = new Set<string>();
  const visit = (path: string | undefined): void => {
    const entry = path === undefined ? undefined : packages[path];
    if (path === undefined || entry === undefined || inAdmin.has(path)) return;
    inAdmin.add(path);
    const needed = { ...entry.dependencies, ...entry.peerDependencies };
    for (const name of Object.keys(needed)) visit(find(name, path));
  };
  for (const specifier of adminImports) visit(find(packageOf(specifier), ""));
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== "" && !link)
    .map(([path, entry]) => ({
      path,
      name: entry.name ?? path.slice(path.lastIndexOf(folder) + folder.length),
      version: entry.version ?? "",
      licence: entry.license ?? "",
      integrity: entry.integrity,
      resolved: entry.resolved,
      hasInstallScript: entry.hasInstallScript,
      use: entry.dev ? (inAdmin.has(path) ? "admin" : "tools") : "service",
    }));
}

/** The name in an import: `@mantine/core` of `@mantine/core/styles.css`. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The package that Node finds when the one at `from` imports `name`: in its own folder, or in one further up. */
function nearest(paths: readonly string[], name: string, from: string): string | undefined {
  const below = from === "" ? "" : `${from}/`;
  const path = `${below}${folder}${name}`;
  if (paths.includes(path)) return path;
  if (from === "") return undefined;
  return nearest(paths, name, from.slice(0, Math.max(0, from.lastIndexOf(folder) - 1)));
}

/**
 * Whether a licence as SPDX writes it is among the allowed ones: of `A OR B` one must be, of `A AND B` both. What it can't
 * read, such as parentheses within parentheses, is not allowed.
 */
export function isAllowed(licence: string, allowed: ReadonlySet<string>): boolean {
  const inner = /^\(([^()]*)\)$/.exec(licence)?.[1] ?? licence;
  return inner
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((name) => allowed.has(name)));
}
